//! Receipts: what an idempotency key was used for, kept for thirty days (see [`crate::housekeeping`]).
//!
//! Found and kept in the command's own transaction. A receipt holds the result's id and a keyed hash of the request,
//! never the request or the answer: a repetition is rendered anew, and secrets that are shown once stay shown once. Behind
//! the request stands a code over all three, so that nobody who writes the database has a repetition answered, or a draft kept,
//! with something else.

use crate::engine::Connection;
use crate::keyring::BookKeys;
use crate::reading::Reading;
use crate::refused::Refused;
use crate::tx::Tx;
use crate::{Fault, Once, values};
use coffer_kernel::{Action, Actor, Permit, TypedId};
use coffer_keys::BusinessKeys;

pub(crate) mod sql {
    pub(crate) const CLAIM: &str = "INSERT INTO receipt (business, receipt, request, result, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (business, receipt) DO NOTHING";
    pub(crate) const FIND: &str = "SELECT request, result FROM receipt WHERE business = $1 AND receipt = $2";
    pub(crate) const KEEP: &str = "UPDATE receipt SET result = $3, request = $4 WHERE business = $1 AND receipt = $2";
    pub(crate) const FORGET: &str = "DELETE FROM receipt WHERE business = $1 AND at < $2";
}

/// How many bytes of the code are kept behind a request.
const CODE: usize = 16;

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
    let (receipt, request) = (tx.keys().receipt_hash(whose.as_bytes()), tx.keys().receipt_hash(&once.request));
    let (business, now) = (tx.business().bytes(), tx.now());
    if tx.takes(sql::CLAIM, values![business, receipt, request, [0_u8; 16], now])? {
        return Ok(Claim::Ours(Receipt { key: receipt, request }));
    }
    let row =
        tx.one(sql::FIND, &values![business, receipt])?.ok_or(Fault::Misuse("a receipt that is taken is there"))?;
    let (kept, result): (Vec<u8>, [u8; 16]) = (row.get(0)?, row.get(1)?);
    let same = kept == coded(tx.keys(), [&receipt, &request], result);
    if same { Ok(Claim::Before(result)) } else { Err(Refused::KeyReused) }
}

/// What a receipt keeps of its request, once it is known what it led to: behind it a code that nobody makes who only writes
/// the database.
fn coded(keys: &BusinessKeys, [key, request]: [&[u8; 32]; 2], result: [u8; 16]) -> Vec<u8> {
    let code = keys.receipt_hash(&[b"led to\n".as_slice(), key, request, &result].concat());
    request.iter().copied().chain(code.into_iter().take(CODE)).collect()
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
    let Some(row) = rows.first() else { return Ok(None) };
    let (kept, result): (Vec<u8>, [u8; 16]) = (row.get(0)?, row.get(1)?);
    let whole = |request: &[u8; 32]| kept == coded(&book.keys, [&receipt, request], result);
    Ok(kept.first_chunk().is_some_and(whole).then_some(result))
}

/// The key belongs to the one who uses it, for the action it was used for.
fn whose(actor: &Actor, action: Action, key: &str) -> String {
    format!("{}\n{}\n{key}", actor.label(), action.code())
}

/// Keeps in the receipt what the order led to.
pub(crate) fn keep(tx: &mut Tx<'_>, receipt: &Receipt, result: [u8; 16]) -> Result<(), Fault> {
    let coded = coded(tx.keys(), [&receipt.key, &receipt.request], result);
    tx.later(sql::KEEP, values![tx.business().bytes(), receipt.key, result, coded])
}
