//! Sealed from the first row: canaries, and ciphertext in the wrong place.

use crate::log::behind;
use crate::notes::{AGGREGATES, add, business, found, list, migrations};
use coffer_store::{Dialect, Fault, Refused};
use coffer_testkit::{Callers, Home, TestBooks};

fn with_notes(home: Home, texts: &[&str]) -> (TestBooks, Callers, tokio::runtime::Runtime) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let books = home.open(None).unwrap();
    let callers = Callers::of(business(2));
    runtime.block_on(async {
        found(&books, &callers.operator()).await.unwrap();
        for (slot, text) in (0..).zip(texts) {
            add(&books, &callers.clerk(), slot, text).await.unwrap();
        }
    });
    (TestBooks { books, home }, callers, runtime)
}

// proves: C01.a, D1
#[test]
fn nothing_typed_can_be_read_from_the_files() {
    let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
    let (test, _callers, _runtime) = with_notes(home, &["canary-4711-typed", "canary-4711-other"]);
    let mut looked = 0;
    for file in std::fs::read_dir(test.home.folder().unwrap()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for marker in [&b"canary-4711"[..], b"SQLite format 3", b"CREATE TABLE", b"note.written"] {
            assert!(!bytes.windows(marker.len()).any(|window| window == marker));
        }
        looked += bytes.len();
    }
    assert!(looked > 4096, "database and log were looked at");
}

// proves: C01.b
#[test]
fn with_another_key_the_file_is_no_database() {
    let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
    let (test, _callers, _runtime) = with_notes(home, &["x"]);
    test.books.close();
    let link = rusqlite::Connection::open(test.home.folder().unwrap().join("coffer.db")).unwrap();
    let key = "00".repeat(32);
    assert!(link.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; SELECT * FROM note")).is_err());
}

// proves: C02.a, D2
#[test]
fn postgres_never_holds_what_was_typed() {
    let home = Home::new(Dialect::Postgres, 7, migrations(), AGGREGATES);
    let (test, _callers, _runtime) = with_notes(home, &["canary-4711-typed"]);
    let database = test.home.database().unwrap();
    let dump = database.query("SELECT string_agg(n::text, ' ') FROM note n").unwrap();
    let detail = database.query("SELECT string_agg(d::text, ' ') FROM log_detail d").unwrap();
    let leaves = database.query("SELECT string_agg(encode(leaf, 'escape'), ' ') FROM log_record").unwrap();
    let hexed = coffer_testkit_hex(b"canary-4711");
    for text in [dump, detail, leaves] {
        assert!(text.len() > 100 && !text.contains("canary-4711") && !text.contains(&hexed), "{text}");
    }
}

fn coffer_testkit_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

// proves: C03.a, D2
#[test]
fn a_ciphertext_in_another_row_does_not_open() {
    let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
    let (test, callers, runtime) = with_notes(home, &["one", "two"]);
    assert_eq!(runtime.block_on(list(&test.books, &callers.clerk())).unwrap()[1].text, "two");
    behind(&test.home, "UPDATE note SET text = (SELECT text FROM note WHERE slot = 0) WHERE slot = 1");
    let outcome = runtime.block_on(list(&test.books, &callers.clerk()));
    assert!(
        matches!(outcome, Err(Refused::Fault(Fault::Corrupt { table: "note", column: "text", .. }))),
        "{outcome:?}"
    );
}

// proves: C04.a
#[test]
fn without_its_key_a_subject_is_erased() {
    let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
    let (test, callers, runtime) = with_notes(home, &["one"]);
    behind(
        &test.home,
        "UPDATE subject_key SET wrapped = NULL, destroyed_at = 1 WHERE subject IN (SELECT id FROM note); UPDATE log_head SET key_epoch = key_epoch + 1",
    );
    let outcome = runtime.block_on(list(&test.books, &callers.clerk()));
    assert!(matches!(outcome, Err(Refused::Fault(Fault::Keys(_)))), "the epoch makes the cache forget: {outcome:?}");
}
