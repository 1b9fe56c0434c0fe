//! How an issued invoice stands: what is open of it, whether it was delivered, whether it was voided.
//!
//! The invoice itself never changes; this row beside it does, with each payment, delivery and voiding, in the same
//! transaction as their entries in the books. The three axes are kept apart: document, settlement, delivery.

pub(crate) mod sql;

pub use sql::AGGREGATE;

use crate::invoices::{Invoice, Issued};
use coffer_kernel::money::Money;
use coffer_kernel::{CustomerId, Date, InvoiceId, ScopeId};
use coffer_store::{Fault, Tx};

/// How much of an invoice was paid, from the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// Nothing.
    Unpaid,
    /// Some of it.
    PartlyPaid,
    /// All of it.
    Paid,
    /// More than it asked for.
    Overpaid,
}

impl Settlement {
    /// The name in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unpaid => "unpaid",
            Self::PartlyPaid => "partly_paid",
            Self::Paid => "paid",
            Self::Overpaid => "overpaid",
        }
    }
}

/// How far an invoice got to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Nowhere yet.
    NotSent,
    /// A link to it was made by hand: whoever made it may have passed it on, and nobody said so yet.
    LinkMade,
    /// On its way, or handed over.
    Sent,
    /// It came back.
    Bounced,
    /// Its reader opened it.
    Opened,
}

impl Delivery {
    const ALL: [Self; 5] = [Self::NotSent, Self::LinkMade, Self::Sent, Self::Bounced, Self::Opened];

    /// The name in rows and the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::LinkMade => "link_made",
            Self::Sent => "sent",
            Self::Bounced => "bounced",
            Self::Opened => "opened",
        }
    }

    /// Whether nobody is known to have it: it was not handed over, or a link was made of which nobody said where it went.
    #[must_use]
    pub const fn is_unknown(self) -> bool {
        matches!(self, Self::NotSent | Self::LinkMade)
    }

    /// The one with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delivery| delivery.code() == code)
    }
}

/// How an issued invoice stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// The version of the standing, not of the invoice.
    pub version: i64,
    /// Who owes it.
    pub customer: CustomerId,
    /// Whose customer they are.
    pub scope: ScopeId,
    /// When it is to be paid (BT-9).
    pub due_on: Date,
    /// What it asked for (BT-115).
    pub due: Money,
    /// What is open of that.
    pub open: Money,
    /// What was paid beyond it.
    pub over: Money,
    /// How far it got.
    pub delivery: Delivery,
    /// When it got there, or was sent.
    pub delivered_on: Option<Date>,
    /// When it was voided, if it was.
    pub voided_on: Option<Date>,
}

impl Standing {
    /// As every issued invoice stands at first; [`None`] for a draft.
    #[must_use]
    pub fn of_new(invoice: &Invoice) -> Option<Self> {
        match invoice {
            Invoice::Draft(_) => None,
            Invoice::Issued(issued) => Some(Self::begun(issued)),
        }
    }

    fn begun(issued: &Issued) -> Self {
        let due = issued.draft.totals.amount_due;
        let none = Money::zero(due.currency());
        Self {
            invoice: issued.draft.id,
            version: 1,
            customer: issued.draft.customer,
            scope: issued.draft.scope,
            due_on: issued.due_on,
            due,
            open: if due.minor() > 0 { due } else { none },
            over: none,
            delivery: Delivery::NotSent,
            delivered_on: None,
            voided_on: None,
        }
    }

    /// How much of it was paid.
    #[must_use]
    pub fn settlement(&self) -> Settlement {
        if self.over.minor() > 0 {
            Settlement::Overpaid
        } else if self.open.minor() <= 0 {
            Settlement::Paid
        } else if self.open.minor() < self.due.minor() {
            Settlement::PartlyPaid
        } else {
            Settlement::Unpaid
        }
    }

    /// Whether it should have been paid by now.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.voided_on.is_none() && self.open.minor() > 0 && self.due_on < today
    }

    /// Whether no money counts on it.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.over.minor() == 0 && (self.due.minor() <= 0 || self.open == self.due)
    }

    /// Whether it can still be voided: it reached nobody, for all the books know, and no money counts on it. A link that
    /// was made may have been passed on.
    #[must_use]
    pub fn can_be_voided(&self) -> bool {
        self.voided_on.is_none() && self.delivery == Delivery::NotSent && self.is_untouched()
    }

    pub(crate) fn next(&self) -> Self {
        Self { version: self.version + 1, ..self.clone() }
    }
}

/// Begins the standing of an invoice that is being issued.
pub(crate) fn begin(tx: &mut Tx<'_>, issued: &Issued) -> Result<(), Fault> {
    tx.insert(&Standing::begun(issued))
}
