//! What the embedded engine is told about the disk: what is acknowledged is on it, and its log does not grow for ever.

use crate::notes::{self, AGGREGATES, NoteWritten, Write, add, business, found, migrations};
use coffer_kernel::{ScopeId, TypedId};
use coffer_store::{Dialect, Reading, Refused};
use coffer_testkit::{Callers, Home};

/// What the writer's own connection answers, by the settings' names.
const SETTINGS: &[(&str, i64)] = &[
    // Synced at every COMMIT, not only at checkpoints: a power cut takes nothing that was acknowledged.
    ("PRAGMA synchronous", 2),
    ("PRAGMA foreign_keys", 1),
    // What was deleted is overwritten, and what is put aside stays in memory.
    ("PRAGMA secure_delete", 1),
    ("PRAGMA temp_store", 2),
    // The store's own to do.
    ("PRAGMA wal_autocheckpoint", 0),
];

// proves: C85.b
#[test]
fn the_writer_syncs_every_commit_and_keeps_its_settings() {
    let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
    let books = home.open(None).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let callers = Callers::of(business(2));
    let order = Write { slot: 1, amount: 1, text: "n".into(), scope: ScopeId::from_bytes([1; 16]) };
    let told = runtime.block_on(async {
        found(&books, &callers.operator()).await.unwrap();
        let clerk = callers.clerk();
        let asks = books.transact::<_, _, Refused, _>(&clerk, order, |tx, _, order| {
            let note = notes::write(tx, order)?;
            let ask = |(sql, _): &(&'static str, i64)| Ok((*sql, tx.query(sql, &[])?[0].get(0)?));
            let told: Vec<(&str, i64)> = SETTINGS.iter().map(ask).collect::<Result<_, Refused>>()?;
            let journal: String = tx.query("PRAGMA journal_mode", &[])?[0].get(0)?;
            tx.record(NoteWritten(note), (told, journal))
        });
        asks.await.unwrap()
    });
    assert_eq!(told, (SETTINGS.to_vec(), "wal".to_owned()));
    books.close();
}

#[test]
fn the_write_ahead_log_is_taken_into_the_database_while_it_is_open() {
    let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
    let books = home.open(None).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let callers = Callers::of(business(2));
    let log = home.folder().unwrap().join("coffer.db-wal");
    let (mut largest, text) = (0, "n".repeat(60_000));
    runtime.block_on(async {
        found(&books, &callers.operator()).await.unwrap();
        let clerk = callers.clerk();
        for slot in 0..250 {
            add(&books, &clerk, slot, &text).await.unwrap();
            largest = largest.max(std::fs::metadata(&log).unwrap().len());
        }
    });
    let whole = std::fs::metadata(home.folder().unwrap().join("coffer.db")).unwrap().len();
    assert!(whole > 24 << 20, "{whole} bytes moved into the database");
    assert!(largest > 4 << 20 && largest < 12 << 20, "{largest} bytes at most stood in the log");
    books.close();
}
