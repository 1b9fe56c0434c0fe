//! Who owes what: by customer, each currency for itself.

use super::sql;
use crate::business;
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor, CustomerId, Date};
use coffer_store::{Books, Order, Refused};

#[derive(Clone, Copy)]
struct Look(Option<CustomerId>);

impl Order for Look {
    const ACTION: Action = Action::ReadInvoices;
}

/// What a customer owes in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Debt {
    /// Who.
    pub customer: CustomerId,
    /// All that is open.
    pub open: Money,
    /// What of it is late.
    pub overdue: Money,
    /// The earliest day on which something of it fell due, or will.
    pub since: Date,
}

/// What the customers within the actor's reach owe, or one of them; nothing for whoever owes nothing.
///
/// # Errors
/// As the store's.
pub async fn debts(books: &Books, actor: &Actor, customer: Option<CustomerId>) -> Result<Vec<Debt>, Refused> {
    books
        .read(actor, Look(customer), |snapshot, permit, look| {
            let now = snapshot.now();
            let today = business::sql::date_at(snapshot, now)?;
            let rows = sql::debts(snapshot, permit.scope(), look.0, today)?;
            let debt = |row: sql::DebtRow| Debt {
                customer: row.customer,
                open: Money::new(row.open, row.currency),
                overdue: Money::new(row.overdue, row.currency),
                since: row.since,
            };
            Ok(rows.into_iter().map(debt).collect())
        })
        .await
}
