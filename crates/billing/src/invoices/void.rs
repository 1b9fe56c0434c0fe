//! Voiding an invoice that reached nobody: number and content stay, the books are put right by another entry.

use super::model::Invoice;
use super::sql;
use crate::settlement::{Delivery, Standing};
use crate::{business, ledger};
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor, EntryId, InvoiceId, SubjectId, TypedId};
use coffer_store::{Books, Event, Fault, Order, Refused, refusals};

/// An invoice to be voided.
#[derive(Debug, Clone, Copy)]
pub struct VoidInvoice {
    /// Which.
    pub invoice: InvoiceId,
}

impl Order for VoidInvoice {
    const ACTION: Action = Action::VoidInvoice;
}

refusals! {
    /// Why an invoice is not voided.
    pub enum VoidRefused {
        /// It is a draft.
        Draft => Conflict, "invoice.draft", "A draft needs no voiding: nothing was issued. Change it or leave it.";
        /// It was voided before.
        Void => Conflict, "invoice.void", "This invoice is void already.";
        /// Somebody has it.
        Delivered => Conflict, "invoice.delivered", "This invoice was sent, or a link to it was made, so somebody may have booked it. It can no longer be voided: agree with its customer on a second invoice that puts it right.";
        /// Money was counted on it.
        Paid => Conflict, "invoice.paid_on", "Money was recorded for this invoice. Take the payment back first.";
    }
}

struct InvoiceVoided(InvoiceId, SubjectId);

impl Event for InvoiceVoided {
    const NAME: &'static str = "invoice.voided";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.1)
    }
}

/// Voids an invoice.
///
/// # Errors
/// [`VoidRefused`]; nothing is done then.
pub async fn void(books: &Books, actor: &Actor, order: VoidInvoice) -> Result<Standing, VoidRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let invoice = sql::find(tx, permit.scope(), order.invoice)?.ok_or(Refused::NotFound)?;
            let Invoice::Issued(issued) = invoice else { return Err(VoidRefused::Draft) };
            let standing = tx.lock::<Standing>(permit, order.invoice)?;
            refuse(&standing)?;
            let now = tx.now();
            let today = business::sql::date_at(tx, now)?;
            let entry = issued.reversal(EntryId::new(tx.now(), tx.entropy()), today);
            ledger::post(tx, &entry.map_err(|_| Fault::Misuse("a reversal balances as its entry did"))?)?;
            let none = Money::zero(standing.due.currency());
            let next = Standing { voided_on: Some(today), open: none, ..standing.next() };
            tx.replace(&standing, &next)?;
            tx.record(InvoiceVoided(order.invoice, issued.draft.customer.into()), next)
        })
        .await
}

fn refuse(standing: &Standing) -> Result<(), VoidRefused> {
    if standing.voided_on.is_some() {
        return Err(VoidRefused::Void);
    }
    if standing.delivery != Delivery::NotSent {
        return Err(VoidRefused::Delivered);
    }
    if standing.can_be_voided() { Ok(()) } else { Err(VoidRefused::Paid) }
}
