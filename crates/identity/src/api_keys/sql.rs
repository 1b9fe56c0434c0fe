//! Every statement on the keys' table.

use super::ApiKey;
use coffer_kernel::{Action, ApiKeyId, Role, Timestamp, TypedId, UserId};
use coffer_keys::TokenHash;
use coffer_store::{Column, Fault, Reading, Row, Tx, values};

const NAME: Column = Column::other("api_key", "name");

const ADD: &str = "INSERT INTO api_key (hash, id, business, user_id, role, scopes, created_at, expires_at, revoked_at, made_by, name, used_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10, NULL)";
const FIND: &str = "SELECT id, business, user_id, role, scopes, created_at, expires_at, revoked_at, made_by, used_at \
     FROM api_key WHERE hash = $1";
const ALL: &str = "SELECT id, business, user_id, role, scopes, created_at, expires_at, revoked_at, made_by, used_at, name \
     FROM api_key WHERE business = $1 ORDER BY id DESC LIMIT 200";
const REVOKE: &str = "UPDATE api_key SET revoked_at = $3 WHERE business = $1 AND id = $2 AND revoked_at IS NULL";
const END_MADE_BY: &str =
    "UPDATE api_key SET revoked_at = $3 WHERE business = $1 AND made_by = $2 AND revoked_at IS NULL";
const USED: &str = "UPDATE api_key SET used_at = $2 WHERE hash = $1";

/// Keeps a key of these books. Its name is sealed in them.
pub(super) fn add(tx: &mut Tx<'_>, hash: &TokenHash, key: &ApiKey, name: &str) -> Result<(), Fault> {
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.code()).collect();
    let (id, business, user) = (key.id.bytes(), key.business.bytes(), key.user.bytes());
    let (by, name) = (key.made_by.map(|id| id.bytes()), tx.seal(&NAME, &id, key.business.into(), name)?);
    let mut row =
        values![hash.0, id, business, user, key.role.code(), scopes.join(" "), key.created_at, key.expires_at];
    row.extend(values![by, name]);
    tx.execute(ADD, &row).map(drop)
}

pub(super) fn find(reading: &mut impl Reading, hash: &TokenHash) -> Result<Option<ApiKey>, Fault> {
    reading.one(FIND, &values![hash.0])?.map(|row| read(&row)).transpose()
}

/// The keys of these books with their names, newest first, those that are over included.
pub(super) fn all(reading: &mut impl Reading) -> Result<Vec<(ApiKey, Option<String>)>, Fault> {
    let rows = reading.query(ALL, &values![reading.business().bytes()])?;
    let named = rows.iter().map(|row| {
        let key = read(row)?;
        let sealed: Option<Vec<u8>> = row.get(10)?;
        let name = sealed.map(|blob| reading.open(&NAME, &key.id.bytes(), key.business.into(), &blob)).transpose()?;
        Ok((key, name))
    });
    named.collect()
}

/// Revokes a key of these books; whether it was in force.
pub(super) fn revoke(tx: &mut Tx<'_>, id: ApiKeyId, now: Timestamp) -> Result<bool, Fault> {
    Ok(tx.execute(REVOKE, &values![tx.business().bytes(), id.bytes(), now])? == 1)
}

/// Revokes the keys that somebody made. Returns how many there were.
pub(crate) fn end_made_by(tx: &mut Tx<'_>, maker: UserId, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(END_MADE_BY, &values![tx.business().bytes(), maker.bytes(), now])
}

/// Notes that a key was used.
pub(super) fn used(tx: &mut Tx<'_>, hash: &TokenHash, now: Timestamp) -> Result<(), Fault> {
    tx.execute(USED, &values![hash.0, now]).map(drop)
}

fn read(row: &Row) -> Result<ApiKey, Fault> {
    let corrupt = |column| Fault::Corrupt { table: "api_key", column, row: String::new() };
    Ok(ApiKey {
        id: row.id(0)?,
        business: row.id(1)?,
        user: row.id(2)?,
        role: Role::from_code(&row.get::<String>(3)?).ok_or(corrupt("role"))?,
        // A scope that this version no longer knows allows nothing.
        scopes: row.get::<String>(4)?.split(' ').filter_map(Action::from_code).collect(),
        created_at: row.get(5)?,
        expires_at: row.get(6)?,
        revoked_at: row.get(7)?,
        made_by: row.maybe_id(8)?,
        used_at: row.get(9)?,
    })
}
