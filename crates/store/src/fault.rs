//! What can go wrong below a command: the store's own voice, written for the operator, never shown to a caller.

use coffer_kernel::BusinessId;
use coffer_keys::DoesNotOpen;
use std::fmt;

/// Something broke; nothing was done, unless it says [`Fault::Unknown`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The engine refused a statement or was not there. The text is the engine's own.
    Engine(String),
    /// A unique constraint: what was to be written is there already. Carries the constraint's name in the form
    /// `table_column_…_key` on both engines, so that a command can turn it into a refusal of its own.
    Taken(String),
    /// The transaction is gone: its connection failed, the disk was full, or somebody ended it from inside.
    Broken(String),
    /// The database is not there: it is being started or stopped, or cannot be reached.
    Away(String),
    /// The database server is older than what these books need. Carries its version.
    TooOld(String),
    /// COMMIT was sent and its outcome could not be found out. The same order with the same idempotency key is safe.
    Unknown,
    /// Stored data is not what was written. Names the place, never the content.
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column, or what was looked at.
        column: &'static str,
        /// The row, in hexadecimal.
        row: String,
    },
    /// A protected row, or a part of it, is not what was written there last. Nothing of it is used.
    Altered {
        /// The table of its root.
        table: &'static str,
        /// The root's id.
        id: [u8; 16],
    },
    /// A sum that the database made left 64 bits. Nothing is written that large here.
    TooLarge,
    /// A log does not begin with the records under the head that is kept of it outside of the database: it was cut, or written
    /// anew. Nothing of it is signed.
    LogCut {
        /// Whose log.
        log: BusinessId,
        /// How many records the kept head is over; [`None`] where what is kept is no head of this log.
        kept: Option<u64>,
        /// How many records stand.
        stands: i64,
    },
    /// What is kept beside the data, outside of the database, can be neither read nor written. The text is the system's own.
    Beside(String),
    /// A body used more than its budget of statements or time.
    OverBudget(&'static str),
    /// A body broke a rule of the store. A mistake in this program, found before it could do harm.
    Misuse(&'static str),
    /// A body panicked; its work was rolled back.
    Panicked,
    /// The books are closed, or closing.
    Closed,
    /// The key material needed is not there or does not fit.
    Keys(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(text) => write!(f, "the database refused: {text}"),
            Self::Taken(name) => write!(f, "already there: {name}"),
            Self::Broken(text) => write!(f, "the transaction was lost: {text}"),
            Self::Away(text) => write!(f, "the database is away: {text}"),
            Self::TooOld(version) => write!(
                f,
                "This is PostgreSQL {version}, and these books need 15 or newer. Bring the server forward, then start again."
            ),
            Self::Unknown => f.write_str("the outcome of COMMIT is unknown"),
            Self::Corrupt { table, column, row } => write!(f, "{table}.{column} of row {row} is not what was written"),
            Self::Altered { table, id } => write!(
                f,
                "row {} of {table} was changed by something else than this program; `coffer check` names all such rows",
                hex(id)
            ),
            Self::TooLarge => f.write_str("a sum left 64 bits"),
            Self::LogCut { log, kept: Some(kept), stands } => write!(
                f,
                "the log of {log} does not begin with the {kept} records that were signed, as the head kept beside the data \
                 says ({stands} stand now); it is not signed"
            ),
            Self::LogCut { log, kept: None, .. } => {
                write!(f, "what is kept beside the data is no head of the log of {log}, which is not signed")
            }
            Self::Beside(text) => write!(f, "what is kept beside the data: {text}"),
            Self::OverBudget(what) => write!(f, "over budget: {what}"),
            Self::Misuse(what) => write!(f, "misuse of the store: {what}"),
            Self::Panicked => f.write_str("a body panicked"),
            Self::Closed => f.write_str("the books are closed"),
            Self::Keys(what) => write!(f, "keys: {what}"),
        }
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// Whether the transaction this happened in cannot be used any more.
    #[must_use]
    pub(crate) const fn breaks(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::Away(_) | Self::Unknown | Self::Closed)
    }

    /// What it is about, where that is known.
    pub(crate) const fn about(&self) -> Option<[u8; 16]> {
        if let Self::Altered { id, .. } = self { Some(*id) } else { None }
    }

    /// A stored value that does not open.
    pub(crate) fn does_not_open(table: &'static str, column: &'static str, row: &[u8], _: &DoesNotOpen) -> Self {
        Self::Corrupt { table, column, row: hex(row) }
    }
}

/// Lower-case hexadecimal, for naming rows in faults.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    text.extend(halves.filter_map(|half| char::from_digit(half.into(), 16)));
    text
}
