//! Saying that an invoice was handed over: by post, by a mail of one's own, in person.

use crate::settlement::{Delivery, Standing};
use crate::{business, invoices};
use coffer_kernel::{Action, Actor, InvoiceId, SubjectId, TypedId};
use coffer_store::{Books, Event, Order, Refused, refusals};

/// An invoice that was handed over.
#[derive(Debug, Clone, Copy)]
pub struct MarkSent {
    /// Which.
    pub invoice: InvoiceId,
}

impl Order for MarkSent {
    const ACTION: Action = Action::SendInvoice;
}

refusals! {
    /// Why an invoice is not marked.
    pub enum MarkRefused {
        /// It is a draft.
        Draft => Conflict, "invoice.draft", "This is a draft: nobody should get it yet. Issue it first.";
        /// Nobody should get it.
        Void => Conflict, "invoice.void", "This invoice is void: nobody should get it.";
        /// It was marked before.
        Sent => Conflict, "invoice.sent", "This invoice was sent already.";
    }
}

struct MarkedSent(InvoiceId, SubjectId);

impl Event for MarkedSent {
    const NAME: &'static str = "invoice.marked_sent";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.1)
    }
}

/// Marks an issued invoice as sent today.
///
/// # Errors
/// [`MarkRefused`].
pub async fn mark_sent(books: &Books, actor: &Actor, order: MarkSent) -> Result<Standing, MarkRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = match tx.lock::<Standing>(permit, order.invoice) {
                Err(Refused::NotFound) if invoices::is_draft(tx, permit.scope(), order.invoice)? => {
                    return Err(MarkRefused::Draft);
                }
                found => found?,
            };
            if granted.voided_on.is_some() {
                return Err(MarkRefused::Void);
            }
            if !granted.delivery.is_unknown() {
                return Err(MarkRefused::Sent);
            }
            let now = tx.now();
            let today = business::sql::date_at(tx, now)?;
            let next = Standing { delivery: Delivery::Sent, delivered_on: Some(today), ..granted.next() };
            tx.replace(&granted, &next)?;
            tx.record(MarkedSent(order.invoice, next.customer.into()), next)
        })
        .await
}
