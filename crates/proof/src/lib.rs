//! Transparency logs: the mathematics, and nothing else.
//!
//! A log is a list of leaves that only grows. This crate turns the list into a
//! Merkle tree (RFC 6962), states its head as a signed checkpoint, and proves to
//! anyone who holds the log's public key that a leaf is in it, that nothing was
//! altered, removed or reordered, and that a later state continues an earlier one.
//! Leaves are opaque bytes here; what they mean is for others.
//!
//! | module | what it holds | source |
//! | --- | --- | --- |
//! | [`hash`] | leaf, node and empty-tree hash | RFC 6962 §2.1 |
//! | [`tree`] | the right edge of a tree, its tiles, reading it back | C2SP tlog-tiles |
//! | [`inclusion`] | this leaf stands at this index | RFC 9162 §2.1.3 |
//! | [`consistency`] | this tree continues that one | RFC 9162 §2.1.4 |
//! | [`checkpoint`] | a tree head, signed | C2SP tlog-checkpoint, signed-note |
//! | [`export`] | a whole log in a file, checked offline | this crate |
//!
//! It refuses to sign: private keys never come here. It reads no clock, no file and
//! no network of its own; bytes and tiles come in through parameters. The only
//! primitives are SHA-256 and the verification of Ed25519, both from `aws-lc-rs`.

pub mod checkpoint;
pub mod consistency;
mod decimal;
pub mod export;
#[cfg(test)]
mod fixtures;
pub mod hash;
pub mod inclusion;
pub mod tree;
