//! Logs that were cut in the database, held against the head that is kept outside of it.

use crate::log::{behind, ten_notes};
use crate::notes::{AGGREGATES, add, business, found, list, migrations};
use coffer_kernel::{BusinessId, Refuse};
use coffer_proof::checkpoint::{Checkpoint, VerifierKey};
use coffer_proof::export::{Finding as Judged, verify};
use coffer_store::{Dialect, Fault, Finding, Heads, Refused};
use coffer_testkit::{Callers, Home, TestBooks};
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};

/// Heads in memory: what the folder beside the data is to the program.
#[derive(Default)]
struct Kept(Mutex<HashMap<BusinessId, Vec<u8>>>);

impl Heads for Kept {
    fn last(&self, log: BusinessId) -> io::Result<Option<Vec<u8>>> {
        Ok(self.0.lock().unwrap().get(&log).cloned())
    }
    fn keep(&self, log: BusinessId, note: &str) -> io::Result<()> {
        self.put(log, note.as_bytes());
        Ok(())
    }
}

impl Kept {
    fn of(&self, log: BusinessId) -> Vec<u8> {
        self.last(log).unwrap().unwrap()
    }
    fn put(&self, log: BusinessId, note: &[u8]) {
        self.0.lock().unwrap().insert(log, note.to_vec());
    }
}

/// A place that is empty, and that nobody can write.
struct Closed;

impl Heads for Closed {
    fn last(&self, _: BusinessId) -> io::Result<Option<Vec<u8>>> {
        Ok(None)
    }
    fn keep(&self, _: BusinessId, _: &str) -> io::Result<()> {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

/// Ten notes and a look at them, each signed: heads over 11 and over 12 records, of which the last wrote no row.
fn with_heads(test: impl AsyncFn(&mut TestBooks, &Kept, Callers)) {
    for engine in [Dialect::Sqlite, Dialect::Postgres] {
        let kept = Arc::new(Kept::default());
        let mut home = Home::new(engine, 7, migrations(), AGGREGATES);
        home.keep_heads(Arc::clone(&kept) as Arc<dyn Heads>);
        let mut books = TestBooks { books: home.open(None).unwrap(), home };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let callers = ten_notes(&books).await;
            list(&books.books, &callers.clerk()).await.unwrap();
            assert_eq!(books.books.sign_log(callers.business).await.unwrap(), 12);
            test(&mut books, &kept, callers).await;
        });
    }
}

async fn findings(test: &TestBooks, log: BusinessId) -> Vec<Finding> {
    test.books.check(log).await.unwrap().findings
}

/// What stands in the record before this one.
const ANOTHER: &str = "(SELECT o.leaf FROM log_record o WHERE o.business = log_record.business AND o.seq = 2)";

/// Takes away what stands from this record on, and the heads over it.
fn cut(test: &TestBooks, from: i64) {
    for table in ["log_record", "log_detail"] {
        behind(&test.home, &format!("DELETE FROM {table} WHERE seq >= {from}"));
    }
    behind(&test.home, &format!("DELETE FROM log_checkpoint WHERE size > {from}"));
    behind(&test.home, &format!("UPDATE log_head SET size = {from}"));
}

// proves: D10, C74.b
#[test]
fn a_log_that_was_cut_is_named_and_not_signed() {
    with_heads(async |test, kept, callers| {
        let log = callers.business;
        let head = kept.of(log);
        assert_eq!(findings(test, log).await, []);
        cut(test, 11);
        // All that stands fits together; only that there was more does not.
        let named = |stands| Finding::LogCut { log, kept: Some(12), stands };
        assert_eq!(findings(test, log).await, [named(11)]);
        assert_eq!(test.books.sign_log(log).await.unwrap_err().code(), "log.cut");
        assert!(test.books.may_have_said(log, |_| false).await.unwrap(), "what is gone could have said it");
        // Nor once it is as long again, and longer.
        for _ in 0..2 {
            list(&test.books, &callers.clerk()).await.unwrap();
            assert_eq!(test.books.sign_log(log).await.unwrap_err().code(), "log.cut");
        }
        test.reopen();
        assert_eq!(test.books.sign_log(log).await.unwrap_err().code(), "log.cut");
        assert_eq!(findings(test, log).await, [named(13)]);
        assert_eq!(kept.of(log), head, "what was kept stays");
    });
}

