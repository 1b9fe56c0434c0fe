//! Leaf, node and empty-tree hashes, as RFC 6962 §2.1 defines them.
//!
//! A leaf is hashed behind the byte `0x00` and a pair of nodes behind `0x01`, so no
//! leaf can be passed off as the inside of a tree, nor the other way round.
//!
//! Reading a [`Hash`] refuses everything but the canonical base64 of 32 bytes.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::digest::{Context, SHA256, digest};
use base64ct::{Base64, Encoding};

/// The length of a SHA-256 hash.
pub const HASH_BYTES: usize = 32;

/// The length of a hash in base64, padding included.
const HASH_CHARS: usize = 44;

const LEAF_PREFIX: u8 = 0x00;
const NODE_PREFIX: u8 = 0x01;

/// Leaves up to this length are hashed from the stack, longer ones in two steps.
const SHORT_LEAF_BYTES: usize = 1023;

/// The root of the tree without leaves: SHA-256 of nothing (RFC 6962 §2.1).
pub const EMPTY_ROOT: Hash = Hash([
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27, 0xae, 0x41,
    0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
]);

/// The SHA-256 hash of a leaf or of a node.
///
/// It displays as standard base64, the form a checkpoint carries; `{:x}` gives hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; HASH_BYTES]);

impl Hash {
    /// The hash with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; HASH_BYTES]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; HASH_BYTES] {
        &self.0
    }
}

/// The hash of a leaf: SHA-256(0x00 ‖ leaf).
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    let mut short = [LEAF_PREFIX; 1 + SHORT_LEAF_BYTES];
    if let Some(room) = short.get_mut(1..=leaf.len()) {
        room.copy_from_slice(leaf);
        let (input, _) = short.split_at(1 + leaf.len());
        return sha256(input);
    }
    let mut long = Context::new(&SHA256);
    long.update(&[LEAF_PREFIX]);
    long.update(leaf);
    from_digest(long.finish().as_ref())
}

/// The hash of a node over its two children: SHA-256(0x01 ‖ left ‖ right).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut input = [NODE_PREFIX; 1 + 2 * HASH_BYTES];
    input[1..=HASH_BYTES].copy_from_slice(&left.0);
    input[1 + HASH_BYTES..].copy_from_slice(&right.0);
    sha256(&input)
}

/// SHA-256 of bytes that stand in one piece: no allocation on the way.
pub(crate) fn sha256(input: &[u8]) -> Hash {
    from_digest(digest(&SHA256, input).as_ref())
}

fn from_digest(digest: &[u8]) -> Hash {
    let mut bytes = [0; HASH_BYTES];
    bytes.copy_from_slice(digest);
    Hash(bytes)
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; HASH_CHARS];
        out.write_str(Base64::encode(&self.0, &mut text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::LowerHex for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Hash({self:x})")
    }
}

impl FromStr for Hash {
    type Err = BadHash;

    fn from_str(text: &str) -> Result<Self, BadHash> {
        let mut bytes = [0; HASH_BYTES];
        match Base64::decode(text, &mut bytes) {
            Ok(decoded) if decoded.len() == HASH_BYTES => Ok(Self(bytes)),
            Ok(_) | Err(_) => Err(BadHash),
        }
    }
}

/// The text is not a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadHash;

impl fmt::Display for BadHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(
            "This is not a hash: it must be the standard base64 of 32 bytes, 44 characters with \
             the padding. Copy it again, whole and unchanged.",
        )
    }
}

impl std::error::Error for BadHash {}

#[cfg(test)]
mod tests;
