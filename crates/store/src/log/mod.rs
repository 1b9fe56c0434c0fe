//! The log of a business: dense, in commit order, one record for every command, refusal and disclosure.
//!
//! A record is a *leaf*, public and without personal data, and a sealed detail that can be erased without the tree
//! noticing. Leaves are appended by the committer, last thing before COMMIT. The Merkle tree over them
//! ([`tree`]) is brought forward afterwards, from stored leaves only, never from memory that a rollback would
//! leave ahead, and its head is signed. The last one is kept outside of the database too ([`kept`]).

pub(crate) mod append;
pub(crate) mod begun;
pub(crate) mod export;
pub(crate) mod history;
pub(crate) mod kept;
pub(crate) mod leaf;
pub(crate) mod mark;
pub(crate) mod refusals;
pub(crate) mod tree;
