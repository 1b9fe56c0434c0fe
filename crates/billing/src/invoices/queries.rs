//! Looking at invoices.

use super::model::Invoice;
use super::sql;
use coffer_kernel::{Action, Actor, InvoiceId};
use coffer_store::{Books, Order, Refused};

/// One invoice.
#[derive(Debug, Clone, Copy)]
pub struct GetInvoice(pub InvoiceId);

impl Order for GetInvoice {
    const ACTION: Action = Action::ReadInvoices;
}

/// The invoice with this id.
///
/// # Errors
/// [`Refused::NotFound`] where there is none within the actor's reach.
pub async fn get(books: &Books, actor: &Actor, id: InvoiceId) -> Result<Invoice, Refused> {
    books
        .read(actor, GetInvoice(id), |snapshot, permit, query| {
            sql::find(snapshot, permit.scope(), query.0)?.ok_or(Refused::NotFound)
        })
        .await
}
