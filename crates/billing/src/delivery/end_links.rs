//! Ending every link to an invoice: for the day when one reached somebody it was not meant for.

use crate::settlement::Standing;
use coffer_identity::document_links;
use coffer_kernel::{Action, Actor, InvoiceId, SubjectId, TypedId};
use coffer_store::{Books, Event, Order, Refused};

/// The links of an invoice, to be ended.
#[derive(Debug, Clone, Copy)]
pub struct EndLinks {
    /// Of which invoice.
    pub invoice: InvoiceId,
}

impl Order for EndLinks {
    const ACTION: Action = Action::SendInvoice;
}

struct LinksEnded(InvoiceId, SubjectId, u64);

impl Event for LinksEnded {
    const NAME: &'static str = "invoice.links_ended";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.1)
    }
    fn detail(&self) -> Option<String> {
        Some(format!(r#"{{"links":{}}}"#, self.2))
    }
}

/// Ends every link to an issued invoice, those in mails included: from their next opening on they open nothing. Returns
/// how many there were.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such invoice within reach.
pub async fn end_links(books: &Books, actor: &Actor, order: EndLinks) -> Result<u64, Refused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = tx.lock::<Standing>(permit, order.invoice)?;
            let ended = document_links::end(tx, order.invoice)?;
            tx.record(LinksEnded(order.invoice, granted.customer.into(), ended), ended)
        })
        .await
}
