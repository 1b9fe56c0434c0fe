//! Looking at the catalogue.

use super::{Item, sql};
use crate::fold::{fold, rank};
use coffer_kernel::{Action, Actor, ItemId, TypedId};
use coffer_store::cursor::{self, PageRefused};
use coffer_store::{Books, Order, Refused};

/// One item.
#[derive(Debug, Clone, Copy)]
pub struct GetItem(pub ItemId);

impl Order for GetItem {
    const ACTION: Action = Action::ReadCatalogue;
}

/// The item with this id, retired or not.
///
/// # Errors
/// [`Refused::NotFound`] where the business has none.
pub async fn get(books: &Books, actor: &Actor, id: ItemId) -> Result<Item, Refused> {
    books.read(actor, GetItem(id), |snapshot, _, query| sql::find(snapshot, query.0)?.ok_or(Refused::NotFound)).await
}

/// Items on offer, the newest first.
#[derive(Debug, Clone, Default)]
pub struct ListItems {
    /// Where the last page ended.
    pub after: Option<String>,
    /// How many at most, up to 100; 50 where it is not said.
    pub most: Option<u16>,
}

impl Order for ListItems {
    const ACTION: Action = Action::ReadCatalogue;
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The items.
    pub rows: Vec<Item>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A page of the items on offer, newest first.
///
/// # Errors
/// [`PageRefused::Cursor`] for a cursor that is not of this list.
pub async fn list(books: &Books, actor: &Actor, query: ListItems) -> Result<Page, PageRefused> {
    const LIST: &str = "items";
    let entropy = std::sync::Arc::clone(&books.world().entropy);
    books
        .read(actor, query, move |snapshot, _, query| {
            let most = cursor::size(query.most);
            let below = cursor::below(snapshot, query.after.as_deref(), LIST)?;
            let mut rows = sql::list(snapshot, below, i64::from(most) + 1)?;
            let next = cursor::cut(snapshot, entropy.as_ref(), LIST, &mut rows, most, |row| row.id);
            Ok(Page { rows, next })
        })
        .await
}

/// Items on offer whose name has these letters.
#[derive(Debug, Clone)]
pub struct FindItems {
    /// The letters, in any case, with or without accents.
    pub like: String,
    /// How many at most, up to 100; 50 where it is not said.
    pub most: Option<u16>,
}

impl Order for FindItems {
    const ACTION: Action = Action::ReadCatalogue;
}

/// The items on offer whose name has these letters, those that begin with them first, then those of which a word
/// does, then in the order of the names.
///
/// Names are sealed, so they are opened to be compared: nothing about them is kept at rest.
///
/// # Errors
/// As the store's.
pub async fn find(books: &Books, actor: &Actor, query: FindItems) -> Result<Vec<Item>, Refused> {
    const BATCH: i64 = 500;
    books
        .read(actor, query, |snapshot, _, query| {
            let like = fold(query.like.trim());
            let mut found: Vec<(u8, String, Item)> = Vec::new();
            let mut below = ItemId::from_bytes([0xff; 16]);
            loop {
                let batch = sql::list(snapshot, below, BATCH)?;
                let Some(last) = batch.last() else { break };
                below = last.id;
                found.extend(batch.into_iter().filter_map(|item| {
                    let name = fold(&item.particulars.name);
                    rank(&name, &like).map(|rank| (rank, name, item))
                }));
            }
            found.sort_by(|(left, name, _), (right, other, _)| (left, name).cmp(&(right, other)));
            found.truncate(cursor::size(query.most).into());
            Ok(found.into_iter().map(|(_, _, item)| item).collect())
        })
        .await
}
