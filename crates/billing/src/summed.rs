//! Sums over rows of which none is held by itself. A cell among them that does not read, or a sum of them that leaves 64 bits, was
//! written by something else than this program: nothing broke, and asking again changes nothing.

use coffer_store::{Fault, Reading, Row, Value};

/// What a statement that sums rows of this table reads as.
pub(crate) fn read_all<T>(
    reading: &mut impl Reading,
    table: &'static str,
    (sql, values): (&'static str, &[Value]),
    read: impl Fn(&Row) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let unread = |fault| if matches!(fault, Fault::Corrupt { .. } | Fault::TooLarge) { altered(table) } else { fault };
    let rows = reading.query(sql, values).map_err(unread)?;
    rows.iter().map(|row| read(row).map_err(unread)).collect()
}

/// Something in this table is not what was written; which row, says the check.
pub(crate) const fn altered(table: &'static str) -> Fault {
    Fault::Altered { table, id: [0; 16] }
}
