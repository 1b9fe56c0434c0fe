//! What an invoice says: lines, allowances and charges, references. Pure; sums are in [`totals`].
//!
//! Names follow EN 16931-1; each field says which business term it is. The same types are sealed into a row, spoken by
//! the API and handed to the renderer, so that no two places can disagree.

mod party;
mod totals;

pub use party::Party;
pub use totals::{CALCULATION, TaxSubtotal, Totals, TotalsRefused, totals};

use coffer_kernel::Date;
use coffer_kernel::money::{Currency, Percent, Quantity, UnitPrice};
use serde::{Deserialize, Serialize};

/// The VAT category of a line or a document-level adjustment (BT-151, UNTDID 5305).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TaxCategory {
    /// Standard rate.
    S,
    /// Zero rated.
    Z,
    /// Exempt.
    E,
    /// Reverse charge: the customer pays the VAT.
    #[serde(rename = "AE")]
    ReverseCharge,
    /// Sale to another EU country.
    K,
    /// Export outside the EU.
    G,
    /// Outside the scope of VAT.
    O,
}

impl TaxCategory {
    /// The code on documents and in rows.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::Z => "Z",
            Self::E => "E",
            Self::ReverseCharge => "AE",
            Self::K => "K",
            Self::G => "G",
            Self::O => "O",
        }
    }
}

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
    /// The amount, net, in major units (BT-136, BT-141).
    pub amount: String,
    /// Why (BT-139, BT-144).
    pub reason: String,
}

/// An allowance or charge on the whole document (BG-20, BG-21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentAdjustment {
    /// Which of the two.
    pub kind: AdjustmentKind,
    /// The amount, net, in major units (BT-92, BT-99).
    pub amount: String,
    /// Why (BT-97, BT-104).
    pub reason: String,
    /// Its VAT category (BT-95, BT-102).
    pub category: TaxCategory,
    /// Its VAT rate in percent (BT-96, BT-103).
    pub rate: Percent,
}

/// What is billed for (BG-25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InvoiceLine {
    /// What it is (BT-153).
    pub name: String,
    /// More about it (BT-154).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How many (BT-129).
    pub quantity: Quantity,
    /// Of which unit, UN/ECE recommendation 20 (BT-130); `C62` is a piece.
    #[serde(default = "piece")]
    pub unit: String,
    /// The net price of one base quantity (BT-146).
    pub net_price: UnitPrice,
    /// How many the price is for (BT-149).
    #[serde(default = "one")]
    pub base_quantity: Quantity,
    /// Allowances and charges on this line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<LineAdjustment>,
    /// The VAT category (BT-151).
    pub category: TaxCategory,
    /// The VAT rate in percent (BT-152).
    pub rate: Percent,
}

fn piece() -> String {
    "C62".to_owned()
}

fn one() -> Quantity {
    Quantity::from(1)
}

/// Everything the seller decides about an invoice before it is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The currency of all amounts (BT-5).
    pub currency: Currency,
    /// The buyer's own reference (BT-10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer_reference: Option<String>,
    /// The buyer's order (BT-13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// When it was delivered (BT-72).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_on: Option<Date>,
    /// When it is to be paid (BT-9); by the terms of the business where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// Terms of payment in words (BT-20).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// A note to the buyer (BT-22).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why there is no VAT, where there is none (BT-120).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption_reason: Option<String>,
    /// What is billed for.
    pub lines: Vec<InvoiceLine>,
    /// Allowances and charges on the whole document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<DocumentAdjustment>,
    /// What was paid before, in major units (BT-113).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepaid: Option<String>,
    /// What is added to the amount due to round it, in major units (BT-114).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<String>,
}

#[cfg(test)]
mod tests;
