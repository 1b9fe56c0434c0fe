//! Every statement on the sessions' table.

use super::{Session, Stage};
use crate::members;
use crate::vouchers::Vouched;
use coffer_kernel::{BusinessId, Role, SessionId, Timestamp, TypedId, UserId};
use coffer_keys::TokenHash;
use coffer_store::{Fault, Reading, Row, Tx, Value, values};

/// How many columns a row of this table grants with: they stand first, and the voucher behind them.
const GRANT: usize = 11;
const ADD: &str = "INSERT INTO session (hash, id, stage, user_id, business, role, created_at, seen_at, expires_at, reauthenticated_at, \
     link, voucher) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const FIND: &str = "SELECT s.hash, s.id, s.stage, s.user_id, s.business, s.role, s.created_at, s.seen_at, s.expires_at, s.reauthenticated_at, \
     s.link, s.voucher, m.business, m.id, m.version, m.role, m.since, m.ended_at, m.voucher FROM session s \
     LEFT JOIN membership m ON m.business = s.business AND m.id = s.user_id AND m.ended_at IS NULL WHERE s.hash = $1";
const BY_ID: &str = "SELECT hash, id, stage, user_id, business, role, created_at, seen_at, expires_at, reauthenticated_at, \
     link, voucher FROM session WHERE id = $1";
const OF_USER: &str = "SELECT hash, id, stage, user_id, business, role, created_at, seen_at, expires_at, reauthenticated_at, \
     link, voucher FROM session WHERE user_id = $1 ORDER BY id DESC";
const OF_STAGE: &str = "SELECT hash, id, stage, user_id, business, role, created_at, seen_at, expires_at, reauthenticated_at, \
     link, voucher FROM session WHERE stage = $1 ORDER BY id";
const LOCK: &str = "UPDATE session SET seen_at = seen_at WHERE id = $1 RETURNING hash, id, stage, user_id, business, role, created_at, \
     seen_at, expires_at, reauthenticated_at, link, voucher";
const CHANGE: &str = "UPDATE session SET hash = $2, user_id = $3, business = $4, seen_at = $5, reauthenticated_at = $6, voucher = $7 \
     WHERE id = $1";
const END: &str = "DELETE FROM session WHERE id = $1";
const END_OF_USER: &str = "DELETE FROM session WHERE user_id = $1 AND id <> $2";
const END_ALL: &str = "DELETE FROM session WHERE user_id = $1";
const END_STAGE: &str = "DELETE FROM session WHERE stage = $1";
const FORGET: &str = "DELETE FROM session WHERE user_id = $1 AND expires_at <= $2";

/// Every session, for whoever looks through the vouchers.
pub(crate) const VOUCHED: Vouched = Vouched {
    table: "session",
    grant: GRANT,
    page: "SELECT hash, id, stage, user_id, business, role, created_at, seen_at, expires_at, reauthenticated_at, link, voucher \
           FROM session WHERE hash > $1 ORDER BY hash LIMIT 1000",
};

pub(crate) fn add(tx: &mut Tx<'_>, hash: &TokenHash, session: &Session) -> Result<(), Fault> {
    let index = tx.token_index(hash)?.to_vec();
    let mut row = grant(&index, session);
    row.push(tx.voucher("session", &row)?.into());
    tx.execute(ADD, &row).map(drop)
}

/// What a row of this table grants.
fn grant(index: &[u8], session: &Session) -> Vec<Value> {
    values![
        index,
        session.id.bytes(),
        session.stage.code(),
        session.user.map(|id| id.bytes()),
        session.business.map(|id| id.bytes()),
        session.role.map(Role::code),
        session.created_at,
        session.seen_at,
        session.expires_at,
        session.reauthenticated_at,
        session.link.map(|id| id.bytes())
    ]
}

/// The session with this token, and the role that its person has in its business right now.
pub(crate) fn find(reading: &mut impl Reading, hash: &TokenHash) -> Result<Option<(Session, Option<Role>)>, Fault> {
    let index = reading.token_index(hash)?;
    let Some(row) = reading.one(FIND, &values![index])? else { return Ok(None) };
    let Some(session) = vouched(&row, reading)? else { return Ok(None) };
    Ok(Some((session, members::sql::role_in(&row, GRANT + 1, reading)?)))
}

pub(crate) fn by_id(reading: &mut impl Reading, id: SessionId) -> Result<Option<Session>, Fault> {
    let Some(row) = reading.one(BY_ID, &values![id.bytes()])? else { return Ok(None) };
    vouched(&row, reading)
}

/// The same, and nobody ends it before this transaction does.
pub(crate) fn lock(tx: &mut Tx<'_>, id: SessionId) -> Result<Option<Session>, Fault> {
    let Some(row) = tx.one(LOCK, &values![id.bytes()])? else { return Ok(None) };
    vouched(&row, tx)
}

