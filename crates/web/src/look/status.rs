//! Status: three axes, three shapes. Settlement is a circle that fills, delivery is words, exceptions wear a box.

use crate::words::Words;
use coffer_billing::settlement::{Settlement, Standing};
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
        Settlement::Unpaid => ("status-unpaid", "st"),
        Settlement::PartlyPaid => ("status-part", "st"),
        Settlement::Paid => ("status-paid", "st paid"),
        Settlement::Overpaid => ("status-over", "st paid"),
    };
    let late = standing.is_overdue(today).then(|| today.since(standing.due_on).map_or(0, |span| span.get_days()));
    html! {
        span class=(class) { (circle(settlement)) (words.t(key)) }
        @if let Some(days) = late { " " span.badge.overdue { (words.t1("status-overdue", "days", days)) } }
    }
}

fn circle(settlement: Settlement) -> Markup {
    html! {
        svg viewBox="0 0 16 16" aria-hidden="true" {
            circle cx="8" cy="8" r="6.5" {}
            @match settlement {
                Settlement::Unpaid => {}
                Settlement::PartlyPaid => path.full d="M8 1.5a6.5 6.5 0 0 1 0 13z" {},
                Settlement::Paid | Settlement::Overpaid => path d="M4.8 8.2l2.2 2.3 4.2-4.8" {},
            }
        }
    }
}
