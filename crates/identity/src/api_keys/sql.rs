//! Every statement on the keys' table.

use super::ApiKey;
use coffer_kernel::{Action, Role, TypedId};
use coffer_keys::TokenHash;
use coffer_store::{Fault, Reading, Row, Tx, values};

const ADD: &str = "INSERT INTO api_key (hash, id, business, user_id, role, scopes, created_at, expires_at, revoked_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)";
const FIND: &str =
    "SELECT id, business, user_id, role, scopes, created_at, expires_at, revoked_at FROM api_key WHERE hash = $1";

pub(super) fn add(tx: &mut Tx<'_>, hash: &TokenHash, key: &ApiKey) -> Result<(), Fault> {
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.code()).collect();
    let (id, business, user) = (key.id.bytes(), key.business.bytes(), key.user.bytes());
    let row = values![hash.0, id, business, user, key.role.code(), scopes.join(" "), key.created_at, key.expires_at];
    tx.execute(ADD, &row).map(drop)
}

pub(super) fn find(reading: &mut impl Reading, hash: &TokenHash) -> Result<Option<ApiKey>, Fault> {
    reading.one(FIND, &values![hash.0])?.map(|row| read(&row)).transpose()
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
    })
}
