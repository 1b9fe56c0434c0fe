//! What has to be there: EN 16931-1 table of business rules, BR-1 to BR-65 and conditions of presence (BR-CO), as far
//! as they are about what the product writes.

use super::ratio::sum;
use super::{Broken, Document, Part, Ratio};
use serde_json::Value;

pub(super) fn check(document: &Document<'_>, broken: &mut Broken) {
    let content = document.content();
    // BR-16: An Invoice shall have at least one Invoice line.
    broken.unless(!document.lines.is_empty(), "BR-16");
    dates(document, content, broken);
    // BR-CO-09: VAT identifiers shall have a prefix in accordance with ISO 3166-1 alpha-2.
    for party in ["seller", "buyer"] {
        let id = document.whole[party]["vat_id"].as_str();
        broken.unless(id.is_none_or(|id| letters(id.get(..2)) && id.len() > 2), "BR-CO-09");
    }
    // BR-57: Each Deliver to address shall contain a Deliver to country code.
    let to = &content["deliver_to"];
    let country = to["country"].as_str();
    broken.unless(to.is_null() || (letters(country) && country.map(str::len) == Some(2)), "BR-57");
    document.lines.iter().for_each(|line| check_line(line, broken));
    for part in &document.adjustments {
        // BR-33, BR-38: Each document level allowance, charge shall have a reason.
        broken.unless(filled(part.text("reason")), if part.takes_off() { "BR-33" } else { "BR-38" });
        let terms = if part.takes_off() { ["BT-92", "BT-94"] } else { ["BT-99", "BT-101"] };
        check_amount(part, terms, document.decimals, broken);
        // Where no base is said, a percentage is of the lines of its category and rate.
        let of_part = |line: &&Part<'_>| {
            line.text("category") == part.text("category") && line.number("rate") == part.number("rate")
        };
        if let (None, Some(rate)) = (part.number("base"), part.number("percent")) {
            let base = sum(document.lines.iter().filter(of_part).map(|line| line.amount));
            let computed = base.and_then(|base| base.times(rate)?.over(Ratio::whole(100))?.rounded(document.decimals));
            broken.unless(computed == part.amount, terms[1]);
        }
    }
}

fn dates(document: &Document<'_>, content: &Value, broken: &mut Broken) {
    // ISO 8601 dates sort as texts. BT-9 is a date on which payment is due: not before the Invoice was issued.
    let (issued, due) = (document.whole["issued_on"].as_str(), document.whole["due_on"].as_str());
    broken.unless(due >= issued, "BT-9");
    // BR-CO-19: If the Invoicing period is used, its start date or its end date shall be filled, or both.
    // BR-29: If both are given, the end date shall be later or equal to the start date.
    period(&content["period"], "BR-CO-19", "BR-29", broken);
}

fn period(period: &Value, empty: &str, backward: &str, broken: &mut Broken) {
    let (from, to) = (period["from"].as_str(), period["to"].as_str());
    broken.unless(period.is_null() || from.is_some() || to.is_some(), empty);
    broken.unless(from.is_none() || to.is_none() || to >= from, backward);
}

fn check_line(line: &Part<'_>, broken: &mut Broken) {
    // BR-25: Each Invoice line shall contain the Item name.
    broken.unless(filled(line.text("name")), "BR-25");
    // BR-23: An Invoice line shall have an Invoiced quantity unit of measure code.
    let unit = line.text("unit");
    broken.unless((1..=3).contains(&unit.len()) && unit.chars().all(|c| c.is_ascii_alphanumeric()), "BR-23");
    // BR-27, BR-28: The Item net price, the Item gross price shall not be negative.
    let (net, list, off) = (line.number("net_price"), line.number("list_price"), line.number("price_discount"));
    broken.unless(!net.is_some_and(Ratio::is_negative), "BR-27");
    broken.unless(!list.is_some_and(Ratio::is_negative), "BR-28");
    // BT-146: The Item net price equals the Item gross price less the Item price discount.
    if let Some(list) = list {
        broken.unless(list.minus(off.unwrap_or(Ratio::ZERO)) == net, "BT-146");
    } else {
        broken.unless(off.is_none(), "BT-147");
    }
    // BR-CO-20, BR-30: as BR-CO-19 and BR-29, of a line.
    period(&line.said["period"], "BR-CO-20", "BR-30", broken);
    for part in &line.parts {
        // BR-42, BR-44: Each line allowance, charge shall have a reason.
        broken.unless(filled(part.text("reason")), if part.takes_off() { "BR-42" } else { "BR-44" });
    }
}

/// What an adjustment comes to is what it says, not below nothing, and what its percentage makes of its base.
pub(super) fn check_amount(part: &Part<'_>, [amount, percent]: [&str; 2], decimals: u32, broken: &mut Broken) {
    broken.unless(!part.amount.is_some_and(Ratio::is_negative), amount);
    if let Some(said) = part.number("amount") {
        broken.unless(Some(said) == part.amount, format!("{amount} as said"));
    }
    if let (Some(base), Some(rate)) = (part.number("base"), part.number("percent")) {
        let computed = base.times(rate).and_then(|product| product.over(Ratio::whole(100)));
        broken.unless(computed.and_then(|exact| exact.rounded(decimals)) == part.amount, percent);
    }
}

fn letters(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase()))
}

fn filled(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace())
}
