//! The families of rules of the VAT categories: BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G and BR-O.

use super::ratio::sum;
use super::{Broken, Document, Part, Ratio};
use serde_json::Value;
use std::collections::BTreeSet;

/// Category codes with the letters of their family.
const FAMILIES: [(&str, &str); 7] =
    [("S", "S"), ("Z", "Z"), ("E", "E"), ("AE", "AE"), ("K", "IC"), ("G", "G"), ("O", "O")];

pub(super) fn check(document: &Document<'_>, broken: &mut Broken) {
    // BR-CO-18: An Invoice shall at least have one VAT breakdown group.
    broken.unless(document.lines.is_empty() || !document.subtotals.is_empty(), "BR-CO-18");
    for (code, family) in FAMILIES {
        let used = document.taxed().any(|part| part.text("category") == code);
        let rows: Vec<&Part<'_>> = document.subtotals.iter().filter(|row| row.text("category") == code).collect();
        // BR-…-01: the category stands in the breakdown when it is used: once, for S once a rate.
        broken.unless(used != rows.is_empty(), format!("BR-{family}-01"));
        broken.unless(code == "S" || rows.len() <= 1, format!("BR-{family}-01"));
        if !used {
            continue;
        }
        parties(code, family, document, broken);
        rates(code, family, document, broken);
        bases(code, family, document, &rows, broken);
    }
    reasons(document, broken);
    other_country(document, broken);
    outside_alone(document, broken);
}

/// BR-…-02 to 04: who has to be identified.
fn parties(code: &str, family: &str, document: &Document<'_>, broken: &mut Broken) {
    let known = |party: &str, field: &str| document.whole[party][field].is_string();
    let holds = match code {
        // Seller VAT identifier, Seller tax registration identifier or both.
        "S" | "Z" | "E" => known("seller", "vat_id") || known("seller", "tax_registration"),
        // The same of the seller, and Buyer VAT identifier, Buyer legal registration identifier or both.
        "AE" => {
            (known("seller", "vat_id") || known("seller", "tax_registration"))
                && (known("buyer", "vat_id") || known("buyer", "registration"))
        }
        // Seller VAT identifier and Buyer VAT identifier.
        "K" => known("seller", "vat_id") && known("buyer", "vat_id"),
        // Seller VAT identifier.
        "G" => known("seller", "vat_id"),
        // Neither Seller nor Buyer VAT identifier.
        _ => !known("seller", "vat_id") && !known("buyer", "vat_id"),
    };
    broken.unless(holds, format!("BR-{family}-02"));
}

/// BR-…-05 to 07: above zero for S, zero for the others.
fn rates(code: &str, family: &str, document: &Document<'_>, broken: &mut Broken) {
    for part in document.taxed().filter(|part| part.text("category") == code) {
        let number = match part.text("kind") {
            "allowance" => "06",
            "charge" => "07",
            _ => "05",
        };
        let rate = part.number("rate").unwrap_or(Ratio::ZERO);
        let standard = rate.above(Ratio::ZERO) && !rate.above(Ratio::whole(100));
        broken.unless(if code == "S" { standard } else { rate == Ratio::ZERO }, format!("BR-{family}-{number}"));
    }
}

/// BR-…-08: the taxable amount is the lines, less allowances, with charges, of the category (and rate, for S).
/// BR-…-09: without VAT the tax is zero; with it, it is BR-CO-17.
fn bases(code: &str, family: &str, document: &Document<'_>, rows: &[&Part<'_>], broken: &mut Broken) {
    for row in rows {
        let of_row = |part: &&Part<'_>| part.text("category") == code && part.number("rate") == row.number("rate");
        let signed = |part: &Part<'_>| {
            if part.takes_off() { Ratio::ZERO.minus(part.amount?) } else { part.amount }
        };
        let base = sum(document.taxed().filter(of_row).map(signed));
        broken.unless(base.is_some() && row.amount == base, format!("BR-{family}-08"));
        broken.unless(code == "S" || row.number("tax") == Some(Ratio::ZERO), format!("BR-{family}-09"));
    }
}

/// BR-…-10: a breakdown (BG-23) of E, AE, K, G and O has a reason for the exemption (BT-120): its own, or the one that is said
/// of all that have none. One of S and Z has none. What is said of a category without a breakdown would stand nowhere (BT-120).
fn reasons(document: &Document<'_>, broken: &mut Broken) {
    let said = |reason: &Value| reason.as_str().is_some_and(|reason| !reason.trim().is_empty());
    let content = document.content();
    let of_all = said(&content["exemption_reason"]);
    let rows: BTreeSet<&str> = document.subtotals.iter().map(|row| row.text("category")).collect();
    let (mut taxed, mut untaxed, mut each_own) = (None, false, true);
    for (code, family) in FAMILIES {
        let own = said(&content["exemption_reasons"][code]);
        let taxes = ["S", "Z"].contains(&code);
        if !rows.contains(code) {
            broken.unless(!own, "BT-120");
        } else if taxes {
            broken.unless(!own, format!("BR-{family}-10"));
            taxed = taxed.or(Some(family));
        } else {
            broken.unless(own || of_all, format!("BR-{family}-10"));
            (untaxed, each_own) = (true, each_own && own);
        }
    }
    // What is said of all belongs to what is without VAT. Where nothing is, the first row has it, and names the rule; where
    // each has its own, it would stand nowhere.
    match (untaxed, taxed) {
        (false, Some(family)) => broken.unless(!of_all, format!("BR-{family}-10")),
        _ => broken.unless(!of_all || !each_own, "BT-120"),
    }
}

fn other_country(document: &Document<'_>, broken: &mut Broken) {
    if document.subtotals.iter().all(|row| row.text("category") != "K") {
        return;
    }
    let content = document.content();
    // BR-IC-11: the Actual delivery date or the Invoicing period shall not be blank.
    broken.unless(content["delivered_on"].is_string() || content["period"].is_object(), "BR-IC-11");
    // BR-IC-12: the Deliver to country code shall not be blank.
    broken.unless(content["deliver_to"]["country"].is_string(), "BR-IC-12");
}

/// BR-O-11 to 14: with a breakdown of O there is no other, no line, allowance or charge of another category.
fn outside_alone(document: &Document<'_>, broken: &mut Broken) {
    let other = |part: &Part<'_>| part.text("category") != "O";
    if document.subtotals.iter().all(other) {
        return;
    }
    broken.unless(!document.subtotals.iter().any(other), "BR-O-11");
    broken.unless(!document.lines.iter().any(other), "BR-O-12");
    let adjusted = |off: bool| document.adjustments.iter().any(|part| part.takes_off() == off && other(part));
    broken.unless(!adjusted(true), "BR-O-13");
    broken.unless(!adjusted(false), "BR-O-14");
}
