//! Deleting a draft: nobody saw it, no number was used, nothing stands in the books.

use super::model::Invoice;
use super::sql;
use coffer_kernel::{Action, Actor, InvoiceId, SubjectId, TypedId};
use coffer_store::{Books, Event, Order, Refused, refusals};

/// A draft to be deleted.
#[derive(Debug, Clone, Copy)]
pub struct DeleteDraft {
    /// Which.
    pub invoice: InvoiceId,
    /// The version the caller has seen, where they say.
    pub version: Option<i64>,
}

impl Order for DeleteDraft {
    const ACTION: Action = Action::DeleteDraft;
}

refusals! {
    /// Why it stays.
    pub enum DeleteRefused {
        /// It was issued.
        NotADraft => Conflict, "invoice.not_a_draft", "This invoice was issued, so it stays for good. Void it while nobody has it, or put it right with a second invoice.";
    }
}

struct DraftDeleted(InvoiceId, SubjectId);

impl Event for DraftDeleted {
    const NAME: &'static str = "invoice.draft_deleted";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.1)
    }
}

/// Deletes a draft.
///
/// # Errors
/// [`DeleteRefused`]; it stays then.
pub async fn delete(books: &Books, actor: &Actor, order: DeleteDraft) -> Result<(), DeleteRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = tx.lock::<Invoice>(permit, order.invoice)?;
            let Invoice::Draft(draft) = &*granted else { return Err(DeleteRefused::NotADraft) };
            if order.version.is_some_and(|version| version != draft.version) {
                return Err(Refused::Stale.into());
            }
            let event = DraftDeleted(draft.id, draft.customer.into());
            sql::remove(tx, &granted)?;
            tx.record(event, ())
        })
        .await
}
