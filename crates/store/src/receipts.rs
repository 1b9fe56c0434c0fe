//! Receipts: what an idempotency key was used for, kept for thirty days (see [`crate::housekeeping`]).
//!
//! Found and kept in the command's own transaction. A receipt holds the result's id and a keyed hash of the request,
//! never the request or the answer: a repetition is rendered anew, and secrets that are shown once stay shown once. Request and
//! result are bound to each other, so that nobody who writes the database has a repetition answered with something else.

use crate::engine::Connection;
use crate::keyring::BookKeys;
use crate::reading::Reading;
use crate::refused::Refused;
use crate::tx::Tx;
use crate::{Fault, Once, values};
use coffer_kernel::{Action, Actor, Permit, TypedId};

pub(crate) mod sql {
    pub(crate) const CLAIM: &str = "INSERT INTO receipt (business, receipt, request, result, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (business, receipt) DO NOTHING";
    pub(crate) const FIND: &str = "SELECT request, result FROM receipt WHERE business = $1 AND receipt = $2";
    pub(crate) const KEEP: &str = "UPDATE receipt SET result = $3, request = $4 WHERE business = $1 AND receipt = $2";
    pub(crate) const FORGET: &str = "DELETE FROM receipt WHERE business = $1 AND at < $2";
}

/// What became of a claim.
pub(crate) enum Claim {
    /// The key is this order's; what it leads to is kept under it.
    Ours(Receipt),
    /// The same order was done before, and led to this.
    Before([u8; 16]),
}

/// Under what a key is kept, and for which request.
pub(crate) struct Receipt {
    key: [u8; 32],
    request: [u8; 32],
}

/// Claims the key for this order, or finds what it led to before.
///
/// Written first: whoever uses the same key elsewhere at the same time waits here until this one is decided.
pub(crate) fn claim(tx: &mut Tx<'_>, permit: &Permit, once: &Once) -> Result<Claim, Refused> {
    let whose = whose(permit.actor(), permit.action(), &once.key);
    let (receipt, request) = (tx.receipt_hash(whose.as_bytes()), tx.receipt_hash(&once.request));
    let (business, now) = (tx.business().bytes(), tx.now());
    if tx.takes(sql::CLAIM, values![business, receipt, request, [0_u8; 16], now])? {
        return Ok(Claim::Ours(Receipt { key: receipt, request }));
    }
    let row =
        tx.one(sql::FIND, &values![business, receipt])?.ok_or(Fault::Misuse("a receipt that is taken is there"))?;
    let (kept, result): ([u8; 32], [u8; 16]) = (row.get(0)?, row.get(1)?);
    // Receipts of before were kept without what they led to; they are gone after thirty days.
    if kept != bound(tx, &request, &result) && kept != request {
        return Err(Refused::KeyReused);
    }
    Ok(Claim::Before(result))
}

/// What a receipt keeps of its request, once it is known what it led to.
fn bound(tx: &Tx<'_>, request: &[u8; 32], result: &[u8; 16]) -> [u8; 32] {
    tx.receipt_hash(&[b"led to\n".as_slice(), request, result].concat())
}

/// What an actor's key led to, if they ever used it for this.
pub(crate) fn led_to(
    link: &mut dyn Connection,
    book: &BookKeys,
    (actor, action): (&Actor, Action),
    key: &str,
) -> Result<Option<[u8; 16]>, Fault> {
    let receipt = book.keys.receipt_hash(whose(actor, action, key).as_bytes());
    let rows = link.query(sql::FIND, &values![book.business.bytes(), receipt])?;
    rows.first().map(|row| row.get(1)).transpose()
}

/// The key belongs to the one who uses it, for the action it was used for.
fn whose(actor: &Actor, action: Action, key: &str) -> String {
    format!("{}\n{}\n{key}", actor.label(), action.code())
}

/// Keeps in the receipt what the order led to.
pub(crate) fn keep(tx: &mut Tx<'_>, receipt: &Receipt, result: [u8; 16]) -> Result<(), Fault> {
    let bound = bound(tx, &receipt.request, &result);
    tx.later(sql::KEEP, values![tx.business().bytes(), receipt.key, result, bound])
}
