//! Statements that ask an engine about itself.

use coffer_store::{Dialect, Fault, Reading, Value, values};

const OFF: &str = "SELECT set_config($1, 'off', true)";

/// How an engine would answer. On PostgreSQL, whose plans are made for the rows there are, the shortcuts of small tables are
/// taken away: what is left without its index is to sort.
pub(super) fn plan(reading: &mut impl Reading, dialect: Dialect, sql: &str, values: &[Value]) -> Result<String, Fault> {
    let (explain, detail) = match dialect {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN", 3),
        Dialect::Postgres => ("EXPLAIN", 0),
    };
    if dialect == Dialect::Postgres {
        for shortcut in ["enable_seqscan", "enable_bitmapscan", "enable_sort"] {
            reading.query(OFF, &values![shortcut])?;
        }
    }
    let text: &'static str = format!("{explain} {sql}").leak();
    let rows = reading.query(text, values)?;
    let lines: Result<Vec<String>, Fault> = rows.iter().map(|row| row.get(detail)).collect();
    Ok(lines?.join("\n"))
}
