//! Links that open one document: unguessable, expiring, kept as hashes, shown once. One link opens one document and
//! nothing else; everything more needs a second step.

mod resume;
mod sql;

pub use resume::resume;

use coffer_kernel::{InvoiceId, LinkId, Timestamp};
use coffer_keys::{Token, TokenKind};
use coffer_store::{Fault, Tx};
use std::time::Duration;

/// How long a link is good.
pub const GOOD_FOR: Duration = Duration::from_secs(400 * 24 * 60 * 60);

/// Makes a link to a document, in the transaction of the command that hands it out.
///
/// # Errors
/// Where the engine refuses.
pub fn make(tx: &mut Tx<'_>, document: InvoiceId) -> Result<Token, Fault> {
    let token = Token::new(TokenKind::DocumentLink, tx.entropy());
    let (now, id) = (tx.now(), LinkId::new(tx.now(), tx.entropy()));
    let until = now.checked_add(GOOD_FOR).unwrap_or(Timestamp::MAX);
    sql::add(tx, &token.hash(), id, document, now, until)?;
    Ok(token)
}
