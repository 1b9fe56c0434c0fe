//! The rules on VAT categories: the same ten questions, asked of each category that is used.

use super::{Found, Ready};
use crate::invoices::content::{AdjustmentKind, Party, TaxCategory};
use coffer_kernel::money::{Decimal, Percent};
use std::collections::BTreeSet;

/// The ids of a category's rules: BR-…-02 (who), 05 to 07 (rate of a line, an allowance, a charge), 10 (reason).
struct Rules {
    who: &'static str,
    line: &'static str,
    allowance: &'static str,
    charge: &'static str,
    reason: &'static str,
}

macro_rules! rules {
    ($family:literal) => {
        Rules {
            who: concat!("BR-", $family, "-02"),
            line: concat!("BR-", $family, "-05"),
            allowance: concat!("BR-", $family, "-06"),
            charge: concat!("BR-", $family, "-07"),
            reason: concat!("BR-", $family, "-10"),
        }
    };
}

const fn rules(category: TaxCategory) -> Rules {
    match category {
        TaxCategory::S => rules!("S"),
        TaxCategory::Z => rules!("Z"),
        TaxCategory::E => rules!("E"),
        TaxCategory::ReverseCharge => rules!("AE"),
        TaxCategory::K => rules!("IC"),
        TaxCategory::G => rules!("G"),
        TaxCategory::O => rules!("O"),
    }
}

pub(super) fn check(ready: &Ready<'_>, found: &mut Found) {
    rates(ready, found);
    let used: BTreeSet<TaxCategory> = ready.totals.breakdown.iter().map(|tax| tax.category).collect();
    for category in &used {
        parties(*category, ready.seller, ready.buyer, found);
    }
    reasons(ready, &used, found);
    if used.contains(&TaxCategory::K) {
        other_country(ready, found);
    }
    if used.contains(&TaxCategory::O) && used.len() > 1 {
        outside_alone(ready, found);
    }
}

fn rates(ready: &Ready<'_>, found: &mut Found) {
    let mut rate = |category, rate: Percent, pointer: String, rule| {
        let (fits, detail) = rate_fits(category, rate.get());
        found.need(fits, pointer, rule, detail);
    };
    for (place, line) in ready.content.lines.iter().enumerate() {
        rate(line.category, line.rate, format!("/lines/{place}/rate"), rules(line.category).line);
    }
    for (place, part) in ready.content.adjustments.iter().enumerate() {
        let rules = rules(part.category);
        let rule = match part.kind {
            AdjustmentKind::Allowance => rules.allowance,
            AdjustmentKind::Charge => rules.charge,
        };
        rate(part.category, part.rate, format!("/adjustments/{place}/rate"), rule);
    }
}

/// How many decimals a rate may have.
const RATE_DECIMALS: u32 = 3;

/// Whether a category has this rate, and what to do where it has not.
pub(crate) fn rate_fits(category: TaxCategory, rate: Decimal) -> (bool, &'static str) {
    if category == TaxCategory::S {
        // The books have an account for each rate, so the rates that can be are limited: Quebec's 9.975 has the most decimals.
        let fits = rate > Decimal::ZERO && rate <= Decimal::ONE_HUNDRED && rate.normalize().scale() <= RATE_DECIMALS;
        return (fits, "The standard category needs a rate above 0 and at most 100, with three decimals at most.");
    }
    (rate.is_zero(), "Only the standard category has a rate. Write 0 here.")
}

/// Whether seller and buyer are known to the tax office, as far as a category asks for it (BR-…-02).
const fn known(category: TaxCategory, seller: &Party, buyer: &Party) -> [bool; 2] {
    let (vat_id, number) = (seller.vat_id.is_some(), seller.tax_registration.is_some());
    match category {
        TaxCategory::O => [true, true],
        TaxCategory::K => [vat_id, buyer.vat_id.is_some()],
        TaxCategory::G => [vat_id, true],
        TaxCategory::S | TaxCategory::Z | TaxCategory::E => [vat_id || number, true],
        TaxCategory::ReverseCharge => [vat_id || number, buyer.vat_id.is_some() || buyer.registration.is_some()],
    }
}

