//! What an invoice says: lines, allowances and charges, references. Pure; sums are in [`totals`].
//!
//! Names follow EN 16931-1; each field says which business term it is. The same types are sealed into a row, spoken by
//! the API and handed to the renderer, so that no two places can disagree.

mod adjustment;
mod delivery;
mod line;
mod party;
mod reasons;
mod texts;
mod totals;

pub use adjustment::{Adjusted, AdjustmentKind, DocumentAdjustment, LineAdjustment};
pub use delivery::{DeliverTo, Period};
pub use line::InvoiceLine;
pub use party::Party;
pub use reasons::ExemptionReasons;
pub use totals::{CALCULATION, MOST_MINOR, TaxSubtotal, Totals, TotalsRefused, totals};

use coffer_kernel::Date;
use coffer_kernel::money::Currency;
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
    /// All of them.
    pub const ALL: [Self; 7] = [Self::S, Self::Z, Self::E, Self::ReverseCharge, Self::K, Self::G, Self::O];

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }

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
    /// The contract it is billed under (BT-12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_number: Option<String>,
    /// The project it is for (BT-11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project_number: Option<String>,
    /// When it was delivered (BT-72).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_on: Option<Date>,
    /// The time that is billed for (BG-14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Where it was delivered (BG-15), where that is not the buyer's address; a sale to another EU country takes the
    /// buyer's country where none is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliver_to: Option<DeliverTo>,
    /// When it is to be paid (BT-9); by the terms of the business where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// Terms of payment in words (BT-20).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// A note to the buyer (BT-22).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Why there is no VAT in every category that needs a reason and has none of its own: one for all, as it was once
    /// written. What is new says it by category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption_reason: Option<String>,
    /// Why there is no VAT, by category (BT-120 of each BG-23).
    #[serde(default, skip_serializing_if = "ExemptionReasons::is_empty")]
    pub exemption_reasons: ExemptionReasons,
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

impl Content {
    /// Nothing yet, in this currency.
    #[must_use]
    pub const fn empty(currency: Currency) -> Self {
        Self {
            currency,
            buyer_reference: None,
            order_number: None,
            contract_number: None,
            project_number: None,
            delivered_on: None,
            period: None,
            deliver_to: None,
            due_on: None,
            terms: None,
            note: None,
            exemption_reason: None,
            exemption_reasons: ExemptionReasons::NONE,
            lines: Vec::new(),
            adjustments: Vec::new(),
            prepaid: None,
            rounding: None,
        }
    }
}

#[cfg(test)]
mod tests;
