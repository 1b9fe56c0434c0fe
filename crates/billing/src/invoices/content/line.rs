//! What is billed for.

use super::{LineAdjustment, Period, TaxCategory};
use coffer_kernel::money::{Percent, Quantity, UnitPrice};
use serde::{Deserialize, Serialize};

/// A line (BG-25).
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
    /// The price before the discount on it (BT-148).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<UnitPrice>,
    /// The discount on the list price (BT-147).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_discount: Option<UnitPrice>,
    /// How many the price is for (BT-149), in the unit of the quantity (BT-150).
    #[serde(default = "one")]
    pub base_quantity: Quantity,
    /// The time it is billed for (BG-26).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Allowances and charges on this line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adjustments: Vec<LineAdjustment>,
    /// The VAT category (BT-151).
    pub category: TaxCategory,
    /// The VAT rate in percent (BT-152).
    pub rate: Percent,
}

pub(super) fn piece() -> String {
    "C62".to_owned()
}

pub(super) fn one() -> Quantity {
    Quantity::from(1)
}
