//! Looking at payments.

use super::{Payment, sql};
use crate::invoices;
use coffer_kernel::{Action, Actor, InvoiceId};
use coffer_store::{Books, Order, Refused};

#[derive(Clone, Copy)]
struct PaymentsOf(InvoiceId);

impl Order for PaymentsOf {
    const ACTION: Action = Action::ReadPayments;
}

/// The payments that count on an invoice, oldest first.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such invoice within the actor's reach.
pub async fn of_invoice(books: &Books, actor: &Actor, invoice: InvoiceId) -> Result<Vec<Payment>, Refused> {
    books
        .read(actor, PaymentsOf(invoice), |snapshot, permit, query| {
            let payments = sql::of_invoice(snapshot, permit.scope(), query.0)?;
            // That nothing came in for an invoice would tell that there is one.
            if payments.is_empty() && !invoices::sql::is_there(snapshot, permit.scope(), query.0)? {
                return Err(Refused::NotFound);
            }
            Ok(payments)
        })
        .await
}
