//! Paging through the log.

use crate::cursor::{self, PageRefused};
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Leaf, Order};

/// Some records, the newest first.
#[derive(Debug, Clone, Default)]
pub struct ListHistory {
    /// Only what is about this; the bytes of its id.
    pub about: Option<[u8; 16]>,
    /// Where the last page ended.
    pub after: Option<String>,
    /// How many at most, up to 100; 50 where it is not said.
    pub most: Option<u16>,
}

impl Order for ListHistory {
    const ACTION: Action = Action::ReadLog;
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The records.
    pub rows: Vec<Leaf>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// A page of the business's log, the newest first. That somebody looked is itself no record: a leaf tells nobody's name.
///
/// # Errors
/// [`PageRefused::Cursor`] for a cursor that is not of this list.
pub async fn list(books: &Books, actor: &Actor, query: ListHistory) -> Result<Page, PageRefused> {
    let entropy = std::sync::Arc::clone(&books.world().entropy);
    books
        .read(actor, query, move |snapshot, _, query| {
            let list = format!("history {:?}", query.about);
            let most = cursor::size(query.most);
            let below = match &query.after {
                None => i64::MAX,
                Some(cursor) => place(snapshot.open_cursor(cursor), &list).ok_or(PageRefused::Cursor)?,
            };
            let mut rows = snapshot.history(query.about, below, i64::from(most) + 1)?;
            let more = rows.len() > usize::from(most);
            rows.truncate(most.into());
            let last = rows.last().filter(|_| more);
            let next = last
                .map(|leaf| snapshot.seal_cursor(&[&leaf.n.to_be_bytes(), list.as_bytes()].concat(), entropy.as_ref()));
            Ok(Page { rows, next })
        })
        .await
}

/// The place a cursor of this list names.
fn place(cursor: Option<Vec<u8>>, list: &str) -> Option<i64> {
    let cursor = cursor?;
    let (place, of) = cursor.split_at_checked(8)?;
    (of == list.as_bytes()).then_some(i64::from_be_bytes(place.try_into().ok()?))
}
