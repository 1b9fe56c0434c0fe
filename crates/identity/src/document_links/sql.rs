//! Every statement on the document links' table.

use coffer_kernel::{BusinessId, InvoiceId, LinkId, Timestamp, TypedId, UserId};
use coffer_keys::TokenHash;
use coffer_store::{Fault, Reading, Tx, values};

const ADD: &str = "INSERT INTO document_link (hash, id, business, invoice, made_at, expires_at, revoked_at, made_by) \
     VALUES ($1, $2, $3, $4, $5, $6, NULL, $7)";
const END_OF_DOCUMENT: &str = "UPDATE document_link SET revoked_at = $3 WHERE business = $1 AND invoice = $2 AND revoked_at IS NULL AND expires_at > $3";
const END_MADE_BY: &str = "UPDATE document_link SET revoked_at = $3 WHERE business = $1 AND made_by = $2 AND revoked_at IS NULL AND expires_at > $3";
const FIND: &str = "SELECT business, invoice, expires_at, revoked_at FROM document_link WHERE hash = $1";
const REVOKE: &str = "UPDATE document_link SET revoked_at = $4 WHERE business = $1 AND invoice = $2 AND id = $3";

pub(super) fn add(
    tx: &mut Tx<'_>,
    hash: &TokenHash,
    id: LinkId,
    document: InvoiceId,
    made_at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Fault> {
    let (business, by) = (tx.business().bytes(), tx.permit().actor().user().map(|user| user.bytes()));
    tx.execute(ADD, &values![hash.0, id.bytes(), business, document.bytes(), made_at, expires_at, by]).map(drop)
}

/// Ends all links to a document. Returns how many were in force.
pub(super) fn end_of_document(tx: &mut Tx<'_>, document: InvoiceId, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(END_OF_DOCUMENT, &values![tx.business().bytes(), document.bytes(), now])
}

/// Ends the links that somebody made by hand. Returns how many were in force.
pub(crate) fn end_made_by(tx: &mut Tx<'_>, maker: UserId, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(END_MADE_BY, &values![tx.business().bytes(), maker.bytes(), now])
}

pub(super) fn revoke(tx: &mut Tx<'_>, document: InvoiceId, id: LinkId) -> Result<(), Fault> {
    let (business, now) = (tx.business().bytes(), tx.now());
    tx.execute(REVOKE, &values![business, document.bytes(), id.bytes(), now]).map(drop)
}

/// What a link opens, if it is in force.
pub(super) fn find(
    reading: &mut impl Reading,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<Option<(BusinessId, InvoiceId)>, Fault> {
    let Some(row) = reading.one(FIND, &values![hash.0])? else { return Ok(None) };
    let (expires_at, revoked_at): (Timestamp, Option<Timestamp>) = (row.get(2)?, row.get(3)?);
    Ok((expires_at > now && revoked_at.is_none()).then_some((row.id(0)?, row.id(1)?)))
}
