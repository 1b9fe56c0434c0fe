//! What the bare engine needs for the rows of an issued invoice: no permit, no sealing, no log, no TLS, no JSON.

use rusqlite::{Connection, params};
use std::time::Instant;

const SCRIPT: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;
    CREATE TABLE invoice (business BLOB, id BLOB, customer BLOB, scope BLOB, number INTEGER, sums BLOB, content BLOB,
        PRIMARY KEY (business, id), UNIQUE (business, number)) STRICT;
    CREATE INDEX by_scope ON invoice (business, scope, id); CREATE INDEX by_customer ON invoice (business, customer, id);
    CREATE TABLE part (business BLOB, id BLOB, position INTEGER, cells BLOB, PRIMARY KEY (business, id, position)) STRICT, WITHOUT ROWID;
    CREATE TABLE log (business BLOB, seq INTEGER, about BLOB, leaf BLOB, PRIMARY KEY (business, seq)) STRICT, WITHOUT ROWID;
    CREATE INDEX log_about ON log (business, about, seq);
    CREATE TABLE sum (business BLOB, name TEXT, value INTEGER, PRIMARY KEY (business, name)) STRICT, WITHOUT ROWID;";

/// How many invoices' rows it writes in a second, so many to a durable commit.
pub(crate) fn invoices_per_second(per_commit: u64) -> u64 {
    let path = std::env::temp_dir().join(format!("coffer-floor-{}.db", std::process::id()));
    let remove = || {
        for ending in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(format!("{}{ending}", path.display())));
        }
    };
    remove();
    let link = Connection::open(&path).unwrap();
    link.execute_batch(&format!("PRAGMA key = \"x'{}'\"; {SCRIPT}", "11".repeat(32))).unwrap();
    let (start, mut number) = (Instant::now(), 0_u64);
    while start.elapsed().as_secs() < 3 {
        link.execute_batch("BEGIN IMMEDIATE").unwrap();
        for _ in 0..per_commit {
            number += 1;
            rows(&link, number);
        }
        link.execute_batch("COMMIT").unwrap();
    }
    let seconds = start.elapsed().as_millis() as u64;
    remove();
    number * 1000 / seconds
}

fn rows(link: &Connection, number: u64) {
    let (business, mut id) = ([9_u8; 16], [0_u8; 16]);
    id[..8].copy_from_slice(&number.to_be_bytes());
    let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| link.prepare_cached(sql).unwrap().execute(values).unwrap();
    let number = i64::try_from(number).unwrap();
    run(
        "INSERT INTO invoice VALUES (?1, ?2, ?1, ?1, ?3, ?4, ?5)",
        params![business, id, number, [7_u8; 120], [7_u8; 900]],
    );
    for position in 0..2 {
        run("INSERT INTO part VALUES (?1, ?2, ?3, ?4)", params![business, id, position, [7_u8; 24]]);
    }
    id[15] = 1;
    for position in 0..5 {
        run("INSERT INTO part VALUES (?1, ?2, ?3, ?4)", params![business, id, position, [7_u8; 60]]);
    }
    run("INSERT INTO log VALUES (?1, ?2, ?3, ?4)", params![business, number, id, [7_u8; 520]]);
    for name in ["number", "receivable", "revenue", "vat", "issued"] {
        run(
            "INSERT INTO sum VALUES (?1, ?2, 1) ON CONFLICT (business, name) DO UPDATE SET value = value + 1",
            params![business, name],
        );
    }
}
