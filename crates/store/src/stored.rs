//! Protected rows: written one way, digested as they are written, so that a row changed behind the program's back is
//! found and named.
//!
//! An [`Aggregate`] is a root row and the rows that belong to it. What goes into its digest is exactly what goes into
//! its columns, ciphertext included, so [`crate::Books`] can recompute it from `select` alone, without knowing what the
//! columns mean, and an older ciphertext put back in its own place is caught too.

use crate::{Fault, Row, Tx, Value};
use coffer_kernel::Scope;
use coffer_keys::{self as keys, BusinessKeys};

/// One table of an aggregate.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Inserts one row; `$1` is the business, `$2` the root's id (and, in a part, `$3` the position). In a root that is held the
    /// last parameter is its digest, which is not among the cells: the store writes it.
    pub insert: &'static str,
    /// Root: replaces the row, with the same parameters in the same order. Part: removes all rows of the root `($1, $2)`.
    pub replace: &'static str,
    /// Selects all columns in the order of `insert`, the digest last where there is one, by business and root id; parts in the
    /// order of their position.
    pub select: &'static str,
}

/// A root row and its parts.
#[derive(Debug)]
pub struct Aggregate {
    /// The root row.
    pub root: Table,
    /// The rows that belong to it.
    pub parts: &'static [Table],
    /// Whether the root's last column is the digest of it and its parts: then one that was altered is refused wherever it is
    /// locked, shown or leaves ([`crate::Reading::whole`]). Where not, its rows are vouched for, or nobody reads one alone.
    pub held: bool,
    /// Whether its row lets somebody in, so that it is vouched for ([`Stored::VOUCH`]): the same answer, for the checker.
    pub lets_in: bool,
    /// Selects the id and version of every root of a business, for the checker.
    pub all: &'static str,
}

/// The cells to write: the root's, and each part's rows.
#[derive(Debug, Default)]
pub struct Cells {
    /// The root's cells, in the order of its `insert`.
    pub root: Vec<Value>,
    /// For each part of the aggregate, its rows.
    pub parts: Vec<Vec<Vec<Value>>>,
}

/// Something that stands in protected rows.
pub trait Stored {
    /// Where it stands.
    const AGGREGATE: &'static Aggregate;
    /// Where its row lets somebody in: sets the row's voucher, `$3`, of the root `($1, $2)`. It is over the root's cells and
    /// then those of its parts ([`crate::Reading::vouched`]), and is made whenever the row is written.
    const VOUCH: Option<&'static str> = None;
    /// The root's id.
    fn id(&self) -> [u8; 16];
    /// Its version: 1 when inserted, one more at each replacement.
    fn version(&self) -> i64;
    /// Its cells, sealed.
    ///
    /// # Errors
    /// Where a key is missing.
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault>;
}

/// A root that a command can lock.
pub trait Root: Stored + Sized {
    /// The typed id.
    type Id: coffer_kernel::TypedId;
    /// Takes the row's lock and reads it, if it is within the scope.
    ///
    /// The statement is `UPDATE … SET version = version WHERE business = $1 AND id = $2 AND (scope) RETURNING …`: it
    /// locks on both engines, and the scope stands in its WHERE. Where the aggregate is held it is read with
    /// [`crate::Reading::whole`]; [`Tx::lock`] hands out nothing that was not.
    ///
    /// # Errors
    /// Where the engine refuses or a stored value does not open.
    fn lock(tx: &mut Tx<'_>, scope: &Scope, id: Self::Id) -> Result<Option<Self>, Fault>;
}

/// A row that was found within the actor's scope and locked, to be written. Only [`Tx::lock`] makes one.
#[derive(Debug)]
pub struct Granted<T>(pub(crate) T);

impl<T> Granted<T> {
    /// Takes the row out, to decide on it.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> std::ops::Deref for Granted<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// What stands in the log in place of a digest where a row was removed on purpose.
pub(crate) const GONE: [u8; 16] = [0; 16];

/// The digest of an aggregate as it stands in the log: keyed, so that it tells nothing about amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowDigest {
    pub(crate) table: &'static str,
    pub(crate) id: [u8; 16],
    pub(crate) version: i64,
    pub(crate) digest: [u8; 16],
}

/// Digests the cells of an aggregate, each with its kind and length, so that no two sets of cells read alike.
pub(crate) fn digest(keys: &BusinessKeys, aggregate: &Aggregate, root: &[Value], parts: &[Vec<&[Value]>]) -> [u8; 16] {
    let mut digest = keys.digest();
    digest.update(aggregate.root.name.as_bytes());
    push_row(&mut digest, root);
    for (part, rows) in aggregate.parts.iter().zip(parts) {
        digest.update(part.name.as_bytes());
        digest.update(&(rows.len() as u64).to_be_bytes());
        rows.iter().for_each(|row| push_row(&mut digest, row));
    }
    let mut short = [0; 16];
    short.iter_mut().zip(digest.finish()).for_each(|(short, full)| *short = full);
    short
}

/// The cells of rows as read back.
pub(crate) fn cells_of(rows: &[Row]) -> Vec<&[Value]> {
    rows.iter().map(Row::cells).collect()
}

/// One part of the digest per row.
fn push_row(digest: &mut keys::RowDigest, row: &[Value]) {
    digest.update(&encoded(row));
}

/// Cells as bytes, each with its kind and length, so that no two rows read alike.
pub(crate) fn encoded(row: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    for value in row {
        let (kind, cell): (u8, &[u8]) = match value {
            Value::Null => (0, &[]),
            Value::Int(value) => (1, &value.to_be_bytes()),
            Value::Text(text) => (2, text.as_bytes()),
            Value::Bytes(blob) => (3, blob),
        };
        bytes.push(kind);
        bytes.extend_from_slice(&(cell.len() as u64).to_be_bytes());
        bytes.extend_from_slice(cell);
    }
    bytes
}
