//! What happened to an invoice, from what is known of it: the newest first.

use crate::words::Words;
use coffer_billing::invoices::{Invoice, Seen};
use coffer_billing::payments::Payment;
use coffer_billing::settlement::{Delivery, Standing};
use coffer_documents::numbers;
use coffer_kernel::Date;
use coffer_kernel::money::Money;
use maud::{Markup, html};

/// Something that happened on a day.
struct Happened {
    day: Date,
    /// What kind of dot stands beside it.
    kind: &'static str,
    what: String,
    more: Option<String>,
}

impl Happened {
    const fn new(day: Date, kind: &'static str, what: String) -> Self {
        Self { day, kind, what, more: None }
    }
}

/// The timeline of an issued invoice.
pub(super) fn of(words: &Words, seen: &Seen, payments: &[Payment]) -> Markup {
    let (Invoice::Issued(issued), Some(standing)) = (&seen.invoice, &seen.standing) else { return html! {} };
    let mut happened = vec![Happened::new(
        issued.issued_on,
        "key",
        words.t1("happened-issued", "number", issued.number_text.as_str()),
    )];
    happened.extend(standing_of(words, standing, seen.today));
    happened.extend(payments.iter().flat_map(|payment| money_of(words, payment)));
    // Of one day, what was added later happened later.
    happened.sort_by_key(|one| one.day);
    html! {
        section.sec {
            header { h2 { (words.t("happened-title")) } }
            ol.timeline { @for one in happened.iter().rev() { li class=(one.kind) {
                time datetime=(one.day) { (numbers::short_date(words.language, one.day, seen.today)) }
                span.dot {}
                p { (one.what) @if let Some(more) = &one.more { small { bdi { (more) } } } }
            } } }
        }
    }
}

fn standing_of(words: &Words, standing: &Standing, today: Date) -> Vec<Happened> {
    let mut happened = Vec::new();
    if let Some(day) = standing.delivered_on {
        let (kind, key) = match standing.delivery {
            Delivery::NotSent | Delivery::Sent => ("", "delivery-sent"),
            Delivery::Bounced => ("bad", "delivery-bounced"),
            Delivery::Opened => ("", "delivery-opened"),
        };
        happened.push(Happened::new(day, kind, words.t(key)));
    }
    if standing.is_overdue(today) {
        let day = standing.due_on.tomorrow().unwrap_or(standing.due_on);
        happened.push(Happened::new(day, "bad", words.t("happened-overdue")));
    }
    happened.extend(standing.voided_on.map(|day| Happened::new(day, "bad", words.t("happened-void"))));
    happened
}

fn money_of(words: &Words, payment: &Payment) -> Vec<Happened> {
    let sum = |amount: Money| format!("{} {}", numbers::amount(words.language, amount), amount.currency());
    let amount = sum(payment.amount);
    let came = words.t1("happened-received", "amount", amount.as_str());
    let mut happened = vec![Happened {
        more: payment.particulars.reference.clone(),
        ..Happened::new(payment.received_on, "key", came)
    }];
    let back = words.t1("happened-taken-back", "amount", amount.as_str());
    happened.extend(payment.reversed_on.map(|day| Happened::new(day, "bad", back)));
    happened
}
