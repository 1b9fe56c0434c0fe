//! Whoever owes, the longest owing first, page by page.

use super::sql;
use crate::business;
use crate::customers::{Customer, sql::these};
use coffer_kernel::{Action, Actor, CustomerId, Date, TypedId};
use coffer_store::cursor::{self, PageRefused};
use coffer_store::{Books, Order, Snapshot};

/// Customers who owe, in the order of what is due of them the longest.
#[derive(Debug, Clone, Default)]
pub struct ListOwers {
    /// Only those who are late.
    pub overdue: bool,
    /// Where the last page ended.
    pub after: Option<String>,
    /// How many at most, up to 100; 50 where it is not said.
    pub most: Option<u16>,
}

impl Order for ListOwers {
    const ACTION: Action = Action::ReadInvoices;
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owers {
    /// The customers.
    pub rows: Vec<Customer>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A page of the customers within the actor's reach who owe.
///
/// # Errors
/// [`PageRefused::Cursor`] for a cursor that is not of this list.
pub async fn owers(books: &Books, actor: &Actor, query: ListOwers) -> Result<Owers, PageRefused> {
    let entropy = std::sync::Arc::clone(&books.world().entropy);
    books
        .read(actor, query, move |snapshot, permit, query| {
            let (now, most) = (snapshot.now(), cursor::size(query.most));
            let today = business::sql::date_at(snapshot, now)?;
            let last = if query.overdue { today.yesterday().unwrap_or(today) } else { Date::MAX };
            let list = if query.overdue { "overdue customers" } else { "owing customers" };
            let after = open(snapshot, query.after.as_deref(), list)?;
            let mut found = sql::owers(snapshot, permit.scope(), last, after, i64::from(most) + 1)?;
            let more = found.len() > usize::from(most);
            found.truncate(most.into());
            let next = found.last().filter(|_| more);
            let next = next.map(|place| cursor::seal(snapshot, entropy.as_ref(), list, key(*place)));
            let ids: Vec<CustomerId> = found.into_iter().map(|(_, id)| id).collect();
            Ok(Owers { rows: these(snapshot, permit.scope(), &ids)?, next })
        })
        .await
}

/// Where the page goes on: since when somebody owes, and who.
fn open(snapshot: &Snapshot<'_>, after: Option<&str>, list: &str) -> Result<(Date, CustomerId), PageRefused> {
    let Some(key) = cursor::open::<26>(snapshot, after, list)? else {
        return Ok((Date::ZERO, CustomerId::from_bytes([0; 16])));
    };
    let (since, id) = key.split_first_chunk::<10>().ok_or(PageRefused::Cursor)?;
    let since = std::str::from_utf8(since).ok().and_then(|text| text.parse().ok()).ok_or(PageRefused::Cursor)?;
    Ok((since, CustomerId::from_bytes(id.try_into().map_err(|_| PageRefused::Cursor)?)))
}

/// `YYYY-MM-DD` and the id.
fn key((day, customer): (Date, CustomerId)) -> [u8; 26] {
    let mut key = [0; 26];
    let (since, id) = key.split_at_mut(10);
    since.iter_mut().zip(day.to_string().bytes()).for_each(|(slot, byte)| *slot = byte);
    id.copy_from_slice(customer.as_bytes());
    key
}
