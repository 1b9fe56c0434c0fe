//! The mark of a record: a keyed code over all that stands in it, at its end.
//!
//! A record is believed by it until its head is signed. Whoever only writes the database makes none, so that nothing is signed
//! which was not written here. What was written before there were marks is signed by the step they came with, where the rest
//! of its log is in order; in one log nothing that lacks a mark follows on what has one.

use crate::fault::hex;
use coffer_keys::BusinessKeys;

/// What a mark adds to a leaf: this, 32 digits, and that in the place of the last bracket.
const BEFORE: &str = ",\"mark\":\"";
const AFTER: &str = "\"}";
const DIGITS: usize = 32;

/// The bytes of a leaf with its mark.
pub(super) fn marked(mut leaf: Vec<u8>, keys: &BusinessKeys) -> Vec<u8> {
    let mark = hex(&keys.record_mark(&leaf));
    leaf.pop();
    leaf.extend([BEFORE, &mark, AFTER].concat().into_bytes());
    leaf
}

/// Whether these are the bytes of a leaf that was written here, and nowhere else.
pub(crate) fn is_marked(leaf: &[u8], keys: &BusinessKeys) -> bool {
    let end = leaf.len().checked_sub(BEFORE.len() + DIGITS + AFTER.len());
    let Some((before, _)) = end.and_then(|end| leaf.split_at_checked(end)) else { return false };
    marked([before, b"}".as_slice()].concat(), keys) == leaf
}
