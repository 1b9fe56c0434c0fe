//! Every statement on the links' table.

use super::{Begins, EntryLink, Recovery};
use crate::vouchers::Vouched;
use coffer_kernel::{BusinessId, LinkId, Role, Timestamp, TypedId, UserId};
use coffer_keys::TokenHash;
use coffer_store::{Column, Fault, Reading, Refused, Row, Tx, Value, values};

const EMAIL: Column = Column::other("entry_link", "email");

/// How many columns a row of this table grants with: they stand first, and the voucher behind them.
const GRANT: usize = 11;
/// Which of them says when it was used.
const USED: usize = 7;
const ADD: &str = "INSERT INTO entry_link (hash, id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, voucher, ended_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL)";
const USE: &str = "UPDATE entry_link SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND ended_at IS NULL AND expires_at > $2 \
     RETURNING hash, id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, voucher";
const VOUCH: &str = "UPDATE entry_link SET voucher = $2 WHERE hash = $1";
const END_KIND: &str =
    "UPDATE entry_link SET ended_at = $3, voucher = NULL WHERE business = $1 AND kind = $2 AND ended_at IS NULL";
const END_OF_USER: &str =
    "UPDATE entry_link SET ended_at = $3, voucher = NULL WHERE business = $1 AND user_id = $2 AND ended_at IS NULL";
const RECOVERIES: &str = "SELECT l.user_id, l.made_at, l.used_at FROM entry_link l JOIN membership m ON m.business = $1 AND m.id = l.user_id \
     AND m.ended_at IS NULL WHERE l.business = $2 AND l.kind = 'recovering' AND l.made_at > $3 ORDER BY l.id DESC LIMIT 20";
// Those whose maker nobody wrote down end too: they were made before makers were written down.
const END_MADE_BY: &str = "UPDATE entry_link SET ended_at = $3, voucher = NULL WHERE business = $1 AND kind = 'joining' AND ended_at IS NULL \
     AND (made_by = $2 OR made_by IS NULL)";
const LIVE_MADE_BY: &str = "SELECT COUNT(*) FROM entry_link WHERE business = $1 AND kind = 'joining' AND ended_at IS NULL \
     AND expires_at > $3 AND (made_by = $2 OR made_by IS NULL)";
const END_ONE: &str =
    "UPDATE entry_link SET ended_at = $3, voucher = NULL WHERE business = $1 AND id = $2 AND ended_at IS NULL";
const FIND: &str = "SELECT hash, id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, voucher, ended_at \
     FROM entry_link WHERE hash = $1";
const GET: &str = "SELECT hash, id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, voucher, ended_at \
     FROM entry_link WHERE business = $1 AND id = $2";
const WAITING: &str = "SELECT hash, id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, voucher, ended_at \
     FROM entry_link WHERE business = $1 AND kind = 'joining' AND ended_at IS NULL AND expires_at > $2 ORDER BY id DESC";

/// Every link, for whoever looks through the vouchers.
pub(crate) const VOUCHED: Vouched = Vouched {
    table: "entry_link",
    grant: GRANT,
    page: "SELECT hash, id, kind, business, role, made_at, expires_at, used_at, made_by, user_id, email, voucher, ended_at \
           FROM entry_link WHERE hash > $1 ORDER BY hash LIMIT 1000",
};

/// Keeps a link. The address it is for is sealed where the link's business stands.
pub(super) fn add(tx: &mut Tx<'_>, hash: &TokenHash, link: &EntryLink, email: Option<&str>) -> Result<(), Fault> {
    let (id, business, role) = (link.id.bytes(), link.business.bytes(), link.role.map(Role::code));
    let email = email.map(|email| tx.seal(&EMAIL, &id, link.business.into(), email)).transpose()?;
    let (by, user) = (link.made_by.map(|id| id.bytes()), link.user.map(|id| id.bytes()));
    let index = tx.token_index(hash)?;
    let mut row = values![index, id, link.begins.code(), business, role, link.made_at, link.expires_at];
    row.extend(values![link.used_at, by, user, email]);
    row.push(tx.voucher("entry_link", &row)?.into());
    tx.execute(ADD, &row).map(drop)
}

