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
    /// Opens a sealed value of the row with this key, whatever its bytes are.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] where it does not open in its place, [`Fault::Keys`] where its key is gone.
    fn open_bytes(&mut self, column: &Column, row: &[u8], subject: SubjectId, blob: &[u8]) -> Result<Vec<u8>, Fault>;

    /// Opens a sealed text of the row with this key.
    ///
    /// # Errors
    /// As [`Reading::open_bytes`]; [`Fault::Corrupt`] where it is no text.
    fn open(&mut self, column: &Column, row: &[u8], subject: SubjectId, blob: &[u8]) -> Result<String, Fault> {
        let plain = self.open_bytes(column, row, subject, blob)?;
        let no_text = |_| Fault::Corrupt { table: column.table, column: column.name, row: crate::fault::hex(row) };
        String::from_utf8(plain).map_err(no_text)
    }

    /// Runs a statement that finds one row or none.
    ///
    /// # Errors
    /// Where the engine refuses.
    fn one(&mut self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, Fault> {
        Ok(self.query(sql, values)?.into_iter().next())
    }
}

/// Opens a sealed value with its key.
pub(crate) fn open_sealed(
    book: &BookKeys,
    key: &DataKey,
    column: &Column,
    row: &[u8],
    blob: &[u8],
) -> Result<Vec<u8>, Fault> {
    let place = Place { business: book.business.as_bytes(), table: column.table, column: column.name, row };
    let plain = key.open(&place, blob).map_err(|error| Fault::does_not_open(column.table, column.name, row, &error))?;
    Ok(plain.to_vec())
}