pub(crate) fn of_user(reading: &mut impl Reading, user: UserId) -> Result<Vec<Session>, Fault> {
    let mut sessions = Vec::new();
    for row in reading.query(OF_USER, &values![user.bytes()])? {
        sessions.extend(vouched(&row, reading)?);
    }
    Ok(sessions)
}

/// Everybody who got this far and no further.
pub(crate) fn of_stage(reading: &mut impl Reading, stage: Stage) -> Result<Vec<Session>, Fault> {
    let mut sessions = Vec::new();
    for row in reading.query(OF_STAGE, &values![stage.code()])? {
        sessions.extend(vouched(&row, reading)?);
    }
    Ok(sessions)
}

pub(crate) fn seen(tx: &mut Tx<'_>, id: SessionId, at: Timestamp) -> Result<(), Fault> {
    change(tx, id, None, |session| session.seen_at = at).map(drop)
}

pub(crate) fn give_user(tx: &mut Tx<'_>, id: SessionId, user: UserId) -> Result<(), Fault> {
    change(tx, id, None, |session| session.user = Some(user)).map(drop)
}

/// Binds a set-up to the business it founds, once; whether it was not bound before.
pub(super) fn give_business(tx: &mut Tx<'_>, id: SessionId, business: BusinessId) -> Result<bool, Fault> {
    let before = change(tx, id, None, |session| session.business = session.business.or(Some(business)))?;
    Ok(before.is_some_and(|session| session.business.is_none()))
}

/// A fresh proof gives a session a new token.
pub(super) fn renew(tx: &mut Tx<'_>, id: SessionId, hash: &TokenHash, now: Timestamp) -> Result<(), Fault> {
    let renewed = change(tx, id, Some(hash), |session| (session.seen_at, session.reauthenticated_at) = (now, now));
    renewed.map(drop)
}

/// Changes a session that stands, under its lock, and vouches for it anew; how it was before.
fn change(
    tx: &mut Tx<'_>,
    id: SessionId,
    hash: Option<&TokenHash>,
    with: impl FnOnce(&mut Session),
) -> Result<Option<Session>, Fault> {
    let Some(row) = tx.one(LOCK, &values![id.bytes()])? else { return Ok(None) };
    let Some(before) = vouched(&row, tx)? else { return Ok(None) };
    let mut next = before.clone();
    with(&mut next);
    let index = match hash {
        Some(hash) => tx.token_index(hash)?.to_vec(),
        None => row.get(0)?,
    };
    let (user, business) = (next.user.map(|id| id.bytes()), next.business.map(|id| id.bytes()));
    let voucher = tx.voucher("session", &grant(&index, &next))?;
    let row = values![id.bytes(), index, user, business, next.seen_at, next.reauthenticated_at, voucher];
    tx.execute(CHANGE, &row)?;
    Ok(Some(before))
}

pub(crate) fn end(tx: &mut Tx<'_>, id: SessionId) -> Result<u64, Fault> {
    tx.execute(END, &values![id.bytes()])
}

/// Ends all sessions of a person but this one.
pub(crate) fn end_others(tx: &mut Tx<'_>, user: UserId, but: SessionId) -> Result<u64, Fault> {
    tx.execute(END_OF_USER, &values![user.bytes(), but.bytes()])
}

/// Ends all sessions of a person.
pub(crate) fn end_all(tx: &mut Tx<'_>, user: UserId) -> Result<u64, Fault> {
    tx.execute(END_ALL, &values![user.bytes()])
}

/// Ends all sessions of a stage, whoever they are.
pub(crate) fn end_stage(tx: &mut Tx<'_>, stage: Stage) -> Result<u64, Fault> {
    tx.execute(END_STAGE, &values![stage.code()])
}

/// Removes the rows of sessions that are over.
pub(crate) fn forget(tx: &mut Tx<'_>, user: UserId, now: Timestamp) -> Result<(), Fault> {
    tx.execute(FORGET, &values![user.bytes(), now]).map(drop)
}

/// The session in a row, if it is one that was made here.
fn vouched(row: &Row, reading: &mut impl Reading) -> Result<Option<Session>, Fault> {
    let voucher: Option<Vec<u8>> = row.get(GRANT)?;
    let vouched = reading.vouched("session", row.span(0, GRANT), voucher.as_deref())?;
    vouched.then(|| read(row)).transpose()
}

fn read(row: &Row) -> Result<Session, Fault> {
    let corrupt = |column| Fault::Corrupt { table: "session", column, row: String::new() };
    let role: Option<String> = row.get(5)?;
    Ok(Session {
        id: row.id(1)?,
        stage: Stage::from_code(&row.get::<String>(2)?).ok_or(corrupt("stage"))?,
        user: row.maybe_id(3)?,
        business: row.maybe_id(4)?,
        role: role.and_then(|code| Role::from_code(&code)),
        created_at: row.get(6)?,
        seen_at: row.get(7)?,
        expires_at: row.get(8)?,
        reauthenticated_at: row.get(9)?,
        link: row.maybe_id(10)?,
    })
}
