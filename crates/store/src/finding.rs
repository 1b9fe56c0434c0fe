//! What the checker finds.

use coffer_kernel::BusinessId;
use std::fmt;

/// Something that does not fit, named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A record is missing, or out of its place.
    Gap {
        /// Where.
        seq: i64,
    },
    /// A record cannot be read.
    Unreadable {
        /// Which.
        seq: i64,
    },
    /// A record stands that was not written here.
    NotWritten {
        /// Which.
        seq: i64,
    },
    /// The records up to the signed head are not those that were signed.
    TreeDiffers {
        /// How many records the head covers.
        size: u64,
    },
    /// The log does not begin with the records under the head that is kept of it outside of the database.
    LogCut {
        /// Whose log.
        log: BusinessId,
        /// How many records the kept head is over; [`None`] where what is kept is no head of this log.
        kept: Option<u64>,
        /// How many records stand.
        stands: i64,
    },
    /// The sealed detail of a record is not the one that was recorded.
    DetailDiffers {
        /// Which record.
        seq: i64,
    },
    /// The sealed detail of a record is gone.
    DetailMissing {
        /// Which record.
        seq: i64,
    },
    /// A row is not as its last record wrote it.
    RowDiffers {
        /// The table of its root.
        table: &'static str,
        /// Its id, in hexadecimal.
        row: String,
    },
    /// A row stands that no record wrote.
    RowUnknown {
        /// The table of its root.
        table: &'static str,
        /// Its id, in hexadecimal.
        row: String,
    },
    /// A row was written on from an older state of it, which somebody put back.
    RowPutBack {
        /// The record that wrote it.
        seq: i64,
        /// The table of its root.
        table: String,
        /// Its id, in hexadecimal.
        row: String,
    },
    /// A row that was recorded is gone.
    RowMissing {
        /// The table of its root.
        table: String,
        /// Its id, in hexadecimal.
        row: String,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gap { seq } => write!(f, "Record {seq} of the log is missing, or not in its place."),
            Self::Unreadable { seq } => write!(f, "Record {seq} of the log cannot be read."),
            Self::NotWritten { seq } => write!(f, "Record {seq} of the log was not written here."),
            Self::TreeDiffers { size } => {
                write!(f, "The first {size} records of the log are not those that were signed.")
            }
            Self::LogCut { log, kept: Some(kept), stands } => write!(
                f,
                "The log of {} was cut or written anew: {kept} records of it were signed, as the head kept beside the data \
                 says, and what stands now, {stands} records, does not begin with them.",
                whose(*log)
            ),
            Self::LogCut { log, kept: None, .. } => write!(
                f,
                "What is kept beside the data as the last head of the log of {} is none, or was not signed with its key. \
                 Whether this log was cut cannot be said, and it is not signed as long as that stands there.",
                whose(*log)
            ),
            Self::DetailDiffers { seq } => {
                write!(f, "The sealed detail of record {seq} is not the one that was recorded.")
            }
            Self::DetailMissing { seq } => write!(f, "The sealed detail of record {seq} is gone."),
            Self::RowDiffers { table, row } => write!(f, "{table} {row}: this row is not as its last record wrote it."),
            Self::RowUnknown { table, row } => write!(f, "{table} {row}: no record wrote this row."),
            Self::RowPutBack { seq, table, row } => {
                write!(
                    f,
                    "{table} {row}: record {seq} of the log changed an older state of this row, which was put back."
                )
            }
            Self::RowMissing { table, row } => write!(f, "{table} {row}: this row was recorded and is gone."),
        }
    }
}

/// Whose log it is, for reading.
fn whose(log: BusinessId) -> String {
    if log == BusinessId::INSTALLATION { "the installation".to_owned() } else { log.to_string() }
}
