//! What only an engine itself does to a batch: its disk is full, COMMIT fails, the transaction is gone. One body meets it
//! every time it runs; the seven beside it in the same batch stay, and nothing of the one does.

use crate::migrations::with;
use crate::notes::{self, AGGREGATES, Note, NoteWritten, Write, add, business, found, list, migrations};
use coffer_kernel::{Actor, ScopeId, TypedId};
use coffer_store::{Books, Dialect, Failure, Fault, Faults, Reading, Refused, Step, Tx};
use coffer_testkit::{Callers, Home, TestBooks, on_both_engines};
use futures_util::future::{join, join_all};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

type Writing<'a> = Pin<Box<dyn Future<Output = Result<Note, Refused>> + 'a>>;

/// Who waits in one batch beside the bad one.
const GOOD: [i64; 7] = [1, 2, 3, 4, 5, 6, 7];
/// Larger than the room that is left.
const LARGE: usize = 600_000;

fn order(slot: i64, size: usize) -> Write {
    Write { slot, amount: slot, text: "n".repeat(size), scope: ScopeId::from_bytes([1; 16]) }
}

/// Writes a note, and does this in the same body.
fn writing<'a>(
    books: &'a Books,
    clerk: &'a Actor,
    order: Write,
    more: impl Fn(&mut Tx<'_>) -> Result<(), Fault> + Send + 'static,
) -> Writing<'a> {
    Box::pin(books.transact(clerk, order, move |tx, _, order| {
        let note = notes::write(tx, order)?;
        more(tx)?;
        tx.record(NoteWritten(note.clone()), note)
    }))
}

/// All of these in one batch: a body before them holds the writer until they stand in line.
async fn in_one_batch(books: &Books, clerk: &Actor, all: Vec<Writing<'_>>) -> Vec<Result<Note, Refused>> {
    let (runs, free) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (says, waits) = (Arc::clone(&runs), Arc::clone(&free));
    let first = writing(books, clerk, order(0, 1), move |_| {
        says.store(true, Ordering::Release);
        while !waits.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        Ok(())
    });
    let others = async {
        while !runs.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        // Each is in line once it was asked for the first time; the last one lets the writer go.
        join(join_all(all), async { free.store(true, Ordering::Release) }).await.0
    };
    let (first, others) = join(first, others).await;
    assert!(first.is_ok(), "{first:?}");
    others
}

/// One bad body in the middle of seven good ones: what became of it. The seven stand, once each, and the log is whole.
async fn beside_seven(test: &TestBooks, callers: &Callers, bad: Writing<'_>) -> Result<Note, Refused> {
    let (books, clerk) = (&test.books, callers.clerk());
    let mut all: Vec<Writing<'_>> = GOOD.map(|slot| writing(books, &clerk, order(slot, 1), |_| Ok(()))).into();
    all.insert(3, bad);
    let before = books.check(callers.business).await.unwrap().records;
    let mut done = in_one_batch(books, &clerk, all).await;
    let bad = done.remove(3);
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    let there: Vec<i64> = list(books, &clerk).await.unwrap().iter().map(|note| note.slot).collect();
    assert_eq!(there.iter().filter(|slot| **slot <= 50).count(), 8, "{there:?}");
    books.sign_log(callers.business).await.unwrap();
    let checked = books.check(callers.business).await.unwrap();
    assert_eq!((checked.records - before, checked.findings), (9, vec![]), "eight were written, and one look at them");
    bad
}

/// A limit to what the embedded database may hold, so much beyond what it holds now: then its disk is full.
async fn leave_room(books: &Books, clerk: &Actor, pages: i64) {
    let limit = writing(books, clerk, order(100 + pages, 1), move |tx| {
        let now: i64 = tx.query("PRAGMA page_count", &[])?[0].get(0)?;
        tx.query(format!("PRAGMA max_page_count = {}", now + pages).leak(), &[]).map(drop)
    });
    limit.await.unwrap();
}

/// What a server says whose disk has no room for a large row: the code is its own, the reason is the test's.
const NO_ROOM: &str = "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     IF octet_length(NEW.text) > 100000 THEN RAISE 'No space left on device' USING ERRCODE = 'disk_full'; END IF; \
     RETURN NEW; END $$; CREATE TRIGGER no_room BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION no_room()";

