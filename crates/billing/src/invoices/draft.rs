//! Drafting an invoice.

use super::content::{Content, Totals, TotalsRefused, totals};
use super::events::InvoiceDrafted;
use super::model::{Draft, Invoice};
use super::unfinished::Unfinished;
use crate::customers;
use crate::text::Unfit;
use coffer_kernel::{Action, Actor, CustomerId, InvoiceId, Permit};
use coffer_store::{Books, Once, Order, Tx, refusals};

/// A draft to be kept.
#[derive(Debug, Clone)]
pub struct DraftInvoice {
    /// Who is billed.
    pub customer: CustomerId,
    /// What it says.
    pub content: Content,
    /// What was typed besides and does not read yet.
    pub unfinished: Unfinished,
}

impl Order for DraftInvoice {
    const ACTION: Action = Action::DraftInvoice;
}

refusals! {
    /// Why there is no draft.
    pub enum DraftRefused {
        /// There is no such customer within reach.
        Customer => Invalid, "invoice.customer_unknown", "There is no customer under this id. Choose one from the list, or add one.", at "/customer";
        /// What does not read yet is more than is kept of it.
        UnfinishedTooMuch => Invalid, "invoice.unfinished_too_much", "There is too much here that is not a whole line yet to be kept. Finish some of it, or take it out.";
        + Totals(TotalsRefused), "It cannot be summed.";
        + Text(Unfit), "A text is too long, or holds what must not be kept.";
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
    let sums = summed(&order.content, &order.unfinished);
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
    let (content, unfinished) = (order.content.clone(), order.unfinished.clone());
    let draft = Draft { id, version: 1, customer: customer.id, scope: customer.scope, content, totals, unfinished };
    Ok((draft, customer))
}

/// Whether this is refused as a draft for what it says: asked while somebody still types it.
///
/// # Errors
/// [`DraftRefused`], as whoever keeps it would hear it.
pub fn fits(content: &Content, unfinished: &Unfinished) -> Result<(), DraftRefused> {
    summed(content, unfinished).map(drop)
}

/// The sums of what may be kept as a draft. Needs no books, so it is done before anybody waits in line for them.
pub(super) fn summed(content: &Content, unfinished: &Unfinished) -> Result<Totals, DraftRefused> {
    content.check_texts()?;
    unfinished.check(content)?;
    let totals = totals(content).map_err(DraftRefused::Totals)?;
    totals.check_size().map_err(DraftRefused::Totals)?;
    Ok(totals)
}