/// Uses a link up, if it is good: of two at once, one gets it.
pub(super) fn take(tx: &mut Tx<'_>, hash: &TokenHash, now: Timestamp) -> Result<Option<EntryLink>, Fault> {
    let index = tx.token_index(hash)?;
    let Some(row) = tx.one(USE, &values![index, now])? else { return Ok(None) };
    let (used, mut unused) = (row.span(0, GRANT), row.span(0, GRANT).to_vec());
    unused.iter_mut().skip(USED).take(1).for_each(|cell| *cell = Value::Null);
    let voucher: Option<Vec<u8>> = row.get(GRANT)?;
    if !tx.vouched("entry_link", &unused, voucher.as_deref())? {
        return Ok(None);
    }
    let voucher = tx.voucher("entry_link", used)?;
    tx.execute(VOUCH, &values![index, voucher])?;
    read(&row).map(Some)
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

/// How many invitations would end by that.
pub(crate) fn made_by(reading: &mut impl Reading, maker: UserId, now: Timestamp) -> Result<i64, Fault> {
    let row = reading.one(LIVE_MADE_BY, &values![reading.business().bytes(), maker.bytes(), now])?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Ends one link of these books; whether it had not ended, and was made here.
pub(crate) fn end_one(tx: &mut Tx<'_>, id: LinkId, now: Timestamp) -> Result<bool, Fault> {
    let key = values![tx.business().bytes(), id.bytes()];
    let rows = tx.query(GET, &key)?;
    // A copy that somebody wrote beside it changes nothing: the one that was made here counts, and all of them end.
    let mut stands = false;
    for row in rows {
        stands |= in_force(&row, tx)?;
    }
    Ok(stands && tx.execute(END_ONE, &values![tx.business().bytes(), id.bytes(), now])? > 0)
}

/// A link that has not ended. The address it is for stays closed.
pub(super) fn find(reading: &mut impl Reading, hash: &TokenHash) -> Result<Option<EntryLink>, Fault> {
    let index = reading.token_index(hash)?;
    let Some(row) = reading.one(FIND, &values![index])? else { return Ok(None) };
    if in_force(&row, reading)? { read(&row).map(Some) } else { Ok(None) }
}

/// The address that a link of these books is for.
pub(super) fn email(reading: &mut impl Reading, id: LinkId) -> Result<Option<String>, Refused> {
    let key = values![reading.business().bytes(), id.bytes()];
    let Some(row) = reading.one(GET, &key)? else { return Ok(None) };
    let ended = row.get::<Option<Timestamp>>(GRANT + 1)?.is_some();
    if !ended && !in_force(&row, reading)? {
        return Err(Refused::NotFound);
    }
    Ok(with_email(&row, reading)?.1)
}

/// The invitations of a business that wait for somebody, and whom they are for.
pub(super) fn waiting(reading: &mut impl Reading, now: Timestamp) -> Result<Vec<(EntryLink, Option<String>)>, Fault> {
    let mut waiting = Vec::new();
    for row in reading.query(WAITING, &values![reading.business().bytes(), now])? {
        if in_force(&row, reading)? {
            waiting.push(with_email(&row, reading)?);
        }
    }
    Ok(waiting)
}

/// Whether a link has not ended, and was made here.
fn in_force(row: &Row, reading: &mut impl Reading) -> Result<bool, Fault> {
    let (voucher, ended): (Option<Vec<u8>>, Option<Timestamp>) = (row.get(GRANT)?, row.get(GRANT + 1)?);
    Ok(ended.is_none() && reading.vouched("entry_link", row.span(0, GRANT), voucher.as_deref())?)
}

fn with_email(row: &Row, reading: &mut impl Reading) -> Result<(EntryLink, Option<String>), Fault> {
    let link = read(row)?;
    let sealed: Option<Vec<u8>> = row.get(10)?;
    let email = sealed.map(|blob| reading.open(&EMAIL, &link.id.bytes(), link.business.into(), &blob)).transpose()?;
    Ok((link, email))
}

fn read(row: &Row) -> Result<EntryLink, Fault> {
    let corrupt = |column| Fault::Corrupt { table: "entry_link", column, row: String::new() };
    let role: Option<String> = row.get(4)?;
    Ok(EntryLink {
        id: row.id(1)?,
        begins: Begins::from_code(&row.get::<String>(2)?).ok_or(corrupt("kind"))?,
        business: row.id(3)?,
        role: role.and_then(|code| Role::from_code(&code)),
        made_at: row.get(5)?,
        expires_at: row.get(6)?,
        used_at: row.get(7)?,
        made_by: row.maybe_id(8)?,
        user: row.maybe_id(9)?,
    })
}
