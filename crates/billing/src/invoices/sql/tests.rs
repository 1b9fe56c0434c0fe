#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::testing::a_business;
use coffer_kernel::Action;
use coffer_store::{Dialect, Order, Refused, STEPS};
use coffer_testkit::on_both_engines;

struct Explain;

impl Order for Explain {
    const ACTION: Action = Action::ReadInvoices;
}

/// The statements of lists that are walked page by page, how many values each takes, and the index each walks along.
const WALKED: [(&str, usize, &str); 6] = [
    (OVERDUE, 7, "invoice_standing_due"),
    (PAID, 5, "invoice_standing_paid"),
    (OPEN, 5, "invoice_standing_open"),
    (UNSENT, 5, "invoice_standing_open"),
    (VOID, 5, "invoice_standing_void"),
    (DRAFTS, 5, "invoice_draft"),
];

/// How an engine would answer a statement. On PostgreSQL, whose plans are made for the rows there are, the shortcuts of
/// small tables are taken away: what is left without its index is to sort.
pub(crate) fn plan(reading: &mut impl Reading, dialect: Dialect, sql: &str, values: &[Value]) -> Result<String, Fault> {
    let (explain, detail) = match dialect {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN", 3),
        Dialect::Postgres => ("EXPLAIN", 0),
    };
    if dialect == Dialect::Postgres {
        for shortcut in ["enable_seqscan", "enable_bitmapscan", "enable_sort"] {
            reading.query("SELECT set_config($1, 'off', true)", &values![shortcut])?;
        }
    }
    let text: &'static str = format!("{explain} {sql}").leak();
    let rows = reading.query(text, values)?;
    let lines: Result<Vec<String>, Fault> = rows.iter().map(|row| row.get(detail)).collect();
    Ok(lines?.join("\n"))
}

#[test]
fn lists_are_walked_along_their_index_and_sorted_by_nobody() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let dialect = test.books.dialect();
        for (sql, count, index) in WALKED {
            let look = move |reading: &mut coffer_store::Snapshot<'_>, _: &coffer_kernel::Permit, _: &Explain| {
                let none = None::<i64>;
                let mut values = values![reading.business().bytes(), [0xff_u8; 16], none, none, 50_i64];
                values.extend(values!["0001-01-01", "2026-01-01"]);
                values.truncate(count);
                Ok::<_, Refused>(plan(reading, dialect, sql, &values)?)
            };
            let plan = test.books.read(&callers.owner(), Explain, look).await.unwrap();
            assert!(plan.contains(index), "{index}: {plan}");
            let sorts = plan.to_lowercase();
            assert!(!sorts.contains("sort") && !sorts.contains("temp b-tree"), "{index}: {plan}");
        }
    });
}
