//! Status: three axes, three shapes. Settlement is a circle that fills, delivery is words, exceptions wear a box.

use crate::words::Words;
use coffer_billing::settlement::{Delivery, Settlement, Standing};
use coffer_documents::numbers;
use coffer_kernel::Date;
use maud::{Markup, html};

/// How an invoice stands, in a list or a head; a draft has no standing.
pub(crate) fn status(words: &Words, standing: Option<&Standing>, today: Date) -> Markup {
    let Some(standing) = standing else { return html! { span.badge.draft { (words.t("status-draft")) } } };
    if standing.voided_on.is_some() {
        return html! { span.badge.void { (words.t("status-void")) } };
    }
    let settlement = standing.settlement();
    let (key, class) = match settlement {
        Settlement::Unpaid => ("status-unpaid", "st unpaid"),
        Settlement::PartlyPaid => ("status-part", "st"),
        Settlement::Paid => ("status-paid", "st paid"),
        Settlement::Overpaid => ("status-over", "st over"),
    };
    html! {
        span class=(class) { (circle(settlement)) (words.t(key)) }
        (late(words, standing, today))
    }
}

/// What is out of order about when it is paid: a box, and only then.
fn late(words: &Words, standing: &Standing, today: Date) -> Markup {
    let days = days_late(standing, today);
    html! {
        @if days > 0 { " " span.badge.overdue { (words.t1("status-overdue", "days", days)) } }
        @else if standing.open.minor() > 0 && standing.due_on == today { " " span.badge { (words.t("status-due-today")) } }
    }
}

/// How many days it is late; nothing where it is not.
pub(crate) fn days_late(standing: &Standing, today: Date) -> i32 {
    if standing.is_overdue(today) { today.since(standing.due_on).map_or(0, |span| span.get_days()) } else { 0 }
}

/// How far an invoice got, in words and with its day.
pub(crate) fn delivery(words: &Words, standing: &Standing, today: Date) -> Markup {
    let day = standing.delivered_on.map(|day| numbers::short_date(words.language, day, today)).unwrap_or_default();
    html! {
        @match standing.delivery {
            // What is late and was never sent is nobody's fault but one's own.
            Delivery::NotSent if standing.is_overdue(today) => span.care { (words.t("delivery-not-sent")) },
            Delivery::NotSent => (words.t("delivery-not-sent")),
            // Whether it was passed on is known to whoever made it alone.
            Delivery::LinkMade => span.care[standing.is_overdue(today)] { (words.t("delivery-link-made")) " " (day) },
            Delivery::Sent => { (words.t("delivery-sent")) " " (day) }
            Delivery::Bounced => span.care { (words.t("delivery-bounced")) " " (day) },
            Delivery::Opened => { (words.t("delivery-opened")) " " (day) }
        }
    }
}

/// A circle that fills; beyond full it carries a plus.
fn circle(settlement: Settlement) -> Markup {
    html! {
        svg viewBox="0 0 16 16" aria-hidden="true" {
            @match settlement {
                Settlement::Unpaid => circle cx="8" cy="8" r="6.2" {},
                Settlement::PartlyPaid => { circle cx="8" cy="8" r="6.2" {} path.full d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" {} }
                Settlement::Paid => { circle.full cx="8" cy="8" r="6.8" {} path.cut d="M4.8 8.2l2.2 2.3 4.2-4.8" {} }
                Settlement::Overpaid => { circle.full cx="6.6" cy="9.4" r="5.8" {} path d="M13 .8v5M10.5 3.3h5" {} }
            }
        }
    }
}
