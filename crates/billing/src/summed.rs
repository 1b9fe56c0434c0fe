//! Sums over rows of which none is held by itself. A cell among them that does not read was written by something else than this
//! program: nothing broke, and asking again changes nothing.

use coffer_store::{Fault, Row};

/// What a sum over these rows of this table reads as.
pub(crate) fn read_all<T>(
    table: &'static str,
    rows: &[Row],
    read: impl Fn(&Row) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let unread = |fault| if matches!(fault, Fault::Corrupt { .. }) { altered(table) } else { fault };
    rows.iter().map(|row| read(row).map_err(unread)).collect()
}

/// Something in this table is not what was written; which row, says the check.
pub(crate) const fn altered(table: &'static str) -> Fault {
    Fault::Altered { table, id: [0; 16] }
}
