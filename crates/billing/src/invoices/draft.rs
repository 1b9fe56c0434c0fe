//! Drafting an invoice.

use super::content::{Content, Totals, TotalsRefused, totals};
use super::events::InvoiceDrafted;
use super::model::{Draft, Invoice};
use crate::customers;
use crate::text::Unfit;
use coffer_kernel::{Action, Actor, CustomerId, InvoiceId, Permit, Pointer, Reason, Refusals, Refuse};
use coffer_store::{Books, Fault, Once, Order, Refused, Tx};

/// A draft to be kept.
#[derive(Debug, Clone)]
pub struct DraftInvoice {
    /// Who is billed.
    pub customer: CustomerId,
    /// What it says.
    pub content: Content,
}

impl Order for DraftInvoice {
    const ACTION: Action = Action::DraftInvoice;
}

/// Why a draft is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftRefused {
    /// It cannot be summed.
    Totals(TotalsRefused),
    /// A text is too long, or holds what must not be kept.
    Text(Unfit),
    /// There is no such customer within reach.
    Customer,
    /// What the store answers to any order.
    Store(Refused),
}

impl std::fmt::Display for DraftRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Totals(refused) => refused.fmt(f),
            Self::Text(unfit) => unfit.fmt(f),
            Self::Customer => f.write_str("There is no customer under this id. Choose one from the list, or add one."),
            Self::Store(refused) => refused.fmt(f),
        }
    }
}

impl std::error::Error for DraftRefused {}

impl Refuse for DraftRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Totals(refused) => refused.code(),
            Self::Text(unfit) => unfit.code(),
            Self::Customer => "invoice.customer_unknown",
            Self::Store(refused) => refused.code(),
        }
    }
    fn reason(&self) -> Reason {
        match self {
            Self::Totals(_) | Self::Text(_) | Self::Customer => Reason::Invalid,
            Self::Store(refused) => refused.reason(),
        }
    }
    fn pointers(&self) -> Vec<Pointer> {
        match self {
            Self::Totals(refused) => refused.pointers(),
            Self::Text(unfit) => unfit.pointers(),
            Self::Customer => vec![Pointer::new("/customer", self.code(), self.to_string())],
            Self::Store(refused) => refused.pointers(),
        }
    }
}

impl From<Unfit> for DraftRefused {
    fn from(unfit: Unfit) -> Self {
        Self::Text(unfit)
    }
}

impl Refusals for DraftRefused {
    fn all() -> Vec<(&'static str, Reason, &'static str)> {
        let customer = ("invoice.customer_unknown", Reason::Invalid, "There is no customer under this id.");
        [TotalsRefused::all(), Unfit::all(), vec![customer]].concat()
    }
}

impl From<Refused> for DraftRefused {
    fn from(refused: Refused) -> Self {
        Self::Store(refused)
    }
}

impl From<Fault> for DraftRefused {
    fn from(fault: Fault) -> Self {
        Self::Store(fault.into())
    }
}

/// Keeps a draft.
///
/// # Errors
/// [`DraftRefused`]; nothing is written then.
pub async fn draft(
    books: &Books,
    actor: &Actor,
    once: Option<Once>,
    order: DraftInvoice,
) -> Result<Invoice, DraftRefused> {
    let sums = summed(&order.content);
    books
        .transact_once(actor, once, order, move |tx, permit, order| {
            let draft = new_draft(tx, permit, order, &sums)?.0;
            let event = InvoiceDrafted::of(&draft);
            let invoice = Invoice::Draft(draft);
            tx.insert(&invoice)?;
            tx.record(event, invoice)
        })
        .await
}

/// The draft that an order makes, and its customer; nothing is written yet.
pub(super) fn new_draft(
    tx: &mut Tx<'_>,
    permit: &Permit,
    order: &DraftInvoice,
    sums: &Result<Totals, DraftRefused>,
) -> Result<(Draft, customers::Customer), DraftRefused> {
    let customer = customers::sql::find(tx, permit.scope(), order.customer)?.ok_or(DraftRefused::Customer)?;
    let totals = sums.clone()?;
    let id = InvoiceId::new(tx.now(), tx.entropy());
    let draft =
        Draft { id, version: 1, customer: customer.id, scope: customer.scope, content: order.content.clone(), totals };
    Ok((draft, customer))
}

/// The sums of what may be kept as a draft. Needs no books, so it is done before anybody waits in line for them.
pub(super) fn summed(content: &Content) -> Result<Totals, DraftRefused> {
    content.check_texts()?;
    let totals = totals(content).map_err(DraftRefused::Totals)?;
    totals.check_size().map_err(DraftRefused::Totals)?;
    Ok(totals)
}