// proves: D10, C74.b
#[test]
fn a_log_that_was_cut_with_all_of_its_heads_and_nodes_is_named_and_not_signed() {
    with_heads(async |test, kept, callers| {
        let (log, head) = (callers.business, kept.of(callers.business));
        cut(test, 5);
        behind(&test.home, "DELETE FROM log_tile");
        assert!(findings(test, log).await.contains(&Finding::LogCut { log, kept: Some(12), stands: 5 }));
        assert_eq!(test.books.sign_log(log).await.unwrap_err().code(), "log.cut");
        assert_eq!(kept.of(log), head);
    });
}

// proves: D10, C74.b
#[test]
fn an_export_of_a_log_that_was_cut_does_not_reach_the_head_that_was_kept() {
    with_heads(async |test, kept, callers| {
        let log = callers.business;
        let key: VerifierKey = test.books.log_verifier(log).await.unwrap().parse().unwrap();
        let head = Checkpoint::open(&kept.of(log), &key).unwrap();
        let judged = async || {
            let file = test.books.export_log(log, Vec::new()).await.unwrap();
            let by = |head: Option<&Checkpoint>| verify(file.as_slice(), &key, head).map(|whole| whole.head.size);
            (by(None), by(Some(&head)))
        };
        assert!(matches!(judged().await, (Ok(12), Ok(12))), "whole");
        cut(test, 11);
        let ended = judged().await;
        assert!(matches!(ended, (Ok(11), Err(Judged::Rewritten { kept: 12, leaves: 11 }))), "{ended:?}");
        // Under a head that still stands.
        behind(&test.home, "DELETE FROM log_record WHERE seq = 4");
        let hole = judged().await;
        assert!(matches!(hole, (Err(Judged::Altered(_)), Err(Judged::Altered(_)))), "{hole:?}");
        cut(test, 0);
        let nothing = judged().await;
        let rewritten = matches!(nothing.1, Err(Judged::Rewritten { kept: 12, leaves: 0 }));
        assert!(rewritten && matches!(nothing.0, Err(Judged::Unsigned { .. })), "{nothing:?}");
    });
}

// proves: D10
#[test]
fn a_head_that_is_gone_or_older_than_it_could_be_is_no_cut() {
    with_heads(async |test, kept, callers| {
        let (log, head) = (callers.business, kept.of(callers.business));
        for gone in ["DELETE FROM log_checkpoint WHERE size > 11", "DELETE FROM log_checkpoint; DELETE FROM log_tile"] {
            behind(&test.home, gone);
            assert_eq!(findings(test, log).await, [], "{gone}: every record stands");
            assert_eq!(test.books.sign_log(log).await.unwrap(), 12, "{gone}");
            assert_eq!(kept.of(log), head, "{gone}");
        }
        add(&test.books, &callers.clerk(), 11, "eleven").await.unwrap();
        test.books.sign_log(log).await.unwrap();
        let newer = kept.of(log);
        assert_ne!(newer, head);
        // It ended after the commit and before the head was kept.
        kept.put(log, &head);
        test.reopen();
        assert_eq!(findings(test, log).await, []);
        test.books.sign_log(log).await.unwrap();
        assert_eq!(kept.of(log), newer, "it is kept in the next round");
    });
}

