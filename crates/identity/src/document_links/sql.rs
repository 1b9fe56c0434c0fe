//! Every statement on the document links' table.

use coffer_kernel::{BusinessId, InvoiceId, LinkId, Timestamp, TypedId};
use coffer_keys::TokenHash;
use coffer_store::{Fault, Reading, Tx, values};

const ADD: &str = "INSERT INTO document_link (hash, id, business, invoice, made_at, expires_at, revoked_at) \
     VALUES ($1, $2, $3, $4, $5, $6, NULL)";
const FIND: &str = "SELECT business, invoice, expires_at, revoked_at FROM document_link WHERE hash = $1";

pub(super) fn add(
    tx: &mut Tx<'_>,
    hash: &TokenHash,
    id: LinkId,
    document: InvoiceId,
    made_at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Fault> {
    let business = tx.business().bytes();
    tx.execute(ADD, &values![hash.0, id.bytes(), business, document.bytes(), made_at, expires_at]).map(drop)
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
