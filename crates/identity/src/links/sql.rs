//! Every statement on the links' table.

use super::{Begins, EntryLink, Recovery};
use coffer_kernel::{BusinessId, LinkId, Role, Timestamp, TypedId, UserId};
use coffer_keys::TokenHash;
use coffer_store::{Column, Fault, Reading, Row, Tx, values};

const EMAIL: Column = Column::other("entry_link", "email");

const ADD: &str = "INSERT INTO entry_link (hash, id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, ended_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8, $9, $10, NULL)";
const USE: &str = "UPDATE entry_link SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND ended_at IS NULL AND expires_at > $2 \
     RETURNING id, kind, business, role, made_at, expires_at, used_at, made_by, user_id";
const END_KIND: &str = "UPDATE entry_link SET ended_at = $3 WHERE business = $1 AND kind = $2 AND ended_at IS NULL";
const END_OF_USER: &str =
    "UPDATE entry_link SET ended_at = $3 WHERE business = $1 AND user_id = $2 AND ended_at IS NULL";
const RECOVERIES: &str = "SELECT l.user_id, l.made_at, l.used_at FROM entry_link l JOIN membership m ON m.business = $1 AND m.id = l.user_id \
     AND m.ended_at IS NULL WHERE l.business = $2 AND l.kind = 'recovering' AND l.made_at > $3 ORDER BY l.id DESC LIMIT 20";
// Those whose maker nobody wrote down end too: they were made before makers were written down.
const END_MADE_BY: &str = "UPDATE entry_link SET ended_at = $3 WHERE business = $1 AND kind = 'joining' AND ended_at IS NULL \
     AND (made_by = $2 OR made_by IS NULL)";
const END_ONE: &str = "UPDATE entry_link SET ended_at = $3 WHERE business = $1 AND id = $2 AND ended_at IS NULL";
const FIND: &str = "SELECT id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, ended_at \
     FROM entry_link WHERE hash = $1";
const GET: &str = "SELECT id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, ended_at \
     FROM entry_link WHERE business = $1 AND id = $2";
const WAITING: &str = "SELECT id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, ended_at \
     FROM entry_link WHERE business = $1 AND kind = 'joining' AND ended_at IS NULL AND expires_at > $2 ORDER BY id DESC";

/// Keeps a link. The address it is for is sealed where the link's business stands.
pub(super) fn add(tx: &mut Tx<'_>, hash: &TokenHash, link: &EntryLink, email: Option<&str>) -> Result<(), Fault> {
    let (id, business, role) = (link.id.bytes(), link.business.bytes(), link.role.map(Role::code));
    let email = email.map(|email| tx.seal(&EMAIL, &id, link.business.into(), email)).transpose()?;
    let (by, user) = (link.made_by.map(|id| id.bytes()), link.user.map(|id| id.bytes()));
    let mut row = values![hash.0, id, link.begins.code(), business, role, link.made_at, link.expires_at];
    row.extend(values![by, user, email]);
    tx.execute(ADD, &row).map(drop)
}

/// Uses a link up, if it is good: of two at once, one gets it.
pub(super) fn take(tx: &mut Tx<'_>, hash: &TokenHash, now: Timestamp) -> Result<Option<EntryLink>, Fault> {
    tx.one(USE, &values![hash.0, now])?.map(|row| read(&row)).transpose()
}

/// Ends all links of this kind.
pub(super) fn end_kind(tx: &mut Tx<'_>, business: BusinessId, begins: Begins, now: Timestamp) -> Result<(), Fault> {
    tx.execute(END_KIND, &values![business.bytes(), begins.code(), now]).map(drop)
}

/// Ends the ways back in of somebody.
pub(super) fn end_of_user(tx: &mut Tx<'_>, user: UserId, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(END_OF_USER, &values![tx.business().bytes(), user.bytes(), now])
}

/// The ways back in that were made for people of this business since then, newest first.
pub(super) fn recoveries(reading: &mut impl Reading, since: Timestamp) -> Result<Vec<Recovery>, Fault> {
    let row = values![reading.business().bytes(), BusinessId::INSTALLATION.bytes(), since];
    let rows = reading.query(RECOVERIES, &row)?;
    rows.iter().map(|row| Ok(Recovery { user: row.id(0)?, made_at: row.get(1)?, used_at: row.get(2)? })).collect()
}

/// Ends the invitations that somebody made, used or not: whoever is arriving by one does not get in.
pub(crate) fn end_made_by(tx: &mut Tx<'_>, maker: UserId, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(END_MADE_BY, &values![tx.business().bytes(), maker.bytes(), now])
}

/// Ends one link of these books; whether it had not ended.
pub(crate) fn end_one(tx: &mut Tx<'_>, id: LinkId, now: Timestamp) -> Result<bool, Fault> {
    Ok(tx.execute(END_ONE, &values![tx.business().bytes(), id.bytes(), now])? == 1)
}

/// A link, in force or not. The address it is for stays closed.
pub(super) fn find(reading: &mut impl Reading, hash: &TokenHash) -> Result<Option<(EntryLink, bool)>, Fault> {
    let row = reading.one(FIND, &values![hash.0])?;
    row.map(|row| Ok((read(&row)?, row.get::<Option<Timestamp>>(10)?.is_some()))).transpose()
}

/// A link of these books, in force or not, and the address it is for.
pub(super) fn get(reading: &mut impl Reading, id: LinkId) -> Result<Option<(EntryLink, Option<String>)>, Fault> {
    let row = reading.one(GET, &values![reading.business().bytes(), id.bytes()])?;
    row.map(|row| with_email(&row, reading)).transpose()
}

/// The invitations of a business that wait for somebody, and whom they are for.
pub(super) fn waiting(reading: &mut impl Reading, now: Timestamp) -> Result<Vec<(EntryLink, Option<String>)>, Fault> {
    let rows = reading.query(WAITING, &values![reading.business().bytes(), now])?;
    rows.iter().map(|row| with_email(row, reading)).collect()
}

fn with_email(row: &Row, reading: &mut impl Reading) -> Result<(EntryLink, Option<String>), Fault> {
    let link = read(row)?;
    let sealed: Option<Vec<u8>> = row.get(9)?;
    let email = sealed.map(|blob| reading.open(&EMAIL, &link.id.bytes(), link.business.into(), &blob)).transpose()?;
    Ok((link, email))
}

fn read(row: &Row) -> Result<EntryLink, Fault> {
    let corrupt = |column| Fault::Corrupt { table: "entry_link", column, row: String::new() };
    let role: Option<String> = row.get(3)?;
    Ok(EntryLink {
        id: row.id(0)?,
        begins: Begins::from_code(&row.get::<String>(1)?).ok_or(corrupt("kind"))?,
        business: row.id(2)?,
        role: role.and_then(|code| Role::from_code(&code)),
        made_at: row.get(4)?,
        expires_at: row.get(5)?,
        used_at: row.get(6)?,
        made_by: row.maybe_id(7)?,
        user: row.maybe_id(8)?,
    })
}
