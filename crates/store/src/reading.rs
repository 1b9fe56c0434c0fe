//! What a transaction and a snapshot have in common: statements of a `sql.rs` that only look.

use crate::column::Column;
use crate::keyring::BookKeys;
use crate::{Fault, Row, Value};
use coffer_kernel::{BusinessId, SubjectId};
use coffer_keys::{DataKey, Place};

/// Looks things up inside one business.
pub trait Reading {
    /// Whose books these are: the first parameter of every statement.
    fn business(&self) -> BusinessId;
    /// Runs a statement and fetches its rows.
    ///
    /// # Errors
    /// Where the engine refuses.
    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, Fault>;
    /// Opens a sealed value of the row with this key.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] where it does not open in its place, [`Fault::Keys`] where its key is gone.
    fn open(&mut self, column: &Column, row: &[u8], subject: SubjectId, blob: &[u8]) -> Result<String, Fault>;

    /// Runs a statement that finds one row or none.
    ///
    /// # Errors
    /// Where the engine refuses.
    fn one(&mut self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Fault> {
        Ok(self.query(sql, values)?.into_iter().next())
    }
}

/// Opens a sealed text with its key.
pub(crate) fn open_text(
    book: &BookKeys,
    key: &DataKey,
    column: &Column,
    row: &[u8],
    blob: &[u8],
) -> Result<String, Fault> {
    let place = Place { business: book.business.as_bytes(), table: column.table, column: column.name, row };
    let plain = key.open(&place, blob).map_err(|error| Fault::does_not_open(column.table, column.name, row, &error))?;
    match std::str::from_utf8(&plain) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(Fault::Corrupt { table: column.table, column: column.name, row: crate::fault::hex(row) }),
    }
}
