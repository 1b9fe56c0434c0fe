//! How much waits: the counts beside the filters of a list.

use super::sql;
use crate::business;
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Order, Refused};

struct Look;

impl Order for Look {
    const ACTION: Action = Action::ReadInvoices;
}

/// How many invoices wait for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Drafts.
    pub drafts: i64,
    /// Issued, with something open.
    pub open: i64,
    /// Of those, how many are late.
    pub overdue: i64,
    /// Of the open ones, how many were never handed over, as far as is known.
    pub unsent: i64,
    /// Of those, how many are late.
    pub late_unsent: i64,
}

/// How many invoices within the actor's reach wait.
///
/// # Errors
/// As the store's.
pub async fn waiting(books: &Books, actor: &Actor) -> Result<Waiting, Refused> {
    books
        .read(actor, Look, |snapshot, permit, _| {
            let now = snapshot.now();
            let today = business::sql::date_at(snapshot, now)?;
            let [drafts, open, overdue, unsent, late_unsent] = sql::waiting(snapshot, permit.scope(), today)?;
            Ok(Waiting { drafts, open, overdue, unsent, late_unsent })
        })
        .await
}
