//! A second opinion on invoices: the business rules of EN 16931-1, written from the standard's text alone.
//!
//! It reads an invoice as the API answers it and reckons with ratios of whole numbers; nothing of the calculator or of
//! the checks before issuing is used, so that a mistake would have to be made twice to stay unseen. What it names are
//! the ids of broken rules; `BR-S-02` stands for 02 to 04 of a family, which ask the same of lines, allowances and
//! charges. Rules on what the product does not write (payees, tax representatives, second currencies, schemes of
//! payment) have no place here.

#![allow(clippy::indexing_slicing, reason = "what is not there in a JSON value reads as null")]

mod categories;
mod document;
mod ratio;
mod sums;

use ratio::Ratio;
use serde_json::Value;
use std::collections::BTreeSet;

/// The rules that this invoice breaks: `content`, `totals`, `seller`, `buyer`, `issued_on` and `due_on` are read.
#[must_use]
pub fn broken_rules(invoice: &Value) -> BTreeSet<String> {
    let mut broken = Broken::default();
    let document = Document::read(invoice);
    document::check(&document, &mut broken);
    sums::check(&document, &mut broken);
    categories::check(&document, &mut broken);
    broken.0
}

#[derive(Default)]
struct Broken(BTreeSet<String>);

impl Broken {
    fn unless(&mut self, holds: bool, rule: impl Into<String>) {
        if !holds {
            self.0.insert(rule.into());
        }
    }
}

/// An invoice, as far as the rules ask.
struct Document<'a> {
    whole: &'a Value,
    lines: Vec<Part<'a>>,
    adjustments: Vec<Part<'a>>,
    subtotals: Vec<Part<'a>>,
    /// How many decimals the currency has.
    decimals: u32,
}

/// A line, an allowance or charge, a row of the breakdown.
struct Part<'a> {
    said: &'a Value,
    /// BT-131 of a line, the amount of an adjustment, BT-116 of a row.
    amount: Option<Ratio>,
    /// What the adjustments of a line come to.
    parts: Vec<Part<'a>>,
}

impl<'a> Document<'a> {
    fn read(whole: &'a Value) -> Self {
        let (content, totals) = (&whole["content"], &whole["totals"]);
        let due = totals["amount_due"].as_str().unwrap_or_default();
        let decimals = due.split_once('.').map_or(0, |(_, minor)| u32::try_from(minor.len()).unwrap_or_default());
        let lines = list(&content["lines"]).zip(list(&totals["line_nets"]).zip(list(&totals["line_adjustments"])));
        let lines = lines.map(|(said, (net, sums))| Part {
            said,
            amount: Ratio::read(net),
            parts: parts(&said["adjustments"], sums),
        });
        let rows = list(&totals["tax_breakdown"]);
        let row = |said: &'a Value| Part { said, amount: Ratio::read(&said["taxable"]), parts: Vec::new() };
        Self {
            whole,
            lines: lines.collect(),
            adjustments: parts(&content["adjustments"], &totals["adjustments"]),
            subtotals: rows.map(row).collect(),
            decimals,
        }
    }

    fn content(&self) -> &'a Value {
        &self.whole["content"]
    }

    /// An amount among the sums.
    fn sum(&self, name: &str) -> Option<Ratio> {
        Ratio::read(&self.whole["totals"][name])
    }

    /// Lines, then adjustments: everything that has a VAT category.
    fn taxed(&self) -> impl Iterator<Item = &Part<'a>> {
        self.lines.iter().chain(&self.adjustments)
    }
}

impl Part<'_> {
    fn text(&self, field: &str) -> &str {
        self.said[field].as_str().unwrap_or_default()
    }
    fn number(&self, field: &str) -> Option<Ratio> {
        Ratio::read(&self.said[field])
    }
    /// Whether it is an allowance; a charge and a line are none.
    fn takes_off(&self) -> bool {
        self.text("kind") == "allowance"
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn parts<'a>(said: &'a Value, sums: &'a Value) -> Vec<Part<'a>> {
    let part = |(said, sum): (&'a Value, &'a Value)| Part { said, amount: Ratio::read(sum), parts: Vec::new() };
    list(said).zip(list(sums)).map(part).collect()
}
