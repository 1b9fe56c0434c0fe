//! A whole log in one file, which anyone with the log's public key checks offline.
//!
//! # The format, version 1
//!
//! A file is records one behind the other, all of them lines of ASCII that announce how
//! many raw bytes follow. `\n` is the byte 0x0A; numbers are decimal, in their shortest
//! form; one space stands between words, none at the end.
//!
//! ```text
//! coffer-log-export 1\n
//! origin <origin>\n                 as in the checkpoints and in the name of the key
//! leaf <index> <length>\n           the first leaf has index 0, the next 1, without gaps
//! <length bytes>\n                  the leaf, exactly as it was hashed
//! checkpoint <length>\n             over all leaves so far, neither more nor fewer
//! <length bytes>\n                  a signed checkpoint (tlog-checkpoint, signed-note)
//! …                                 any number of leaves and checkpoints
//! checkpoint <length>\n             the last leaf is followed by a checkpoint
//! <length bytes>\n
//! end <leaves>\n                    and nothing behind it
//! ```
//!
//! A leaf has at most [`MAX_LEAF_BYTES`], what an entry of tlog-tiles can have; a
//! checkpoint at most [`MAX_NOTE_BYTES`](crate::checkpoint::MAX_NOTE_BYTES). The lengths
//! decide, not the newlines: leaves may hold any bytes.
//!
//! # What verifying shows
//!
//! [`verify`] streams the file in constant memory. Leaves between two checkpoints that
//! were altered, removed, added or moved give another root than the later of the two
//! states, so the finding names the checkpoints between which it happened. The more
//! checkpoints an export carries, the closer that is.
//!
//! What one file cannot show: that the log was cut back to an earlier signed state, or
//! rewritten by somebody who has the private key. For that the verifier compares with a
//! checkpoint that was kept elsewhere — pinned, on paper or with a witness.

mod audit;
mod finding;
mod records;
mod writer;

pub use audit::{Verified, verify};
pub use finding::{Finding, Malformed, Place};
pub use writer::{NotWritten, Writer};

/// The longest leaf: the longest entry of tlog-tiles, whose length has 16 bits.
pub const MAX_LEAF_BYTES: usize = 65_535;

/// The first line.
pub const FORMAT_LINE: &str = "coffer-log-export 1";

#[cfg(test)]
mod tests;
