//! The embedded engine, encrypted as ours is.

use super::LASTS;
use super::rows::{Cell, Statement, of_commit, of_invoice};
use crate::figures::{at, micros};
use coffer_store::STEPS;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};
use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Instant;

const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; \
     PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 1000;";

/// What a list shows of an invoice.
macro_rules! page {
    ($only:literal) => {
        concat!(
            "SELECT i.id, i.number_text, i.customer, i.issued_on, i.currency, i.amount_due, s.version, s.due_on, ",
            "s.due_minor, s.open_minor, s.over_minor, s.delivery FROM invoice i ",
            "JOIN invoice_standing s ON s.business = i.business AND s.id = i.id WHERE i.business = ?1 ",
            $only
        )
    };
}

/// What is read for each page, and how many rows it is. The places are keys of the rows numbered 7,000 and 5,000.
const PAGES: [(&str, &str, usize); 7] = [
    ("50 open", page!("AND s.open_minor > 0 ORDER BY i.id DESC LIMIT 50"), 50),
    (
        "50 open, deep inside",
        page!("AND s.open_minor > 0 AND i.id < x'0000000000001b580101010101010101' ORDER BY i.id DESC LIMIT 50"),
        50,
    ),
    (
        "none overdue",
        page!("AND s.business = ?1 AND s.open_minor > 0 AND s.due_on < '2026-10-01' ORDER BY s.due_on, s.id LIMIT 50"),
        0,
    ),
    (
        "no drafts",
        "SELECT i.id, i.customer, i.content FROM invoice i WHERE i.business = ?1 AND i.status = 'draft' ORDER BY i.id DESC LIMIT 50",
        0,
    ),
    ("50 newest", page!("ORDER BY i.id DESC LIMIT 50"), 50),
    ("one invoice", "SELECT * FROM invoice WHERE business = ?1 AND id = x'00000000000013880101010101010101'", 1),
    (
        "what is owed in all",
        "SELECT currency, SUM(open_minor), COUNT(*) FROM invoice_standing WHERE business = ?1 AND open_minor > 0 GROUP BY currency",
        1,
    ),
];

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

/// A database of its own.
struct Bare {
    link: Connection,
    path: PathBuf,
}

impl Bare {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("coffer-floor-{}.db", std::process::id()));
        Self::remove(&path);
        let link = Connection::open(&path).unwrap();
        link.set_prepared_statement_cache_capacity(64);
        link.execute_batch(&format!("PRAGMA key = \"x'{}'\"; {SETTINGS}", "11".repeat(32))).unwrap();
        STEPS.iter().for_each(|step| link.execute_batch(step.sqlite).unwrap());
        Self { link, path }
    }

    fn run(&self, statements: Vec<Statement>) {
        for (sql, cells) in statements {
            let sql = sql.replace('$', "?");
            self.link.prepare_cached(&sql).unwrap().execute(params_from_iter(cells)).unwrap();
        }
    }

    fn commit(&self, numbers: std::ops::Range<i64>) {
        self.link.execute_batch("BEGIN IMMEDIATE").unwrap();
        numbers.for_each(|number| self.run(of_invoice(number)));
        self.run(of_commit());
        self.link.execute_batch("COMMIT").unwrap();
    }

    /// Reads every cell of what this statement answers, which is so many rows.
    fn read(&self, sql: &str, expected: usize) {
        let mut page = self.link.prepare_cached(sql).unwrap();
        let columns = page.column_count();
        let mut rows = page.query([vec![9_u8; 16]]).unwrap();
        let mut seen = 0;
        while let Some(row) = rows.next().unwrap() {
            (0..columns).for_each(|column| drop(std::hint::black_box(row.get::<_, Value>(column).unwrap())));
            seen += 1;
        }
        assert_eq!(seen, expected, "{sql}");
    }

    fn remove(path: &std::path::Path) {
        for ending in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(format!("{}{ending}", path.display())));
        }
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        Self::remove(&self.path);
    }
}

/// How many invoices' rows it writes in a second, so many to a durable commit.
pub(crate) fn invoices_per_second(per_commit: i64) -> f64 {
    let bare = Bare::new();
    let (start, mut number) = (Instant::now(), 0);
    while start.elapsed() < LASTS {
        bare.commit(number..number + per_commit);
        number += per_commit;
    }
    (number as f64 / start.elapsed().as_secs_f64()).round()
}

/// How many bytes each of so many invoices takes.
pub(crate) fn bytes_each(invoices: i64) -> u64 {
    let bare = Bare::new();
    (0..invoices).step_by(100).for_each(|first| bare.commit(first..first + 100));
    bare.link.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    std::fs::metadata(&bare.path).unwrap().len() / invoices as u64
}

/// How long the rows of each page take to read, among so many invoices, by the name of the page.
pub(crate) fn micros_of_pages(invoices: i64) -> HashMap<&'static str, f64> {
    let bare = Bare::new();
    (0..invoices).step_by(100).for_each(|first| bare.commit(first..first + 100));
    let timed = |(name, sql, rows)| (name, at(&micros(200, || bare.read(sql, rows)), 50));
    PAGES.into_iter().map(timed).collect()
}
