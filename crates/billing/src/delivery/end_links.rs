//! Ending every link to an invoice: for the day when one reached somebody it was not meant for.

use crate::invoices;
use crate::settlement::Standing;
use coffer_identity::document_links;
use coffer_kernel::{Action, Actor, InvoiceId, SubjectId, TypedId};
use coffer_store::{Books, Event, Order, Refused, refusals};

/// The links of an invoice, to be ended.
#[derive(Debug, Clone, Copy)]
pub struct EndLinks {
    /// Of which invoice.
    pub invoice: InvoiceId,
}

impl Order for EndLinks {
    const ACTION: Action = Action::SendInvoice;
}

refusals! {
    /// Why no links are ended.
    pub enum EndLinksRefused {
        /// It is a draft.
        Draft => Conflict, "invoice.draft", "This is a draft: there are no links to it.";
    }
}

struct LookAtLinks(InvoiceId);

impl Order for LookAtLinks {
    const ACTION: Action = Action::ReadInvoices;
}

/// The links that there are to an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// None was ever made.
    None,
    /// None opens it any more.
    Ended,
    /// One at least opens it.
    Live,
}

/// Whether a link opens this invoice.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such invoice within the actor's reach.
pub async fn links(books: &Books, actor: &Actor, invoice: InvoiceId) -> Result<Links, Refused> {
    books
        .read(actor, LookAtLinks(invoice), |snapshot, permit, query| {
            if !invoices::sql::is_there(snapshot, permit.scope(), query.0)? {
                return Err(Refused::NotFound);
            }
            let now = snapshot.now();
            Ok(match document_links::count(snapshot, query.0, now)? {
                (0, _) => Links::None,
                (_, 0) => Links::Ended,
                _ => Links::Live,
            })
        })
        .await
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
/// [`EndLinksRefused::Draft`]; [`Refused::NotFound`] where there is no such invoice within reach.
pub async fn end_links(books: &Books, actor: &Actor, order: EndLinks) -> Result<u64, EndLinksRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = match tx.lock::<Standing>(permit, order.invoice) {
                Err(Refused::NotFound) if invoices::is_draft(tx, permit.scope(), order.invoice)? => {
                    return Err(EndLinksRefused::Draft);
                }
                found => found?,
            };
            let ended = document_links::end(tx, order.invoice)?;
            tx.record(LinksEnded(order.invoice, granted.customer.into(), ended), ended)
        })
        .await
}