// proves: D10, C74.b
#[test]
fn what_is_kept_is_never_talked_down() {
    with_heads(async |test, kept, callers| {
        let (log, head) = (callers.business, kept.of(callers.business));
        test.reopen();
        behind(&test.home, "DELETE FROM log_checkpoint WHERE size > 11");
        behind(&test.home, "UPDATE log_head SET size = 11");
        // Every record stands still; it is the database that says otherwise.
        assert_eq!(test.books.sign_log(log).await.unwrap_err().code(), "log.cut");
        assert_eq!(findings(test, log).await, [Finding::Gap { seq: 11 }]);
        assert_eq!(kept.of(log), head);
        behind(&test.home, "UPDATE log_head SET size = 12");
        assert_eq!(test.books.sign_log(log).await.unwrap(), 12);
        // Moved away while it serves, it is kept anew in the next round.
        kept.0.lock().unwrap().remove(&log);
        assert_eq!(test.books.sign_log(log).await.unwrap(), 12);
        assert_eq!(kept.of(log), head);
    });
}

// proves: D10
#[test]
fn what_is_kept_and_is_no_head_of_this_log_is_named_and_stays() {
    with_heads(async |test, kept, callers| {
        let (log, head, other) = (callers.business, kept.of(callers.business), Callers::of(business(3)));
        found(&test.books, &other.operator()).await.unwrap();
        test.books.sign_log(other.business).await.unwrap();
        let foreign = kept.of(other.business);
        for damaged in [b"".as_slice(), b"x", &head[..head.len() - 9], foreign.as_slice()] {
            kept.put(log, damaged);
            assert_eq!(findings(test, log).await, [Finding::LogCut { log, kept: None, stands: 12 }]);
            assert_eq!(test.books.sign_log(log).await.unwrap_err().code(), "log.cut");
            assert_eq!(kept.of(log), damaged, "nothing takes its place by itself");
        }
        kept.put(log, &head);
        assert_eq!(findings(test, log).await, []);
    });
}

// proves: D10
#[test]
fn each_node_keeps_its_own_head_and_an_older_one_is_continued() {
    with_heads(async |test, kept, callers| {
        if test.books.dialect() == Dialect::Sqlite {
            return;
        }
        let (log, elsewhere) = (callers.business, Arc::new(Kept::default()));
        test.home.keep_heads(Arc::clone(&elsewhere) as Arc<dyn Heads>);
        let other = std::thread::scope(|scope| scope.spawn(|| test.home.open(None)).join()).unwrap().unwrap();
        other.sign_log(log).await.unwrap();
        assert_eq!(elsewhere.of(log), kept.of(log), "what it finds signed it keeps");
        for slot in 20..22 {
            add(&test.books, &callers.clerk(), slot, "more").await.unwrap();
            test.books.sign_log(log).await.unwrap();
        }
        assert_ne!(elsewhere.of(log), kept.of(log));
        assert_eq!(other.check(log).await.unwrap().findings, []);
        add(&other, &callers.clerk(), 22, "more").await.unwrap();
        other.sign_log(log).await.unwrap();
        test.books.sign_log(log).await.unwrap();
        assert_eq!(elsewhere.of(log), kept.of(log));
        assert_eq!(findings(test, log).await, []);
        cut(test, 12);
        for node in [&other, &test.books] {
            assert_eq!(node.sign_log(log).await.unwrap_err().code(), "log.cut");
        }
        other.close();
    });
}

// proves: D10
#[test]
fn a_step_that_builds_on_a_log_is_not_taken_where_that_was_cut() {
    with_heads(async |test, kept, callers| {
        let log = callers.business;
        test.books.close();
        let refused = |test: &TestBooks| {
            behind(&test.home, "DELETE FROM schema_step WHERE number >= 24");
            let opened = std::thread::scope(|scope| scope.spawn(|| test.home.open(None).err()).join());
            opened.unwrap().unwrap()
        };
        // The step finds here what it would make, and says so: the log is looked at before.
        let whole = refused(test);
        assert!(!matches!(whole, Fault::LogCut { .. }), "{whole:?}");
        cut(test, 11);
        assert_eq!(refused(test), Fault::LogCut { log, kept: Some(12), stands: 11 });
        kept.put(log, b"x");
        assert_eq!(refused(test), Fault::LogCut { log, kept: None, stands: 11 });
    });
}

