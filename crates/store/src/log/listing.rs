//! Listing records: leaves only, which hold no personal data.

use super::leaf::Leaf;
use crate::reading::Reading;
use crate::snapshot::Snapshot;
use crate::{Fault, values};
use coffer_kernel::TypedId;

mod sql {
    pub(super) const ALL: &str =
        "SELECT leaf, seq FROM log_record WHERE business = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
    pub(super) const ABOUT: &str =
        "SELECT leaf, seq FROM log_record WHERE business = $1 AND about = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4";
}

impl Snapshot<'_> {
    /// The records below this place, the newest first; of one thing, where it is named.
    ///
    /// # Errors
    /// Where the engine refuses, or a record cannot be read.
    pub fn history(&mut self, about: Option<[u8; 16]>, below: i64, most: i64) -> Result<Vec<Leaf>, Fault> {
        let business = self.business().bytes();
        let rows = match about {
            None => self.query(sql::ALL, &values![business, below, most])?,
            Some(about) => self.query(sql::ABOUT, &values![business, about, below, most])?,
        };
        rows.iter().map(|row| Leaf::from_bytes(&row.get::<Vec<u8>>(0)?).ok_or_else(|| unreadable(row.get(1)))).collect()
    }
}

fn unreadable(seq: Result<i64, Fault>) -> Fault {
    Fault::Corrupt { table: "log_record", column: "leaf", row: seq.map(|seq| seq.to_string()).unwrap_or_default() }
}
