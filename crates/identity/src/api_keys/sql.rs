//! Every statement on the keys' table.

use super::ApiKey;
use crate::vouchers::Vouched;
use coffer_kernel::{Action, ApiKeyId, BusinessId, Role, Timestamp, TypedId, UserId};
use coffer_keys::TokenHash;
use coffer_store::{Column, Fault, Reading, Row, Tx, values};

const NAME: Column = Column::other("api_key", "name");

/// How many columns a row of this table grants with: they stand first, and the voucher behind them.
const GRANT: usize = 9;
const ADD: &str = "INSERT INTO api_key (hash, id, business, user_id, role, scopes, created_at, expires_at, made_by, voucher, name, revoked_at, used_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, NULL)";
const FIND: &str = "SELECT hash, id, business, user_id, role, scopes, created_at, expires_at, made_by, voucher, name, revoked_at, used_at \
     FROM api_key WHERE hash = $1";
const ALL: &str = "SELECT hash, id, business, user_id, role, scopes, created_at, expires_at, made_by, voucher, name, revoked_at, used_at \
     FROM api_key WHERE business = $1 ORDER BY id DESC LIMIT 200";
const BY_ID: &str = "SELECT hash, id, business, user_id, role, scopes, created_at, expires_at, made_by, voucher, name, revoked_at, used_at \
     FROM api_key WHERE business = $1 AND id = $2 AND revoked_at IS NULL";
const LOCK: &str = "UPDATE api_key SET used_at = used_at WHERE business = $1 AND id = $2 AND revoked_at IS NULL \
     RETURNING hash, id, business, user_id, role, scopes, created_at, expires_at, made_by, voucher, name, revoked_at, used_at";
// In the installation's books, where whoever owns a business does what concerns the whole house: a key of any.
const OF_THE_HOUSE: &str = "SELECT hash, id, business, user_id, role, scopes, created_at, expires_at, made_by, voucher, name, revoked_at, used_at \
     FROM api_key WHERE business <> $1 AND id = $2 AND revoked_at IS NULL";
const LOCK_OF_THE_HOUSE: &str = "UPDATE api_key SET used_at = used_at WHERE business <> $1 AND id = $2 AND revoked_at IS NULL \
     RETURNING hash, id, business, user_id, role, scopes, created_at, expires_at, made_by, voucher, name, revoked_at, used_at";
const REVOKE: &str = "UPDATE api_key SET revoked_at = $3, voucher = NULL WHERE business = $1 AND id = $2 AND revoked_at IS NULL \
     RETURNING user_id, name";
// With those that its keys made: a key makes none that makes any.
const END_MADE_BY: &str = "UPDATE api_key SET revoked_at = $3, voucher = NULL WHERE business = $1 AND revoked_at IS NULL \
     AND (made_by = $2 OR made_by IN (SELECT user_id FROM api_key WHERE business = $1 AND made_by = $2))";
const LIVE_MADE_BY: &str = "SELECT COUNT(*) FROM api_key WHERE business = $1 AND revoked_at IS NULL AND expires_at > $3 \
     AND (made_by = $2 OR made_by IN (SELECT user_id FROM api_key WHERE business = $1 AND made_by = $2))";
const USED: &str = "UPDATE api_key SET used_at = $2 WHERE hash = $1";

/// Every key, for whoever looks through the vouchers.
pub(crate) const VOUCHED: Vouched = Vouched {
    table: "api_key",
    grant: GRANT,
    page: "SELECT hash, id, business, user_id, role, scopes, created_at, expires_at, made_by, voucher, revoked_at \
           FROM api_key WHERE hash > $1 ORDER BY hash LIMIT 1000",
};

/// Keeps a key of these books. Its name is sealed in them.
pub(super) fn add(tx: &mut Tx<'_>, hash: &TokenHash, key: &ApiKey, name: &str) -> Result<(), Fault> {
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.code()).collect();
    let (id, business, user) = (key.id.bytes(), key.business.bytes(), key.user.bytes());
    let (index, by) = (tx.token_index(hash)?, key.made_by.map(|id| id.bytes()));
    let mut row =
        values![index, id, business, user, key.role.code(), scopes.join(" "), key.created_at, key.expires_at, by];
    row.push(tx.voucher("api_key", &row)?.into());
    row.push(tx.seal(&NAME, &id, key.business.into(), name)?.into());
    tx.execute(ADD, &row).map(drop)
}

