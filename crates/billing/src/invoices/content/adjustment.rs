//! Allowances and charges, on a line or on the document: an amount, or a percentage of a base.

use super::TaxCategory;
use coffer_kernel::money::{Decimal, Money, Percent};
use serde::{Deserialize, Serialize};

/// Whether an adjustment takes off or adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentKind {
    /// Takes off (BG-20, BG-27).
    Allowance,
    /// Adds (BG-21, BG-28).
    Charge,
}

/// An allowance or charge on a line (BG-27, BG-28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineAdjustment {
    /// Which of the two.
    pub kind: AdjustmentKind,
    /// The amount, net, in major units (BT-136, BT-141); by the percentage where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// What the percentage is of, in major units (BT-137, BT-142); quantity × price where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// The percentage (BT-138, BT-143).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// Why (BT-139, BT-144).
    pub reason: String,
}

/// An allowance or charge on the whole document (BG-20, BG-21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentAdjustment {
    /// Which of the two.
    pub kind: AdjustmentKind,
    /// The amount, net, in major units (BT-92, BT-99); by the percentage where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// What the percentage is of, in major units (BT-93, BT-100); the lines of this category and rate where it is not
    /// said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// The percentage (BT-94, BT-101).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<Percent>,
    /// Why (BT-97, BT-104).
    pub reason: String,
    /// Its VAT category (BT-95, BT-102).
    pub category: TaxCategory,
    /// Its VAT rate in percent (BT-96, BT-103).
    pub rate: Percent,
}

/// What an adjustment comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adjusted {
    /// The amount (BT-92, BT-99, BT-136, BT-141).
    pub amount: Money,
    /// What the percentage is of, where there is one (BT-93, BT-100, BT-137, BT-142).
    pub base: Option<Money>,
    /// Whether the amount is what the percentage makes of the base.
    pub fits: bool,
}

/// The part of an adjustment that says how much.
pub(super) struct HowMuch<'a> {
    pub(super) amount: Option<&'a str>,
    pub(super) base: Option<&'a str>,
    pub(super) percent: Option<Percent>,
}

impl LineAdjustment {
    pub(super) fn how_much(&self) -> HowMuch<'_> {
        HowMuch { amount: self.amount.as_deref(), base: self.base.as_deref(), percent: self.percent }
    }
}

impl DocumentAdjustment {
    pub(super) fn how_much(&self) -> HowMuch<'_> {
        HowMuch { amount: self.amount.as_deref(), base: self.base.as_deref(), percent: self.percent }
    }
}

impl HowMuch<'_> {
    /// What it comes to; `usual` is the base where none is said.
    ///
    /// # Errors
    /// The field in the way, with the sentence for it.
    pub(super) fn resolve(&self, usual: Money) -> Result<Adjusted, (&'static str, String)> {
        let currency = usual.currency();
        let parse = |field, text: Option<&str>| {
            let amount = text.map(|text| Money::parse(text, currency)).transpose();
            amount.map_err(|error| (field, error.to_string()))
        };
        let (amount, base) = (parse("amount", self.amount)?, parse("base", self.base)?);
        let Some(percent) = self.percent else {
            let missing = || ("amount", "Say how much: an amount, or a percentage.".to_owned());
            return Ok(Adjusted { amount: amount.ok_or_else(missing)?, base, fits: true });
        };
        let base = base.unwrap_or(usual);
        let exact =
            base.major().checked_mul(percent.get()).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
        let large = "This amount is larger than the books can hold. Check base and percentage.";
        let computed = exact.and_then(|exact| Money::rounded(exact, currency).ok());
        let computed = computed.ok_or_else(|| ("percent", large.to_owned()))?;
        let amount = amount.unwrap_or(computed);
        Ok(Adjusted { amount, base: Some(base), fits: amount == computed })
    }
}
