//! Every statement on the sessions' table.

use super::{Session, Stage};
use coffer_kernel::{BusinessId, Role, SessionId, Timestamp, TypedId, UserId};
use coffer_keys::TokenHash;
use coffer_store::{Fault, Reading, Row, Tx, values};

const ADD: &str = "INSERT INTO session (hash, id, stage, user_id, business, role, created_at, seen_at, expires_at, reauthenticated_at, link) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const FIND: &str = "SELECT s.id, s.stage, s.user_id, s.business, s.role, s.created_at, s.seen_at, s.expires_at, s.reauthenticated_at, \
     s.link, m.role FROM session s LEFT JOIN membership m ON m.business = s.business AND m.id = s.user_id AND m.ended_at IS NULL \
     WHERE s.hash = $1";
const BY_ID: &str = "SELECT id, stage, user_id, business, role, created_at, seen_at, expires_at, reauthenticated_at, link \
     FROM session WHERE id = $1";
const OF_USER: &str = "SELECT id, stage, user_id, business, role, created_at, seen_at, expires_at, reauthenticated_at, link \
     FROM session WHERE user_id = $1 ORDER BY id DESC";
const SEEN: &str = "UPDATE session SET seen_at = $2 WHERE hash = $1";
const GIVE_USER: &str = "UPDATE session SET user_id = $2 WHERE id = $1";
const GIVE_BUSINESS: &str = "UPDATE session SET business = $2 WHERE id = $1 AND business IS NULL";
const END: &str = "DELETE FROM session WHERE id = $1";
const END_OF_USER: &str = "DELETE FROM session WHERE user_id = $1 AND id <> $2";
const END_ALL: &str = "DELETE FROM session WHERE user_id = $1";
const END_STAGE: &str = "DELETE FROM session WHERE stage = $1";
const RENEW: &str = "UPDATE session SET hash = $2, seen_at = $3, reauthenticated_at = $3 WHERE id = $1";
const FORGET: &str = "DELETE FROM session WHERE user_id = $1 AND expires_at <= $2";

pub(crate) fn add(tx: &mut Tx<'_>, hash: &TokenHash, session: &Session) -> Result<(), Fault> {
    let row = values![
        hash.0,
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
    ];
    tx.execute(ADD, &row).map(drop)
}

/// The session with this token, and the role that its person has in its business right now.
pub(crate) fn find(reading: &mut impl Reading, hash: &TokenHash) -> Result<Option<(Session, Option<Role>)>, Fault> {
    let row = reading.one(FIND, &values![hash.0])?;
    row.map(|row| {
        let role: Option<String> = row.get(10)?;
        Ok((read(&row)?, role.and_then(|code| Role::from_code(&code))))
    })
    .transpose()
}

pub(crate) fn by_id(reading: &mut impl Reading, id: SessionId) -> Result<Option<Session>, Fault> {
    reading.one(BY_ID, &values![id.bytes()])?.map(|row| read(&row)).transpose()
}

pub(crate) fn of_user(reading: &mut impl Reading, user: UserId) -> Result<Vec<Session>, Fault> {
    reading.query(OF_USER, &values![user.bytes()])?.iter().map(read).collect()
}

pub(crate) fn seen(tx: &mut Tx<'_>, hash: &TokenHash, at: Timestamp) -> Result<(), Fault> {
    tx.execute(SEEN, &values![hash.0, at]).map(drop)
}

pub(crate) fn give_user(tx: &mut Tx<'_>, id: SessionId, user: UserId) -> Result<(), Fault> {
    tx.execute(GIVE_USER, &values![id.bytes(), user.bytes()]).map(drop)
}

/// Binds a set-up to the business it founds, once; whether it was not bound before.
pub(super) fn give_business(tx: &mut Tx<'_>, id: SessionId, business: BusinessId) -> Result<bool, Fault> {
    Ok(tx.execute(GIVE_BUSINESS, &values![id.bytes(), business.bytes()])? == 1)
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

/// A fresh proof gives a session a new token.
pub(super) fn renew(tx: &mut Tx<'_>, id: SessionId, hash: &TokenHash, now: Timestamp) -> Result<(), Fault> {
    tx.execute(RENEW, &values![id.bytes(), hash.0, now]).map(drop)
}

/// Removes the rows of sessions that are over.
pub(crate) fn forget(tx: &mut Tx<'_>, user: UserId, now: Timestamp) -> Result<(), Fault> {
    tx.execute(FORGET, &values![user.bytes(), now]).map(drop)
}

fn read(row: &Row) -> Result<Session, Fault> {
    let corrupt = |column| Fault::Corrupt { table: "session", column, row: String::new() };
    let role: Option<String> = row.get(4)?;
    Ok(Session {
        id: row.id(0)?,
        stage: Stage::from_code(&row.get::<String>(1)?).ok_or(corrupt("stage"))?,
        user: row.maybe_id(2)?,
        business: row.maybe_id(3)?,
        role: role.and_then(|code| Role::from_code(&code)),
        created_at: row.get(5)?,
        seen_at: row.get(6)?,
        expires_at: row.get(7)?,
        reauthenticated_at: row.get(8)?,
        link: row.maybe_id(9)?,
    })
}
