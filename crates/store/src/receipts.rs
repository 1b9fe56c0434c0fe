//! Receipts: what an idempotency key was used for, kept for thirty days (see [`crate::housekeeping`]).
//!
//! Found and kept in the command's own transaction. A receipt holds the result's id and a keyed hash of the request,
//! never the request or the answer: a repetition is rendered anew, and secrets that are shown once stay shown once.

use crate::reading::Reading;
use crate::refused::Refused;
use crate::tx::Tx;
use crate::{Fault, Once, values};
use coffer_kernel::{Permit, TypedId};

pub(crate) mod sql {
    pub(crate) const FIND: &str = "SELECT request, result FROM receipt WHERE business = $1 AND receipt = $2";
    pub(crate) const ADD: &str =
        "INSERT INTO receipt (business, receipt, request, result, at) VALUES ($1, $2, $3, $4, $5)";
    pub(crate) const FORGET: &str = "DELETE FROM receipt WHERE business = $1 AND at < $2";
}

/// The result of the same order, if it was done before.
pub(crate) fn find(tx: &mut Tx<'_>, permit: &Permit, once: &Once) -> Result<Option<[u8; 16]>, Refused> {
    let (receipt, request) = hashes(tx, permit, once);
    let Some(row) = tx.one(sql::FIND, &values![tx.business().bytes(), receipt])? else { return Ok(None) };
    if row.get::<[u8; 32]>(0)? != request {
        return Err(Refused::KeyReused);
    }
    Ok(Some(row.get(1)?))
}

/// Keeps the receipt of what was just done.
pub(crate) fn keep(tx: &mut Tx<'_>, permit: &Permit, once: &Once, result: [u8; 16]) -> Result<(), Fault> {
    let (receipt, request) = hashes(tx, permit, once);
    let now = tx.now();
    tx.later(sql::ADD, values![tx.business().bytes(), receipt, request, result, now])
}

/// The key belongs to the one who uses it, for the action it was used for.
fn hashes(tx: &Tx<'_>, permit: &Permit, once: &Once) -> ([u8; 32], [u8; 32]) {
    let whose = format!("{}\n{}\n{}", permit.actor().label(), permit.action().code(), once.key);
    (tx.receipt_hash(whose.as_bytes()), tx.receipt_hash(&once.request))
}