/// A key that was not revoked, if it is one that was made here.
pub(super) fn find(reading: &mut impl Reading, hash: &TokenHash) -> Result<Option<ApiKey>, Fault> {
    let index = reading.token_index(hash)?;
    let Some(row) = reading.one(FIND, &values![index])? else { return Ok(None) };
    let key = read(&row)?;
    Ok(if key.revoked_at.is_none() && vouched(&row, reading)? { Some(key) } else { None })
}

/// The keys of these books with their names, newest first, those that are over included.
pub(super) fn all(reading: &mut impl Reading) -> Result<Vec<(ApiKey, Option<String>)>, Fault> {
    let mut all = Vec::new();
    for row in reading.query(ALL, &values![reading.business().bytes()])? {
        let key = read(&row)?;
        if key.revoked_at.is_some() || vouched(&row, reading)? {
            let sealed: Option<Vec<u8>> = row.get(10)?;
            let name =
                sealed.map(|blob| reading.open(&NAME, &key.id.bytes(), key.business.into(), &blob)).transpose()?;
            all.push((key, name));
        }
    }
    Ok(all)
}

fn vouched(row: &Row, reading: &mut impl Reading) -> Result<bool, Fault> {
    let voucher: Option<Vec<u8>> = row.get(GRANT)?;
    reading.vouched("api_key", row.span(0, GRANT), voucher.as_deref())
}

/// Until when a key of these books is good; in the installation's, one of any.
pub(crate) fn ends_at(tx: &mut Tx<'_>, id: ApiKeyId) -> Result<Option<Timestamp>, Fault> {
    let house = tx.business() == BusinessId::INSTALLATION;
    good_until(tx, if house { OF_THE_HOUSE } else { BY_ID }, id)
}

/// The same; nobody revokes it before this transaction ends.
pub(crate) fn lock(tx: &mut Tx<'_>, id: ApiKeyId) -> Result<Option<Timestamp>, Fault> {
    let house = tx.business() == BusinessId::INSTALLATION;
    good_until(tx, if house { LOCK_OF_THE_HOUSE } else { LOCK }, id)
}

fn good_until(tx: &mut Tx<'_>, sql: &'static str, id: ApiKeyId) -> Result<Option<Timestamp>, Fault> {
    for row in tx.query(sql, &values![tx.business().bytes(), id.bytes()])? {
        if vouched(&row, tx)? {
            return Ok(Some(read(&row)?.expires_at));
        }
    }
    Ok(None)
}

/// Revokes a key of these books; whom it acted as and what it was called, where it was in force. A copy that somebody wrote beside it keeps nobody
/// from revoking it.
pub(super) fn revoke(tx: &mut Tx<'_>, id: ApiKeyId, now: Timestamp) -> Result<Vec<(UserId, Option<String>)>, Fault> {
    let revoked = tx.query(REVOKE, &values![tx.business().bytes(), id.bytes(), now])?;
    let mut all = Vec::new();
    for row in revoked {
        let (business, sealed): (_, Option<Vec<u8>>) = (tx.business(), row.get(1)?);
        // A name that somebody wrote over keeps nobody from ending the key.
        let name = sealed.and_then(|blob| tx.open(&NAME, &id.bytes(), business.into(), &blob).ok());
        all.push((row.id(0)?, name));
    }
    Ok(all)
}

/// Revokes the keys that somebody made, and those that these made. Returns how many there were.
pub(crate) fn end_made_by(tx: &mut Tx<'_>, maker: UserId, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(END_MADE_BY, &values![tx.business().bytes(), maker.bytes(), now])
}

/// How many keys would end by that.
pub(crate) fn made_by(reading: &mut impl Reading, maker: UserId, now: Timestamp) -> Result<i64, Fault> {
    let row = reading.one(LIVE_MADE_BY, &values![reading.business().bytes(), maker.bytes(), now])?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Notes that a key was used.
pub(super) fn used(tx: &mut Tx<'_>, hash: &TokenHash, now: Timestamp) -> Result<(), Fault> {
    let index = tx.token_index(hash)?;
    tx.execute(USED, &values![index, now]).map(drop)
}

fn read(row: &Row) -> Result<ApiKey, Fault> {
    let corrupt = |column| Fault::Corrupt { table: "api_key", column, row: String::new() };
    Ok(ApiKey {
        id: row.id(1)?,
        business: row.id(2)?,
        user: row.id(3)?,
        role: Role::from_code(&row.get::<String>(4)?).ok_or(corrupt("role"))?,
        // A scope that this version no longer knows allows nothing.
        scopes: row.get::<String>(5)?.split(' ').filter_map(Action::from_code).collect(),
        created_at: row.get(6)?,
        expires_at: row.get(7)?,
        made_by: row.maybe_id(8)?,
        revoked_at: row.get(11)?,
        used_at: row.get(12)?,
    })
}
