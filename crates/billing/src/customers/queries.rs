//! Looking at customers.

use super::{Customer, sql};
use coffer_kernel::{Action, Actor, CustomerId};
use coffer_store::cursor::{self, PageRefused};
use coffer_store::{Books, Order, Refused};

/// One customer.
#[derive(Debug, Clone, Copy)]
pub struct GetCustomer(pub CustomerId);

impl Order for GetCustomer {
    const ACTION: Action = Action::ReadCustomers;
}

/// The customer with this id.
///
/// # Errors
/// [`Refused::NotFound`] where there is none within the actor's reach.
pub async fn get(books: &Books, actor: &Actor, id: CustomerId) -> Result<Customer, Refused> {
    books
        .read(actor, GetCustomer(id), |snapshot, permit, query| {
            sql::find(snapshot, permit.scope(), query.0)?.ok_or(Refused::NotFound)
        })
        .await
}

/// Customers, the newest first.
#[derive(Debug, Clone, Default)]
pub struct ListCustomers {
    /// Where the last page ended.
    pub after: Option<String>,
    /// How many at most, up to 100; 50 where it is not said.
    pub most: Option<u16>,
}

impl Order for ListCustomers {
    const ACTION: Action = Action::ReadCustomers;
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The customers.
    pub rows: Vec<Customer>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A page of customers within the actor's reach, newest first.
///
/// # Errors
/// [`PageRefused::Cursor`] for a cursor that is not of this list.
pub async fn list(books: &Books, actor: &Actor, query: ListCustomers) -> Result<Page, PageRefused> {
    const LIST: &str = "customers";
    let entropy = std::sync::Arc::clone(&books.world().entropy);
    books
        .read(actor, query, move |snapshot, permit, query| {
            let most = cursor::size(query.most);
            let below = cursor::below(snapshot, query.after.as_deref(), LIST)?;
            let mut rows = sql::list(snapshot, permit.scope(), below, i64::from(most) + 1)?;
            let next = cursor::cut(snapshot, entropy.as_ref(), LIST, &mut rows, most, |row| row.id);
            Ok(Page { rows, next })
        })
        .await
}
