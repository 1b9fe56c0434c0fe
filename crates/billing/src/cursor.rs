//! Where a list goes on: the last id of a page and what the list was narrowed to, sealed, so that nobody can make one
//! up or carry one over to another list. The scope is not in it: it is decided anew on each page.

use coffer_kernel::{Entropy, TypedId};
use coffer_store::{Snapshot, refusals};

/// The most rows of a page.
pub const LARGEST_PAGE: u16 = 100;
/// The rows of a page where nobody says otherwise.
pub const USUAL_PAGE: u16 = 50;

refusals! {
    /// Why there is no page.
    pub enum PageRefused {
        /// The cursor is not one of ours, or of another list.
        Cursor => Invalid, "cursor.unfit", "This page marker does not belong to this list. Begin at the first page.";
    }
}

/// The id to go on below; the highest there is for a first page.
pub(crate) fn below<T: TypedId>(snapshot: &Snapshot<'_>, cursor: Option<&str>, list: &str) -> Result<T, PageRefused> {
    let Some(cursor) = cursor else { return Ok(T::from_bytes([0xff; 16])) };
    let plain = snapshot.open_cursor(cursor).ok_or(PageRefused::Cursor)?;
    let (id, of) = plain.split_at_checked(16).ok_or(PageRefused::Cursor)?;
    let id: [u8; 16] = id.try_into().map_err(|_| PageRefused::Cursor)?;
    if of == list.as_bytes() { Ok(T::from_bytes(id)) } else { Err(PageRefused::Cursor) }
}

/// Cuts a list that was asked for one row too many to its page; says where the next one goes on.
pub(crate) fn cut<R, T: TypedId>(
    snapshot: &Snapshot<'_>,
    entropy: &dyn Entropy,
    list: &str,
    rows: &mut Vec<R>,
    most: u16,
    id: impl Fn(&R) -> T,
) -> Option<String> {
    let more = rows.len() > usize::from(most);
    rows.truncate(most.into());
    let last = rows.last().filter(|_| more)?;
    Some(snapshot.seal_cursor(&[&id(last).bytes(), list.as_bytes()].concat(), entropy))
}

/// How many rows a page has.
pub(crate) fn size(asked: Option<u16>) -> u16 {
    asked.unwrap_or(USUAL_PAGE).clamp(1, LARGEST_PAGE)
}
