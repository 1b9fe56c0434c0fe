//! The log: whole, signed, and quick to say what was altered.

use crate::notes::{AGGREGATES, add, business, found, list, migrations, revise};
use coffer_proof::export::verify;
use coffer_store::{Dialect, Finding, Leaf, Outcome};
use coffer_testkit::{Callers, Home, TestBooks, on_both_engines};

pub(crate) async fn ten_notes(test: &TestBooks) -> Callers {
    let callers = Callers::of(business(2));
    found(&test.books, &callers.operator()).await.unwrap();
    for slot in 0..10 {
        add(&test.books, &callers.clerk(), slot, "canary-ten").await.unwrap();
    }
    test.books.sign_log(callers.business).await.unwrap();
    callers
}

// proves: C74.b, D10
#[test]
fn an_exported_log_verifies_with_the_public_key_alone() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = ten_notes(&test).await;
        add(&test.books, &callers.clerk(), 11, "eleven").await.unwrap();
        test.books.sign_log(callers.business).await.unwrap();
        let file = test.books.export_log(callers.business, Vec::new()).await.unwrap();
        let key = test.books.log_verifier(callers.business).await.unwrap().parse().unwrap();
        assert!(verify(file.as_slice(), &key, None).is_ok());
        let altered = String::from_utf8(file).unwrap().replacen("note.written", "note.wrotten", 1);
        assert!(verify(altered.as_bytes(), &key, None).is_err());
    });
}

// proves: C76.a
#[test]
fn a_leaf_tells_who_did_what_and_nothing_personal() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = ten_notes(&test).await;
        let file = test.books.export_log(callers.business, Vec::new()).await.unwrap();
        let text = String::from_utf8(file).unwrap();
        assert!(!text.contains("canary"), "the text is sealed");
        let leaf = text.lines().filter_map(|line| Leaf::from_bytes(line.as_bytes())).nth(1).unwrap();
        assert_eq!(
            (leaf.out, leaf.what.as_str(), leaf.action.as_str()),
            (Outcome::Done, "note.written", "customer.add")
        );
        assert!(leaf.by.starts_with("staff:usr_") && leaf.detail.is_some() && leaf.rows.len() == 1);
    });
}

// proves: C73.a, D10
#[test]
fn what_was_shown_of_sealed_data_is_recorded_before_the_answer() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = ten_notes(&test).await;
        let before = test.books.check(callers.business).await.unwrap().records;
        assert_eq!(list(&test.books, &callers.clerk()).await.unwrap().len(), 10);
        let checked = test.books.check(callers.business).await.unwrap();
        assert_eq!((checked.records, checked.findings), (before + 1, vec![]));
    });
}

#[test]
fn repeated_refusals_are_counted_not_repeated() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = ten_notes(&test).await;
        for _ in 0..50 {
            add(&test.books, &callers.auditor(), 1, "no").await.unwrap_err();
        }
        assert_eq!(test.books.check(callers.business).await.unwrap().records, 12, "one record for fifty");
        test.home.clock.advance_seconds(150);
        test.books.keep_house(callers.business).await.unwrap();
        test.books.sign_log(callers.business).await.unwrap();
        let file = test.books.export_log(callers.business, Vec::new()).await.unwrap();
        let text = String::from_utf8(file).unwrap();
        let last = text.lines().filter_map(|line| Leaf::from_bytes(line.as_bytes())).next_back().unwrap();
        assert_eq!((last.out, last.times), (Outcome::Refused, 50));
    });
}

// proves: D11, C59.a
#[test]
fn a_row_changed_behind_the_programs_back_is_found_and_named() {
    let attacks = [
        ("UPDATE note SET amount = amount + 1 WHERE slot = 3", "RowDiffers"),
        ("UPDATE note_line SET amount = 7 WHERE position = 1", "RowDiffers"),
        ("DELETE FROM note_line WHERE position = 1", "RowDiffers"),
        ("UPDATE note SET text = (SELECT text FROM note WHERE slot = 4) WHERE slot = 3", "RowDiffers"),
        ("DELETE FROM note WHERE slot = 3", "RowMissing"),
        ("UPDATE log_record SET leaf = (SELECT leaf FROM log_record WHERE seq = 2) WHERE seq = 3", "Unreadable"),
        ("DELETE FROM log_record WHERE seq = 5", "Gap"),
        ("UPDATE log_record SET about = NULL WHERE seq = 5", "RowDiffers"),
        ("UPDATE log_detail SET sealed = (SELECT sealed FROM log_detail WHERE seq = 2) WHERE seq = 3", "DetailDiffers"),
        ("DELETE FROM log_detail WHERE seq = 3", "DetailMissing"),
        ("UPDATE log_detail SET seq = 99 WHERE seq = 10", "DetailMissing"),
        ("UPDATE log_detail SET seq = 99 WHERE seq = 10", "DetailDiffers"),
        ("UPDATE log_head SET size = size + 1", "Gap"),
        (FORGED, "NotWritten"),
    ];
    for (attack, expected) in attacks {
        let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let books = home.open(None).unwrap();
        let test = TestBooks { books, home };
        let callers = runtime.block_on(ten_notes(&test));
        let check = || runtime.block_on(test.books.check(callers.business)).unwrap().findings;
        assert_eq!(check(), vec![]);
        behind(&test.home, attack);
        let findings = format!("{:?}", check());
        assert!(findings.contains(expected), "{attack}: {findings}");
    }
}

