//! Links that open one document: unguessable, expiring, kept as hashes, shown once. One link opens one document and
//! nothing else; everything more needs a second step. They end by age, by hand, and with whoever made them by hand.

mod resume;
pub(crate) mod sql;

pub use resume::resume;
pub(crate) use sql::{end_made_by, made_by};

use coffer_kernel::{InvoiceId, LinkId, Timestamp};
use coffer_keys::{Token, TokenKind};
use coffer_store::{Fault, Reading, Tx};
use std::time::Duration;

/// How long a link is good.
pub const GOOD_FOR: Duration = Duration::from_secs(400 * 24 * 60 * 60);

/// Makes a link to a document, in the transaction of the command that hands it out: its token, and the id by which it can
/// be taken back.
///
/// # Errors
/// Where the engine refuses.
pub fn make(tx: &mut Tx<'_>, document: InvoiceId) -> Result<(Token, LinkId), Fault> {
    let token = Token::new(TokenKind::DocumentLink, tx.entropy());
    let (now, id) = (tx.now(), LinkId::new(tx.now(), tx.entropy()));
    let until = now.checked_add(GOOD_FOR).unwrap_or(Timestamp::MAX);
    sql::add(tx, &token.hash(), id, document, now, until)?;
    Ok((token, id))
}

/// Notes that a link was opened, in the transaction of the command that opens the document.
///
/// # Errors
/// Where the engine refuses.
pub fn mark_opened(tx: &mut Tx<'_>, link: LinkId) -> Result<(), Fault> {
    sql::mark_opened(tx, link)
}

/// Whether this very link was opened.
///
/// # Errors
/// Where the engine refuses.
pub fn is_opened(reading: &mut impl Reading, link: LinkId) -> Result<bool, Fault> {
    sql::is_opened(reading, link)
}

/// Takes back a link that nobody got.
///
/// # Errors
/// Where the engine refuses.
pub fn revoke(tx: &mut Tx<'_>, document: InvoiceId, link: LinkId) -> Result<(), Fault> {
    sql::revoke(tx, document, link)
}

/// How many links to a document were ever made, and how many of them open it now.
///
/// # Errors
/// Where the engine refuses.
pub fn count(reading: &mut impl Reading, document: InvoiceId, now: Timestamp) -> Result<(i64, i64), Fault> {
    sql::count(reading, document, now)
}

/// Ends all links to a document, in the transaction of the command that says so. Returns how many were in force.
///
/// # Errors
/// Where the engine refuses.
pub fn end(tx: &mut Tx<'_>, document: InvoiceId) -> Result<u64, Fault> {
    let now = tx.now();
    sql::end_of_document(tx, document, now)
}
