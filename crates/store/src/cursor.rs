//! Where a list goes on: the key of a page's last row and what the list was narrowed to, sealed, so that nobody can make
//! one up or carry one over to another list. The scope is not in it: it is decided anew on each page.

use crate::{Snapshot, refusals};
use coffer_kernel::{Entropy, TypedId};

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

/// How many rows a page has.
#[must_use]
pub fn size(asked: Option<u16>) -> u16 {
    asked.unwrap_or(USUAL_PAGE).clamp(1, LARGEST_PAGE)
}

/// The key to go on below; [`None`] for a first page.
///
/// # Errors
/// [`PageRefused::Cursor`] for a cursor that was not made by [`seal`] for this list.
pub fn open<const N: usize>(
    snapshot: &Snapshot<'_>,
    cursor: Option<&str>,
    list: &str,
) -> Result<Option<[u8; N]>, PageRefused> {
    let Some(cursor) = cursor else { return Ok(None) };
    let plain = snapshot.open_cursor(cursor).ok_or(PageRefused::Cursor)?;
    let (key, of) = plain.split_at_checked(N).ok_or(PageRefused::Cursor)?;
    let key: [u8; N] = key.try_into().map_err(|_| PageRefused::Cursor)?;
    if of == list.as_bytes() { Ok(Some(key)) } else { Err(PageRefused::Cursor) }
}

/// The cursor of a page of this list that ended at this key.
#[must_use]
pub fn seal<const N: usize>(snapshot: &Snapshot<'_>, entropy: &dyn Entropy, list: &str, key: [u8; N]) -> String {
    snapshot.seal_cursor(&[&key, list.as_bytes()].concat(), entropy)
}

/// The id to go on below; the highest there is for a first page.
///
/// # Errors
/// As [`open`].
pub fn below<T: TypedId>(snapshot: &Snapshot<'_>, cursor: Option<&str>, list: &str) -> Result<T, PageRefused> {
    Ok(T::from_bytes(open(snapshot, cursor, list)?.unwrap_or([0xff; 16])))
}

/// Cuts a list that was asked for one row too many to its page; says where the next one goes on.
pub fn cut<R, T: TypedId>(
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
    Some(seal(snapshot, entropy, list, id(last).bytes()))
}