/// A record that somebody adds who writes the database and has no key: of the last one's kind, in its own place.
const FORGED: &str = "INSERT INTO log_record (business, seq, about, leaf) SELECT business, seq + 1, about, \
     CAST(replace(CAST(leaf AS TEXT), '\"n\":' || seq, '\"n\":' || (seq + 1)) AS BLOB) FROM log_record WHERE seq = 10; \
     UPDATE log_head SET size = size + 1";

// proves: D10, C74.d
#[test]
fn nothing_is_signed_that_was_not_written_here() {
    let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let books = home.open(None).unwrap();
    let test = TestBooks { books, home };
    runtime.block_on(async {
        let callers = ten_notes(&test).await;
        let exported = || async { test.books.export_log(callers.business, Vec::new()).await.unwrap() };
        let before = exported().await;
        behind(&test.home, FORGED);
        test.books.sign_log(callers.business).await.unwrap_err();
        assert!(exported().await == before, "what was signed is what was written");
        // Nor what came before there were marks, once there are.
        let unmarked = "CAST(substr(CAST(leaf AS TEXT), 1, instr(CAST(leaf AS TEXT), ',\"mark\"') - 1) || '}' AS BLOB)";
        behind(&test.home, &format!("UPDATE log_record SET leaf = {unmarked} WHERE seq > 10"));
        test.books.sign_log(callers.business).await.unwrap_err();
        let all = format!("UPDATE log_record SET leaf = {unmarked}; DELETE FROM log_checkpoint; DELETE FROM log_tile");
        behind(&test.home, &all);
        test.books.sign_log(callers.business).await.unwrap_err();
    });
}

// proves: C03.c, D11
#[test]
fn an_older_ciphertext_put_back_in_its_own_place_is_found() {
    let home = Home::new(Dialect::Sqlite, 7, migrations(), AGGREGATES);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let books = home.open(None).unwrap();
    let test = TestBooks { books, home };
    let callers = Callers::of(business(2));
    runtime.block_on(async {
        found(&test.books, &callers.operator()).await.unwrap();
        let note = add(&test.books, &callers.clerk(), 1, "as it was").await.unwrap();
        behind(&test.home, "CREATE TABLE kept AS SELECT * FROM note");
        revise(&test.books, &callers.clerk(), &note, "as it is").await.unwrap();
    });
    let check = || runtime.block_on(test.books.check(callers.business)).unwrap().findings;
    assert_eq!(check(), vec![]);
    for older in ["text = (SELECT text FROM kept)", "(version, text) = (SELECT version, text FROM kept)"] {
        behind(&test.home, &format!("CREATE TABLE now AS SELECT * FROM note; UPDATE note SET {older}"));
        let findings = format!("{:?}", check());
        assert!(findings.contains("RowDiffers"), "{older}: {findings}");
        behind(&test.home, "UPDATE note SET (version, text) = (SELECT version, text FROM now); DROP TABLE now");
    }
    assert_eq!(check(), vec![], "as it stood before");
}

// proves: C03.c, D11
#[test]
fn a_whole_older_row_that_was_put_back_is_found_even_after_it_was_written_on() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = Callers::of(business(2));
        found(&test.books, &callers.operator()).await.unwrap();
        let note = add(&test.books, &callers.clerk(), 1, "as it was").await.unwrap();
        behind(&test.home, "CREATE TABLE kept AS SELECT * FROM note");
        revise(&test.books, &callers.clerk(), &note, "as it is").await.unwrap();
        assert_eq!(test.books.check(callers.business).await.unwrap().findings, []);
        behind(&test.home, "DELETE FROM note; INSERT INTO note SELECT * FROM kept");
        let named = |findings: &[Finding]| format!("{findings:?}");
        let findings = test.books.check(callers.business).await.unwrap().findings;
        assert!(named(&findings).contains("RowDiffers"), "{findings:?}");
        revise(&test.books, &callers.clerk(), &note, "as it shall be").await.unwrap();
        let findings = test.books.check(callers.business).await.unwrap().findings;
        assert!(named(&findings).contains("RowPutBack") && findings.len() == 1, "{findings:?}");
    });
}

/// Changes the database as somebody would who holds its key.
pub(crate) fn behind(home: &Home, sql: &str) {
    if let Some(database) = home.database() {
        database.query(sql).unwrap();
        return;
    }
    let link = rusqlite::Connection::open(home.folder().unwrap().join("coffer.db")).unwrap();
    link.execute_batch(&format!("PRAGMA key = \"x'{}'\"; {sql}", home.database_key())).unwrap();
}
