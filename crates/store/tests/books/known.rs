//! What was said to be known is no finding as long as it stays what it is, and nobody says so but the log.

use crate::log::{behind, ten_notes};
use crate::notes::{AGGREGATES, add, business, found, migrations, revise};
use coffer_store::{Finding, Knowable, Leaf, Refuse};
use coffer_testkit::{Callers, TestBooks, on_both_engines};

/// How many findings there are, and how many that are known.
async fn looked(test: &TestBooks, callers: &Callers) -> (usize, usize) {
    let checked = test.books.check(callers.business).await.unwrap();
    assert!(checked.knowable.len() <= checked.findings.len());
    (checked.findings.len(), checked.known.len())
}

/// Says of all that can be known that it is; how many that were.
async fn know(test: &TestBooks, callers: &Callers) -> usize {
    let knowable = test.books.check(callers.business).await.unwrap().knowable;
    for what in &knowable {
        test.books.know(&callers.operator(), what, "a disk that died").await.unwrap();
    }
    knowable.len()
}

// proves: D11, C03.c
#[test]
fn what_is_said_to_be_known_is_no_finding_until_it_changes_again() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = ten_notes(&test).await;
        behind(&test.home, "CREATE TABLE kept AS SELECT * FROM note");
        let (alter, back) = ("UPDATE note SET amount = amount + 1 WHERE slot = 3", "DELETE FROM note");
        behind(&test.home, alter);
        let what = test.books.check(callers.business).await.unwrap().knowable.remove(0);
        let refused = test.books.know(&callers.owner(), &what, "nobody said so").await.unwrap_err();
        assert_eq!((refused.code(), looked(&test, &callers).await), ("role.not_allowed", (1, 0)));
        assert_eq!(know(&test, &callers).await, 1);
        let checked = test.books.check(callers.business).await.unwrap();
        assert_eq!((checked.findings, checked.knowable), (vec![], vec![]));
        assert_eq!((&checked.known[0].finding, checked.known[0].by.as_str()), (&what.finding, "operator:root"));
        for again in [
            alter,
            "UPDATE note SET digest = NULL WHERE slot = 3",
            "UPDATE note_line SET amount = 77 WHERE position = 1 AND note = (SELECT id FROM note WHERE slot = 3)",
            "DELETE FROM note WHERE slot = 3",
        ] {
            behind(&test.home, again);
            assert_eq!(looked(&test, &callers).await, (1, 0), "{again}: it is another state");
        }
        behind(&test.home, &format!("{back}; INSERT INTO note SELECT * FROM kept"));
        behind(&test.home, "UPDATE note_line SET amount = 31 WHERE position = 1 AND amount = 77");
        assert_eq!(looked(&test, &callers).await, (0, 0), "what was put right is neither");
        behind(&test.home, alter);
        behind(&test.home, "UPDATE note SET amount = amount + 1 WHERE slot = 4");
        assert_eq!(looked(&test, &callers).await, (1, 1), "another row is another matter");
    });
}

// proves: D11, C03.c
#[test]
fn an_older_row_is_known_beside_what_the_log_said_then_and_written_on_only_there() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = Callers::of(business(2));
        found(&test.books, &callers.operator()).await.unwrap();
        let note = add(&test.books, &callers.clerk(), 1, "as it was").await.unwrap();
        let write = async |text| revise(&test.books, &callers.clerk(), &note, text).await.unwrap();
        let put = |kept| behind(&test.home, &format!("DELETE FROM note; INSERT INTO note SELECT * FROM {kept}"));
        behind(&test.home, "CREATE TABLE kept AS SELECT * FROM note");
        write("as it is").await;
        behind(&test.home, "CREATE TABLE now AS SELECT * FROM note");
        put("kept");
        assert_eq!((know(&test, &callers).await, looked(&test, &callers).await), (1, (0, 1)));
        put("now");
        write("as it shall be").await;
        put("kept");
        assert_eq!(looked(&test, &callers).await, (1, 0), "the same row, but the log says another one now");
        write("written on").await;
        let findings = test.books.check(callers.business).await.unwrap().findings;
        assert!(matches!(findings.as_slice(), [Finding::RowPutBack { .. }]), "{findings:?}");
        assert_eq!((know(&test, &callers).await, looked(&test, &callers).await), (1, (0, 1)));
        put("kept");
        write("written on once more").await;
        assert_eq!(looked(&test, &callers).await, (1, 1), "that is another time");
    });
}

/// A record that says that this is known, as somebody makes it who writes the database and even has its print.
fn forge(test: &TestBooks, like: &Leaf, what: &Knowable, mark: Option<String>) {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let (n, print) = (like.n + 1, hex(&what.print));
    let (what, about) = ("finding.known".to_owned(), Some(print.clone()));
    let leaf = Leaf { n, what, about, rows: Vec::new(), detail: None, mark, ..like.clone() };
    let leaf = hex(&serde_json::to_vec(&leaf).unwrap());
    let (print, leaf) = if test.home.database().is_some() {
        (format!("'{print}'"), format!("'\\x{leaf}'"))
    } else {
        (format!("X'{print}'"), format!("X'{leaf}'"))
    };
    let of = "business = (SELECT business FROM note WHERE slot = 1)";
    let insert = format!(
        "INSERT INTO log_record (business, seq, about, leaf) SELECT business, {n}, {print}, {leaf} FROM note WHERE slot = 1"
    );
    behind(&test.home, &format!("{insert}; UPDATE log_head SET size = size + 1 WHERE {of}"));
}

// proves: D10, D11
#[test]
fn whoever_writes_the_database_makes_nothing_known() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = ten_notes(&test).await;
        behind(&test.home, "UPDATE note SET amount = amount + 1 WHERE slot = 3");
        assert_eq!(know(&test, &callers).await, 1);
        assert_eq!(test.books.sign_log(callers.business).await.unwrap(), 12);
        behind(&test.home, "UPDATE note SET amount = amount + 1 WHERE slot = 4");
        let what = test.books.check(callers.business).await.unwrap().knowable.remove(0);
        let log = test.books.export_log(callers.business, Vec::new()).await.unwrap();
        let last = log.split(|byte| *byte == b'\n').filter_map(Leaf::from_bytes).next_back().unwrap();
        for mark in [last.mark.clone(), None] {
            forge(&test, &last, &what, mark);
            // The row, the record, and what was known before: of a log that is not whole nothing is.
            assert_eq!(looked(&test, &callers).await, (3, 0));
            assert_eq!(know(&test, &callers).await, 0, "nor can anything be");
            behind(&test.home, "DELETE FROM log_record WHERE seq = 12; UPDATE log_head SET size = 12 WHERE size = 13");
            assert_eq!(looked(&test, &callers).await, (1, 1));
        }
    });
}
