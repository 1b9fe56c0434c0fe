//! What the log said last of one row, for whoever is about to write over it.

use super::leaf::Leaf;
use crate::fault::hex;
use crate::reading::Reading;
use crate::tx::Tx;
use crate::{Fault, values};
use coffer_kernel::TypedId;

mod sql {
    pub(super) const ABOUT: &str =
        "SELECT leaf FROM log_record WHERE business = $1 AND about = $2 ORDER BY seq DESC LIMIT 200";
}

impl Tx<'_> {
    /// The version that the newest record about a row says was written of it; [`None`] where none does, or none of the last
    /// two hundred. A row that is older was put back.
    ///
    /// # Errors
    /// Where the engine refuses or a leaf cannot be read.
    pub fn last_recorded(&mut self, table: &'static str, id: [u8; 16]) -> Result<Option<i64>, Fault> {
        let row = hex(&id);
        for record in self.query(sql::ABOUT, &values![self.business().bytes(), id])? {
            let leaf = Leaf::from_bytes(&record.get::<Vec<u8>>(0)?);
            let leaf = leaf.ok_or_else(|| Fault::Corrupt { table: "log_record", column: "leaf", row: row.clone() })?;
            let written = leaf.rows.iter().find(|(of, what, ..)| of == table && *what == row);
            if let Some((_, _, version, _)) = written {
                return Ok(Some(*version));
            }
        }
        Ok(None)
    }
}
