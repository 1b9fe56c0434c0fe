//! Every statement on the links' table.

use super::{Begins, EntryLink};
use coffer_kernel::{BusinessId, Role, Timestamp, TypedId};
use coffer_keys::TokenHash;
use coffer_store::{Fault, Reading, Row, Tx, values};

const ADD: &str = "INSERT INTO entry_link (hash, id, kind, business, role, made_at, expires_at, used_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)";
const USE: &str = "UPDATE entry_link SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 \
     RETURNING id, kind, business, role, made_at, expires_at, used_at";
const END: &str = "UPDATE entry_link SET used_at = $3 WHERE business = $1 AND kind = $2 AND used_at IS NULL";
const OPEN: &str = "SELECT id, kind, business, role, made_at, expires_at, used_at FROM entry_link \
     WHERE business = $1 AND kind = 'joining' AND used_at IS NULL AND expires_at > $2 ORDER BY id DESC";

pub(super) fn add(tx: &mut Tx<'_>, hash: &TokenHash, link: &EntryLink) -> Result<(), Fault> {
    let (id, business, role) = (link.id.bytes(), link.business.bytes(), link.role.map(Role::code));
    let row = values![hash.0, id, link.begins.code(), business, role, link.made_at, link.expires_at];
    tx.execute(ADD, &row).map(drop)
}

/// Uses a link up, if it is good: of two at once, one gets it.
pub(super) fn take(tx: &mut Tx<'_>, hash: &TokenHash, now: Timestamp) -> Result<Option<EntryLink>, Fault> {
    tx.one(USE, &values![hash.0, now])?.map(|row| read(&row)).transpose()
}

/// Ends all unused links of this kind.
pub(super) fn end(tx: &mut Tx<'_>, business: BusinessId, begins: Begins, now: Timestamp) -> Result<(), Fault> {
    tx.execute(END, &values![business.bytes(), begins.code(), now]).map(drop)
}

/// The invitations of a business that wait for somebody.
pub(crate) fn open(reading: &mut impl Reading, now: Timestamp) -> Result<Vec<EntryLink>, Fault> {
    reading.query(OPEN, &values![reading.business().bytes(), now])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<EntryLink, Fault> {
    let role: Option<String> = row.get(3)?;
    let begins = if row.get::<String>(1)? == Begins::SetUp.code() { Begins::SetUp } else { Begins::Joining };
    Ok(EntryLink {
        id: row.id(0)?,
        begins,
        business: row.id(2)?,
        role: role.and_then(|code| Role::from_code(&code)),
        made_at: row.get(4)?,
        expires_at: row.get(5)?,
        used_at: row.get(6)?,
    })
}