fn parties(category: TaxCategory, seller: &Party, buyer: &Party, found: &mut Found) {
    let rule = rules(category).who;
    let [seller_known, buyer_known] = known(category, seller, buyer);
    let detail = match category {
        TaxCategory::K | TaxCategory::G => "Your VAT id must stand on this invoice. Add it to the business.",
        TaxCategory::S | TaxCategory::Z | TaxCategory::E | TaxCategory::ReverseCharge | TaxCategory::O => {
            "Your VAT id or tax number must stand on this invoice. Add it to the business."
        }
    };
    found.need(seller_known, "/seller/vat_id", rule, detail);
    let detail = "Without VAT the customer's own VAT id must stand on the invoice. Add it to the customer.";
    found.need(buyer_known, "/buyer/vat_id", rule, detail);
}

/// A reason for each category without VAT, and none where there is nothing that it could be of.
fn reasons(ready: &Ready<'_>, used: &BTreeSet<TaxCategory>, found: &mut Found) {
    let content = ready.content;
    let without = used.iter().filter(|category| category.needs_reason());
    for category in without.clone() {
        let detail = "Say why there is no VAT; it must stand on the invoice.";
        let pointer = format!("/exemption_reasons/{}", category.code());
        found.need(content.reason_of(*category).is_some(), pointer, rules(*category).reason, detail);
    }
    let blank = |reason: &str| reason.trim().is_empty();
    let unsaid = content.exemption_reason.as_deref().is_none_or(blank);
    if let (0, Some(with)) = (without.clone().count(), used.first()) {
        let detail = "Nothing here is free of VAT for a reason. Leave the reason out.";
        found.need(unsaid, "/exemption_reason", rules(*with).reason, detail);
    } else if without.clone().all(|category| content.exemption_reasons.of(*category).is_some_and(|own| !blank(own))) {
        let detail = "Each category here has a reason of its own. Leave the one for all of them out.";
        found.need(unsaid, "/exemption_reason", "BT-120", detail);
    }
    // A reason is printed with its category: of what is not there it would be kept and never seen.
    for (category, reason) in content.exemption_reasons.each() {
        let detail = "Nothing on this invoice is in this category. Leave its reason out.";
        let pointer = format!("/exemption_reasons/{}", category.code());
        found.need(used.contains(&category) || blank(reason), pointer, "BT-120", detail);
    }
}

/// A sale to another EU country says when it was delivered, and where to.
fn other_country(ready: &Ready<'_>, found: &mut Found) {
    let when = ready.content.delivered_on.is_some() || ready.content.period.is_some();
    let detail = "A sale to another EU country says when it was delivered: a day, or the period it is billed for.";
    found.need(when, "/delivered_on", "BR-IC-11", detail);
    let to = ready.content.deliver_to.as_ref().and_then(|to| to.country.as_deref());
    let detail = "A sale to another EU country says to which country it was delivered: two capital letters, e.g. FR.";
    found.need(to.is_some(), "/deliver_to/country", "BR-IC-12", detail);
}

/// What is outside of VAT stands alone: BR-O-11 in the breakdown, 12 on lines, 13 and 14 on the document.
fn outside_alone(ready: &Ready<'_>, found: &mut Found) {
    let detail = "What is outside of VAT cannot stand on one invoice with anything else. Write two invoices.";
    let mut alone = |category, pointer: String, rule| found.need(category == TaxCategory::O, pointer, rule, detail);
    for (place, line) in ready.content.lines.iter().enumerate() {
        alone(line.category, format!("/lines/{place}/category"), "BR-O-12");
    }
    for (place, part) in ready.content.adjustments.iter().enumerate() {
        let rule = match part.kind {
            AdjustmentKind::Allowance => "BR-O-13",
            AdjustmentKind::Charge => "BR-O-14",
        };
        alone(part.category, format!("/adjustments/{place}/category"), rule);
    }
    found.need(false, "/lines", "BR-O-11", detail);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    // proves: C57.c
    #[test]
    fn a_rate_has_three_decimals_at_most_so_that_its_accounts_can_be_counted() {
        let fits = |rate: &str| rate_fits(TaxCategory::S, rate.parse().unwrap()).0;
        assert!(["19", "5.5", "9.975", "100", "0.01"].into_iter().all(fits));
        assert!(!["12.000001", "19.0001", "0", "100.01"].into_iter().any(fits));
    }
}
