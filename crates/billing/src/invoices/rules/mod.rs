//! The rules of EN 16931 on what a person can mend, before an invoice is issued: each refusal names field and rule.
//!
//! Not here: sums, which come from [`totals`](super::content::totals) and cannot be wrong; and what only an electronic
//! invoice asks for (addresses of both parties, BR-08 to BR-11; a scheme of payment, BR-61), which its writer refuses.

mod lines;
mod paper;
mod tax;
#[cfg(test)]
mod tests;

pub(crate) use tax::rate_fits;

use super::content::{AdjustmentKind, Content, Party, Period, Totals};
use coffer_kernel::money::Money;
use coffer_kernel::{Date, Pointer};

/// An invoice as it would be issued.
pub(super) struct Ready<'a> {
    pub(super) content: &'a Content,
    pub(super) totals: &'a Totals,
    pub(super) seller: &'a Party,
    pub(super) buyer: &'a Party,
    pub(super) due_on: Date,
    pub(super) issued_on: Date,
}

/// What stands in the way so far.
#[derive(Default)]
struct Found(Vec<Pointer>);

impl Found {
    fn need(&mut self, holds: bool, pointer: impl Into<String>, rule: &'static str, detail: &'static str) {
        if !holds {
            self.0.push(Pointer::of_rule(pointer, rule, detail));
        }
    }
}

/// Everything that stands in the way.
pub(super) fn check(ready: &Ready<'_>) -> Vec<Pointer> {
    let mut found = Found::default();
    document(ready, &mut found);
    delivery(ready.content, &mut found);
    lines::check(ready, &mut found);
    adjustments(ready, &mut found);
    tax::check(ready, &mut found);
    payable(ready.totals, &mut found);
    paper::check(ready, &mut found);
    found.0
}

fn document(ready: &Ready<'_>, found: &mut Found) {
    found.need(!ready.content.lines.is_empty(), "/lines", "BR-16", "There is nothing to bill for. Add a line.");
    let detail = "It would be due before it is issued. Choose a later day.";
    found.need(ready.due_on >= ready.issued_on, "/due_on", "BT-9", detail);
    let detail = "A VAT id begins with the two letters of its country, e.g. DE318204977. Write them, or leave it out.";
    for (pointer, party) in [("/seller/vat_id", ready.seller), ("/buyer/vat_id", ready.buyer)] {
        found.need(party.vat_id.as_deref().is_none_or(begins_with_country), pointer, "BR-CO-09", detail);
    }
}

fn begins_with_country(vat_id: &str) -> bool {
    vat_id.len() > 2 && vat_id.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
}

fn delivery(content: &Content, found: &mut Found) {
    period(content.period, "/period", ["BR-CO-19", "BR-29"], found);
    if let Some(to) = &content.deliver_to {
        let country = to.country.as_deref().is_some_and(crate::customers::is_country);
        let detail = "A place of delivery needs its country: two capital letters, e.g. FR.";
        found.need(country, "/deliver_to/country", "BR-57", detail);
    }
}

/// A period has an end at least, and does not end before it begins.
fn period(period: Option<Period>, at: &str, [empty, backward]: [&'static str; 2], found: &mut Found) {
    let Some(Period { from, to }) = period else { return };
    let detail = "A period needs its first day, its last day or both. Write one, or leave the period out.";
    found.need(from.is_some() || to.is_some(), at, empty, detail);
    let forward = from.zip(to).is_none_or(|(from, to)| from <= to);
    found.need(forward, format!("{at}/to"), backward, "This period ends before it begins. Exchange the days.");
}

/// What is asked of an adjustment: the rules for its amount, its percentage and its reason.
struct Asked {
    amount: &'static str,
    percent: &'static str,
    reason: &'static str,
}

fn adjustments(ready: &Ready<'_>, found: &mut Found) {
    let parts = ready.content.adjustments.iter().zip(&ready.totals.adjustments);
    for (place, (part, adjusted)) in parts.enumerate() {
        let asked = match part.kind {
            AdjustmentKind::Allowance => Asked { amount: "BT-92", percent: "BT-94", reason: "BR-33" },
            AdjustmentKind::Charge => Asked { amount: "BT-99", percent: "BT-101", reason: "BR-38" },
        };
        adjustment(&format!("/adjustments/{place}"), &part.reason, *adjusted, &asked, found);
    }
}

fn adjustment(at: &str, reason: &str, adjusted: super::content::Adjusted, asked: &Asked, found: &mut Found) {
    let detail =
        "An allowance takes off and a charge adds: write the amount without a minus, and choose the other kind.";
    found.need(adjusted.amount.minor() >= 0, format!("{at}/amount"), asked.amount, detail);
    let detail =
        "This is not what the percentage makes of its base. Leave the amount out, or correct one of the three.";
    found.need(adjusted.fits, format!("{at}/percent"), asked.percent, detail);
    found.need(!reason.trim().is_empty(), format!("{at}/reason"), asked.reason, "Say what this takes off or adds for.");
}

fn payable(totals: &Totals, found: &mut Found) {
    let none = Money::zero(totals.gross_total.currency());
    let most = totals.gross_total.minor().max(none.minor());
    let detail =
        "What was paid before lies between nothing and the whole with VAT. Record a larger payment on the invoice.";
    found.need((0..=most).contains(&totals.prepaid.minor()), "/prepaid", "BT-113", detail);
    let one = 10_u64.pow(totals.rounding.currency().exponent());
    let detail = "Rounding adds or takes less than one unit of the currency. Use a charge or an allowance for more.";
    found.need(totals.rounding.minor().unsigned_abs() < one, "/rounding", "BT-114", detail);
}