// proves: D10
#[test]
fn where_no_head_was_kept_a_log_goes_on_from_the_last_one_that_fits_its_records_and_it_is_said() {
    with_heads(async |test, _, callers| {
        let (log, new) = (callers.business, Arc::new(Kept::default()));
        assert_eq!(test.books.begun_with(log).await.unwrap(), None, "each of them was kept here");
        assert_eq!(test.books.begun_newly(log), None);
        test.home.keep_heads(Arc::clone(&new) as Arc<dyn Heads>);
        test.reopen();
        assert_eq!(test.books.begun_with(log).await.unwrap(), Some(12), "before it is signed");
        list(&test.books, &callers.clerk()).await.unwrap();
        assert_eq!(test.books.sign_log(log).await.unwrap(), 13);
        assert_eq!((test.books.begun_newly(log), test.books.begun_newly(log)), (Some(12), None), "once");
        assert_eq!(test.books.begun_with(log).await.unwrap(), Some(12), "as long as it is open");
        test.reopen();
        assert_eq!(test.books.begun_with(log).await.unwrap(), None, "it is kept by now");

        new.0.lock().unwrap().remove(&log);
        behind(&test.home, &format!("UPDATE log_record SET leaf = {ANOTHER} WHERE seq = 3"));
        list(&test.books, &callers.clerk()).await.unwrap();
        assert_eq!(test.books.sign_log(log).await.unwrap_err().code(), "broken", "its nodes still fit the head");
        assert_eq!(new.last(log).unwrap(), None, "nothing is kept of it");
        assert!(findings(test, log).await.contains(&Finding::TreeDiffers { size: 13 }));
    });
}

// proves: D10
#[test]
fn where_no_head_can_be_kept_the_records_are_read_once_and_what_was_signed_since_is_held_against() {
    with_heads(async |test, _, callers| {
        let log = callers.business;
        test.home.keep_heads(Arc::new(Closed));
        test.reopen();
        let signed = async |test: &TestBooks| {
            list(&test.books, &callers.clerk()).await.unwrap();
            test.books.sign_log(log).await.unwrap_err()
        };
        let refused = signed(test).await;
        assert!(matches!(refused, Refused::Fault(Fault::Beside(_))), "signed, and not kept: {refused:?}");
        // Whoever read all of it again would find this.
        behind(&test.home, &format!("UPDATE log_record SET leaf = {ANOTHER} WHERE seq = 3"));
        for _ in 0..2 {
            let refused = signed(test).await;
            assert!(matches!(refused, Refused::Fault(Fault::Beside(_))), "not read again: {refused:?}");
        }
        cut(test, 12);
        assert_eq!(
            test.books.sign_log(log).await.unwrap_err(),
            Fault::LogCut { log, kept: Some(15), stands: 12 }.into()
        );
    });
}

// proves: D10
#[test]
fn where_the_records_do_not_fit_the_last_head_they_are_read_once() {
    with_heads(async |test, kept, callers| {
        let log = callers.business;
        kept.0.lock().unwrap().remove(&log);
        behind(&test.home, "CREATE TABLE put_aside AS SELECT business, leaf FROM log_record WHERE seq = 3");
        behind(&test.home, &format!("UPDATE log_record SET leaf = {ANOTHER} WHERE seq = 3"));
        assert_eq!(test.books.sign_log(log).await.unwrap_err().code(), "broken");
        // Whoever read it again would find it whole.
        let as_it_was = "(SELECT p.leaf FROM put_aside p WHERE p.business = log_record.business)";
        behind(&test.home, &format!("UPDATE log_record SET leaf = {as_it_was} WHERE seq = 3"));
        assert_eq!(test.books.sign_log(log).await.unwrap_err().code(), "broken", "not read again");
        behind(&test.home, "DROP TABLE put_aside");
        test.reopen();
        assert_eq!(test.books.sign_log(log).await.unwrap(), 12, "it is whole");
    });
}
