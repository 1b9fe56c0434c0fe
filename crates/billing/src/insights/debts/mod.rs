//! Who owes what: by customer, each currency for itself. What is asked of all of them comes page by page.

mod owers;
mod sql;

pub use owers::{ListOwers, Owers, owers};

use super::page::Place;
use crate::business;
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor, CustomerId, Date};
use coffer_store::cursor::{self, PageRefused};
use coffer_store::{Books, Order, Refused};
use std::collections::BTreeSet;

/// Debts by customer and currency, in the order of their ids.
#[derive(Debug, Clone, Default)]
pub struct ListDebts {
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Where the last page ended.
    pub after: Option<String>,
    /// How many at most, up to 100; 50 where it is not said.
    pub most: Option<u16>,
}

impl Order for ListDebts {
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

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debts {
    /// The debts.
    pub rows: Vec<Debt>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// What the customers within the actor's reach owe, or one of them; nothing for whoever owes nothing.
///
/// # Errors
/// [`PageRefused::Cursor`] for a cursor that is not of this list.
pub async fn debts(books: &Books, actor: &Actor, query: ListDebts) -> Result<Debts, PageRefused> {
    let entropy = std::sync::Arc::clone(&books.world().entropy);
    books
        .read(actor, query, move |snapshot, permit, query| {
            let now = snapshot.now();
            let (today, most) = (business::sql::date_at(snapshot, now)?, cursor::size(query.most));
            let list = format!("debts {}", query.customer.map(|id| id.to_string()).unwrap_or_default());
            let after = Place::open(snapshot, query.after.as_deref(), &list)?;
            let mut rows = sql::debts(snapshot, permit.scope(), query.customer, today, &after, i64::from(most) + 1)?;
            let place = |debt: &Debt| Place::of(debt.customer, debt.open.currency());
            let next = Place::cut(snapshot, entropy.as_ref(), &list, &mut rows, most, place);
            Ok(Debts { rows, next })
        })
        .await
}

/// These customers, as creditors look at them.
#[derive(Debug, Clone, Default)]
pub struct WhoOwes {
    /// Whose debts.
    pub customers: BTreeSet<CustomerId>,
}

impl Order for WhoOwes {
    const ACTION: Action = Action::ReadInvoices;
}

/// What some customers owe, and how many owe at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owing {
    /// The debts of those that were asked for, by customer.
    pub debts: Vec<Debt>,
    /// How many customers owe.
    pub owing: i64,
    /// How many of them are late.
    pub overdue: i64,
}

/// What these customers owe, as far as they are within the actor's reach, and how many owe at all.
///
/// # Errors
/// As the store's.
pub async fn owing(books: &Books, actor: &Actor, order: WhoOwes) -> Result<Owing, Refused> {
    books
        .read(actor, order, |snapshot, permit, order| {
            let now = snapshot.now();
            let today = business::sql::date_at(snapshot, now)?;
            let debts = sql::debts_of(snapshot, permit.scope(), &order.customers, today)?;
            let (owing, overdue) = sql::how_many(snapshot, permit.scope(), today)?;
            Ok(Owing { debts, owing, overdue })
        })
        .await
}

#[cfg(test)]
mod tests;
