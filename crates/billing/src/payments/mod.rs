//! Money that came in, and where it counts.
//!
//! Commands: [`record`], [`reverse`]. Queries: [`list`], [`of_invoice`]. Whatever enforces a limit locks the row that owns it:
//! an invoice's standing is locked before anything is counted against it, in the order of ids, so that no two payments
//! count twice. A payment is never removed; it is taken back by another entry.

mod events;
mod late;
mod list;
mod queries;
mod record;
mod reverse;
pub(crate) mod sql;
#[cfg(test)]
mod tests;

pub use late::became_overdue;
pub use list::{ListPayments, Page, Taken, list};
pub use queries::of_invoice;
pub use record::{RecordPayment, RecordRefused, record};
pub use reverse::{ReversePayment, ReverseRefused, reverse};
pub use sql::AGGREGATE;

use coffer_kernel::money::Money;
use coffer_kernel::{CustomerId, Date, InvoiceId, PaymentId, ScopeId};
use serde::{Deserialize, Serialize};

/// How money came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By transfer to the account.
    Transfer,
    /// In cash.
    Cash,
    /// By card, taken elsewhere.
    Card,
    /// By cheque.
    Cheque,
    /// Some other way.
    Other,
}

impl Method {
    /// All ways.
    pub const ALL: [Self; 5] = [Self::Transfer, Self::Cash, Self::Card, Self::Cheque, Self::Other];

    /// The name in rows and the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Cash => "cash",
            Self::Card => "card",
            Self::Cheque => "cheque",
            Self::Other => "other",
        }
    }

    /// The way with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }
}

/// What a payment said, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Particulars {
    /// What stood on the transfer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// A note of one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Where a part of a payment counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// On which invoice.
    pub invoice: InvoiceId,
    /// How much.
    pub amount: Money,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The id.
    pub id: PaymentId,
    /// The version.
    pub version: i64,
    /// From whom.
    pub customer: CustomerId,
    /// Whose customer they are.
    pub scope: ScopeId,
    /// How much.
    pub amount: Money,
    /// When it came.
    pub received_on: Date,
    /// How it came.
    pub method: Method,
    /// When it was taken back, if it was.
    pub reversed_on: Option<Date>,
    /// What it said.
    pub particulars: Particulars,
    /// Where it counts, if only with nothing; what is left is the customer's credit.
    pub allocations: Vec<Allocation>,
}

impl Payment {
    /// How much of it counts on invoices.
    #[must_use]
    pub fn counted(&self) -> Money {
        Money::new(self.allocations.iter().map(|part| part.amount.minor()).sum(), self.amount.currency())
    }

    /// How much of it is the customer's credit.
    #[must_use]
    pub fn surplus(&self) -> Money {
        Money::new(self.amount.minor() - self.counted().minor(), self.amount.currency())
    }
}
