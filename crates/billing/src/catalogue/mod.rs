//! The catalogue: what the business sells, with its usual price and VAT.
//!
//! Commands: [`add`], [`revise`], [`retire`]. Queries: [`get`], [`list`], [`find`]. An item is copied into a line
//! ([`Item::line`]), never referred to: a price that changes tomorrow does not alter what was drafted today. It refuses
//! prices below nothing and rates that their category does not have. Names and texts are sealed.

mod add;
mod queries;
mod retire;
mod revise;
pub(crate) mod sql;
#[cfg(test)]
mod tests;

pub use add::{AddItem, AddRefused, add};
pub use queries::{FindItems, GetItem, ListItems, Page, find, get, list};
pub use retire::{RetireItem, RetireRefused, retire};
pub use revise::{ReviseItem, ReviseRefused, revise};
pub use sql::AGGREGATE;

use crate::invoices::content::{InvoiceLine, TaxCategory};
use coffer_kernel::money::{Currency, Percent, Quantity, UnitPrice};
use coffer_kernel::{ItemId, Timestamp};
use serde::{Deserialize, Serialize};

/// What is said of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Particulars {
    /// What it is (BT-153).
    pub name: String,
    /// More about it, for the line (BT-154).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Of which unit, UN/ECE recommendation 20 (BT-130); `C62` is a piece.
    #[serde(default = "piece")]
    pub unit: String,
    /// The currency of the price; the business's where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The usual net price (BT-146).
    pub net_price: UnitPrice,
    /// The usual VAT category (BT-151).
    pub category: TaxCategory,
    /// The usual VAT rate in percent (BT-152).
    pub rate: Percent,
}

fn piece() -> String {
    "C62".to_owned()
}

/// Something the business sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The id.
    pub id: ItemId,
    /// The version.
    pub version: i64,
    /// What is said of it.
    pub particulars: Particulars,
    /// The currency of the price.
    pub currency: Currency,
    /// Since when.
    pub created_at: Timestamp,
    /// Since when it is offered no more, if it is not.
    pub retired_at: Option<Timestamp>,
}

impl Item {
    /// A line that bills for this many of it, at what the catalogue says now.
    #[must_use]
    pub fn line(&self, quantity: Quantity) -> InvoiceLine {
        let Particulars { name, description, unit, currency: _, net_price, category, rate } = self.particulars.clone();
        InvoiceLine {
            name,
            description,
            quantity,
            unit,
            net_price,
            list_price: None,
            price_discount: None,
            base_quantity: Quantity::from(1),
            period: None,
            adjustments: Vec::new(),
            category,
            rate,
        }
    }
}
