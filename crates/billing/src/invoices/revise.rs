//! Changing a draft.

use super::content::Content;
use super::draft::{DraftRefused, summed};
use super::events::DraftRevised;
use super::issue::IssueRefused;
use super::model::{Draft, Invoice};
use super::unfinished::Unfinished;
use crate::customers;
use coffer_kernel::{Action, Actor, CustomerId, InvoiceId};
use coffer_store::{Books, Once, Order, Refused};

/// A draft as it shall be from now on.
#[derive(Debug, Clone)]
pub struct ReviseDraft {
    /// Which.
    pub invoice: InvoiceId,
    /// The version the caller has seen, where they say.
    pub version: Option<i64>,
    /// Who is billed.
    pub customer: CustomerId,
    /// What it says.
    pub content: Content,
    /// What was typed besides and does not read yet; what was kept of it before is gone.
    pub unfinished: Unfinished,
}

impl Order for ReviseDraft {
    const ACTION: Action = Action::ReviseInvoice;
}

/// Changes a draft.
///
/// # Errors
/// [`IssueRefused`]: where it is issued already, was changed meanwhile, or cannot be summed; nothing is written then.
pub async fn revise(
    books: &Books,
    actor: &Actor,
    once: Option<Once>,
    order: ReviseDraft,
) -> Result<Invoice, IssueRefused> {
    books
        .transact_once(actor, once, order, |tx, permit, order| {
            let granted = tx.lock::<Invoice>(permit, order.invoice)?;
            let Invoice::Draft(draft) = &*granted else { return Err(IssueRefused::NotADraft) };
            if order.version.is_some_and(|version| version != draft.version) {
                return Err(Refused::Stale.into());
            }
            let customer = customers::sql::find(tx, permit.scope(), order.customer)?.ok_or(DraftRefused::Customer)?;
            let totals = summed(&order.content, &order.unfinished)?;
            let next = Draft {
                id: draft.id,
                version: draft.version + 1,
                customer: customer.id,
                scope: customer.scope,
                content: order.content.clone(),
                totals,
                unfinished: order.unfinished.clone(),
            };
            let event = DraftRevised::of(&next);
            let invoice = Invoice::Draft(next);
            tx.replace(&granted, &invoice)?;
            tx.record(event, invoice)
        })
        .await
}
