//! Every statement on the document links' table.

use crate::vouchers::Vouched;
use coffer_kernel::{BusinessId, InvoiceId, LinkId, Timestamp, TypedId, UserId};
use coffer_keys::TokenHash;
use coffer_store::{Fault, Reading, Tx, values};

/// How many columns a row of this table grants with: they stand first, and the voucher behind them.
const GRANT: usize = 7;
const ADD: &str = "INSERT INTO document_link (hash, id, business, invoice, made_at, expires_at, made_by, voucher, revoked_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)";
const END_OF_DOCUMENT: &str = "UPDATE document_link SET revoked_at = $3, voucher = NULL WHERE business = $1 AND invoice = $2 \
     AND revoked_at IS NULL AND expires_at > $3";
const END_MADE_BY: &str = "UPDATE document_link SET revoked_at = $3, voucher = NULL WHERE business = $1 AND made_by = $2 \
     AND revoked_at IS NULL AND expires_at > $3";
const LIVE_MADE_BY: &str = "SELECT invoice, COUNT(*) FROM document_link WHERE business = $1 AND made_by = $2 \
     AND revoked_at IS NULL AND expires_at > $3 GROUP BY invoice ORDER BY invoice DESC";
const FIND: &str = "SELECT hash, id, business, invoice, made_at, expires_at, made_by, voucher, revoked_at FROM document_link WHERE hash = $1";
const OPENED: &str = "UPDATE document_link SET opened_at = $3 WHERE business = $1 AND id = $2 AND opened_at IS NULL";
const IS_OPENED: &str = "SELECT 1 FROM document_link WHERE business = $1 AND id = $2 AND opened_at IS NOT NULL";
const REVOKE: &str =
    "UPDATE document_link SET revoked_at = $4, voucher = NULL WHERE business = $1 AND invoice = $2 AND id = $3";

const COUNT: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN revoked_at IS NULL AND expires_at > $3 THEN 1 ELSE 0 END), 0) AS BIGINT) \
     FROM document_link WHERE business = $1 AND invoice = $2";

/// Every link, for whoever looks through the vouchers.
pub(crate) const VOUCHED: Vouched = Vouched {
    table: "document_link",
    grant: GRANT,
    page: "SELECT hash, id, business, invoice, made_at, expires_at, made_by, voucher, revoked_at \
           FROM document_link WHERE hash > $1 ORDER BY hash LIMIT 1000",
};

/// Notes that a link of these books was opened.
pub(super) fn mark_opened(tx: &mut Tx<'_>, id: LinkId) -> Result<(), Fault> {
    let now = tx.now();
    tx.execute(OPENED, &values![tx.business().bytes(), id.bytes(), now]).map(drop)
}

/// Whether a link of these books was opened.
pub(super) fn is_opened(reading: &mut impl Reading, id: LinkId) -> Result<bool, Fault> {
    Ok(reading.one(IS_OPENED, &values![reading.business().bytes(), id.bytes()])?.is_some())
}

pub(super) fn add(
    tx: &mut Tx<'_>,
    hash: &TokenHash,
    id: LinkId,
    document: InvoiceId,
    made_at: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Fault> {
    let (business, by) = (tx.business().bytes(), tx.permit().actor().user().map(|user| user.bytes()));
    let index = tx.token_index(hash)?;
    let mut row = values![index, id.bytes(), business, document.bytes(), made_at, expires_at, by];
    row.push(tx.voucher("document_link", &row)?.into());
    tx.execute(ADD, &row).map(drop)
}

/// How many links to a document there ever were, and how many are in force.
pub(super) fn count(reading: &mut impl Reading, document: InvoiceId, now: Timestamp) -> Result<(i64, i64), Fault> {
    let row = reading.one(COUNT, &values![reading.business().bytes(), document.bytes(), now])?;
    row.map_or(Ok((0, 0)), |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Ends all links to a document. Returns how many were in force.
pub(super) fn end_of_document(tx: &mut Tx<'_>, document: InvoiceId, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(END_OF_DOCUMENT, &values![tx.business().bytes(), document.bytes(), now])
}

/// Ends the links that somebody made by hand. Returns how many were in force.
pub(crate) fn end_made_by(tx: &mut Tx<'_>, maker: UserId, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(END_MADE_BY, &values![tx.business().bytes(), maker.bytes(), now])
}

/// What would end by that: which documents, the newest first, and how many links to each.
pub(crate) fn made_by(
    reading: &mut impl Reading,
    maker: UserId,
    now: Timestamp,
) -> Result<Vec<(InvoiceId, i64)>, Fault> {
    let rows = reading.query(LIVE_MADE_BY, &values![reading.business().bytes(), maker.bytes(), now])?;
    rows.iter().map(|row| Ok((row.id(0)?, row.get(1)?))).collect()
}

pub(super) fn revoke(tx: &mut Tx<'_>, document: InvoiceId, id: LinkId) -> Result<(), Fault> {
    let (business, now) = (tx.business().bytes(), tx.now());
    tx.execute(REVOKE, &values![business, document.bytes(), id.bytes(), now]).map(drop)
}

/// What a link opens, if it is in force and was made here.
pub(super) fn find(
    reading: &mut impl Reading,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<Option<(BusinessId, InvoiceId, LinkId)>, Fault> {
    let index = reading.token_index(hash)?;
    let Some(row) = reading.one(FIND, &values![index])? else { return Ok(None) };
    let (expires_at, revoked_at): (Timestamp, Option<Timestamp>) = (row.get(5)?, row.get(8)?);
    if revoked_at.is_some() || expires_at <= now {
        return Ok(None);
    }
    let voucher: Option<Vec<u8>> = row.get(GRANT)?;
    let vouched = reading.vouched("document_link", row.span(0, GRANT), voucher.as_deref())?;
    Ok(if vouched { Some((row.id(2)?, row.id(3)?, row.id(1)?)) } else { None })
}
