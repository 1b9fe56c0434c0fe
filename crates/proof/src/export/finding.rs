//! What a verifier found wrong, and where.

use std::{fmt, io};

use crate::checkpoint::CheckpointRefused;

/// The states between which something happened: both signed, the earlier one possibly empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// How many leaves the last good state has.
    pub after: u64,
    /// How many leaves the state has that does not fit.
    pub until: u64,
}

/// The bytes do not follow the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// The first line is not that of an export this version reads.
    Format,
    /// A line is not one the format has there.
    Line,
    /// A leaf or checkpoint is announced longer than any may be.
    TooLong {
        /// The most there may be, in bytes.
        most: usize,
    },
    /// Something follows the last line.
    BehindTheEnd,
}

/// Why an export is not believed.
#[derive(Debug)]
pub enum Finding {
    /// The file could not be read.
    Io(io::Error),
    /// The file ends before its last line.
    Truncated,
    /// The file is not an export.
    Malformed(Malformed),
    /// The log is not the one whose key was given.
    OtherLog {
        /// Which it says it is.
        origin: String,
    },
    /// A leaf is not the next one.
    OutOfOrder {
        /// The index that was due.
        due: u64,
        /// The index that was found.
        found: u64,
    },
    /// A checkpoint is not signed by the key, or is none.
    Checkpoint {
        /// How many leaves stand before it.
        leaves: u64,
        /// Why it is refused.
        reason: CheckpointRefused,
    },
    /// The leaves are not those that were signed: altered, removed, added or moved.
    Altered(Place),
    /// Leaves follow the last checkpoint, so nobody signed them.
    Unsigned {
        /// How many were signed.
        signed: u64,
        /// How many there are.
        leaves: u64,
    },
    /// The log does not continue the state that was kept elsewhere: it was cut back or rewritten.
    Rewritten {
        /// How many leaves the kept state has.
        kept: u64,
        /// How many leaves this log has.
        leaves: u64,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(reason) => write!(out, "The export cannot be read: {reason}."),
            Self::Truncated => out.write_str("The export ends in the middle. It was cut off; export it again."),
            Self::Malformed(_) => out.write_str(
                "This is not an export in a format that this version reads. Check the file's name, or export again.",
            ),
            Self::OtherLog { origin } => {
                write!(
                    out,
                    "This is the log {origin}, not the one whose key was given. Use the key that belongs to it."
                )
            }
            Self::OutOfOrder { due, found } => {
                write!(out, "Record {found} stands where record {due} should: records were removed, added or moved.")
            }
            Self::Checkpoint { leaves, reason } => {
                write!(out, "The checkpoint behind {leaves} records is refused. {reason}")
            }
            Self::Altered(Place { after, until }) => write!(
                out,
                "Something between record {after} and record {until} was altered after it was signed. Up to record {after} all is well."
            ),
            Self::Unsigned { signed, leaves } => {
                write!(
                    out,
                    "The last {} records are signed by nobody. Export again after the next checkpoint.",
                    leaves - signed
                )
            }
            Self::Rewritten { kept, leaves } => write!(
                out,
                "This log of {leaves} records does not continue the state of {kept} records that was kept elsewhere: it was rewritten or cut back."
            ),
        }
    }
}

impl std::error::Error for Finding {}