// proves: C85.a
#[test]
fn a_full_disk_stops_what_has_no_room_and_nobody_beside_it() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = Callers::of(business(2));
        found(&test.books, &callers.operator()).await.unwrap();
        let clerk = callers.clerk();
        match test.home.database() {
            Some(database) => drop(database.query(NO_ROOM).unwrap()),
            None => leave_room(&test.books, &clerk, 100).await,
        }
        let large = || writing(&test.books, &clerk, order(50, LARGE), |_| Ok(()));
        let full = beside_seven(&test, &callers, large()).await;
        assert!(matches!(full, Err(Refused::Fault(Fault::Broken(_)))), "{full:?}");
        match test.home.database() {
            Some(database) => drop(database.query("DROP TRIGGER no_room ON note").unwrap()),
            None => leave_room(&test.books, &clerk, 100_000).await,
        }
        large().await.unwrap();
    });
}

/// What is promised here has to be there by COMMIT, and not before.
const PROMISES: &str = "CREATE TABLE owed (one TEXT NOT NULL PRIMARY KEY); \
     CREATE TABLE promise (one TEXT NOT NULL REFERENCES owed (one) DEFERRABLE INITIALLY DEFERRED)";

// proves: C85.a
#[test]
fn a_body_that_commit_itself_refuses_takes_only_itself_down() {
    on_both_engines(with(PROMISES), AGGREGATES, |test| async move {
        let callers = Callers::of(business(2));
        found(&test.books, &callers.operator()).await.unwrap();
        let clerk = callers.clerk();
        let promises = |tx: &mut Tx<'_>| tx.execute("INSERT INTO promise (one) VALUES ('a')", &[]).map(drop);
        let bad = writing(&test.books, &clerk, order(50, 1), promises);
        let refused = beside_seven(&test, &callers, bad).await;
        assert!(matches!(refused, Err(Refused::Fault(Fault::Engine(_)))), "{refused:?}");
        let keeps = move |tx: &mut Tx<'_>| {
            promises(tx)?;
            tx.execute("INSERT INTO owed (one) VALUES ('a')", &[]).map(drop)
        };
        writing(&test.books, &clerk, order(50, 1), keeps).await.unwrap();
    });
}

// proves: C85.a
#[test]
fn where_the_transaction_is_gone_nothing_is_written_without_one() {
    let home = Home::new(Dialect::Sqlite, 7, with(PROMISES), AGGREGATES);
    let books = home.open(None).unwrap();
    let test = TestBooks { books, home };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let callers = Callers::of(business(2));
        found(&test.books, &callers.operator()).await.unwrap();
        let clerk = callers.clerk();
        let bad = writing(&test.books, &clerk, order(50, 1), |tx| {
            tx.execute("INSERT INTO owed (one) VALUES ('a')", &[])?;
            // The whole transaction goes with this, and SQLite goes on without one.
            let _ = tx.execute("INSERT OR ROLLBACK INTO owed (one) VALUES ('a')", &[]);
            let _ = notes::write(tx, &order(49, 1));
            let _ = tx.later("INSERT INTO owed (one) VALUES ('b')", vec![]);
            assert!(tx.query("INSERT INTO owed (one) VALUES ('c') RETURNING one", &[]).is_err(), "it is over");
            Ok(())
        });
        let gone = beside_seven(&test, &callers, bad).await;
        assert!(matches!(gone, Err(Refused::Fault(_))), "{gone:?}");
        let left = writing(&test.books, &clerk, order(51, 1), |tx| {
            assert_eq!(tx.query("SELECT one FROM owed", &[])?.len(), 0);
            Ok(())
        });
        left.await.unwrap();
    });
}

/// Counts COMMITs.
#[derive(Default)]
struct Commits(AtomicU32);

impl Faults for Commits {
    fn at(&self, step: Step) -> Option<Failure> {
        self.0.fetch_add(u32::from(step == Step::BeforeCommit), Ordering::AcqRel);
        None
    }
}

#[test]
fn who_waits_together_shares_one_commit() {
    for engine in [Dialect::Sqlite, Dialect::Postgres] {
        let home = Home::new(engine, 7, migrations(), AGGREGATES);
        let commits = Arc::new(Commits::default());
        let books = home.open(Some(Arc::clone(&commits) as Arc<dyn Faults>)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let callers = Callers::of(business(2));
        runtime.block_on(async {
            found(&books, &callers.operator()).await.unwrap();
            let clerk = callers.clerk();
            let before = commits.0.load(Ordering::Acquire);
            let all = (1..=40).map(|slot| Box::pin(add(&books, &clerk, slot, "n")) as Writing<'_>).collect();
            assert!(in_one_batch(&books, &clerk, all).await.iter().all(Result::is_ok));
            assert_eq!(commits.0.load(Ordering::Acquire) - before, 2, "{engine:?}: whoever held the writer, and forty");
        });
        books.close();
    }
}
