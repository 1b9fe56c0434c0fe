//! Looking at payments.

use super::{Payment, sql};
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
/// As the store's; an invoice out of reach has none.
pub async fn of_invoice(books: &Books, actor: &Actor, invoice: InvoiceId) -> Result<Vec<Payment>, Refused> {
    books
        .read(actor, PaymentsOf(invoice), |snapshot, permit, query| {
            Ok(sql::of_invoice(snapshot, permit.scope(), query.0)?)
        })
        .await
}
