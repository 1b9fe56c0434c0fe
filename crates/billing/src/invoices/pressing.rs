//! What needs somebody: invoices that are late or came back, the worst first.

use super::listed::sql;
use super::queries::Page;
use crate::business;
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Order, Refused};

#[derive(Clone, Copy)]
struct Look(u16);

impl Order for Look {
    const ACTION: Action = Action::ReadInvoices;
}

/// The invoices within the actor's reach that need somebody most: the longest overdue first, the larger sum before the
/// smaller. One page, with nothing after it.
///
/// # Errors
/// As the store's.
pub async fn pressing(books: &Books, actor: &Actor, most: u16) -> Result<Page, Refused> {
    books
        .read(actor, Look(most), |snapshot, permit, look| {
            let now = snapshot.now();
            let today = business::sql::date_at(snapshot, now)?;
            let rows = sql::pressing(snapshot, permit.scope(), today, i64::from(look.0))?;
            Ok(Page { rows, next: None, today })
        })
        .await
}
