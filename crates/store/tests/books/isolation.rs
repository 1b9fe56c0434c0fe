//! Savepoints do not isolate by themselves: one bad body never harms its neighbours.

use crate::notes::{self, AGGREGATES, NoteWritten, Write, add, business, found, list, migrations};
use coffer_kernel::{ScopeId, TypedId};
use coffer_store::{Dialect, Failure, Fault, Faults, Refused, Step};
use coffer_testkit::{Callers, Home, TestBooks, on_both_engines};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

fn order(slot: i64) -> Write {
    Write { slot, amount: slot, text: "n".into(), scope: ScopeId::from_bytes([1; 16]) }
}

#[test]
fn a_body_that_panics_takes_only_itself_down() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = Callers::of(business(2));
        found(&test.books, &callers.operator()).await.unwrap();
        let clerk = callers.clerk();
        let bad = test.books.transact::<_, (), Refused, _>(&clerk, order(50), |tx, _, order| {
            notes::write(tx, order)?;
            panic!("on purpose")
        });
        let (bad, good) = tokio::join!(bad, add(&test.books, &clerk, 1, "good"));
        assert_eq!(bad, Err(Refused::Fault(Fault::Panicked)));
        assert!(good.is_ok());
        assert_eq!(list(&test.books, &clerk).await.unwrap().len(), 1);
        assert_eq!(test.books.check(callers.business).await.unwrap().findings, vec![]);
    });
}

#[test]
fn a_body_cannot_end_the_transaction_it_runs_in() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = Callers::of(business(2));
        found(&test.books, &callers.operator()).await.unwrap();
        let clerk = callers.clerk();
        for sql in ["COMMIT", "ROLLBACK", "rollback to savepoint body", "RELEASE body", "BEGIN"] {
            let outcome = test.books.transact::<_, (), Refused, _>(&clerk, order(1), move |tx, _, order| {
                let note = notes::write(tx, order)?;
                let _ = tx.execute(sql, &[]);
                tx.record(NoteWritten(note), ())
            });
            assert!(matches!(outcome.await, Err(Refused::Fault(Fault::Misuse(_)))), "{sql}");
        }
        assert_eq!(list(&test.books, &callers.clerk()).await.unwrap(), vec![]);
    });
}

#[test]
fn a_body_has_a_budget() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = Callers::of(business(2));
        found(&test.books, &callers.operator()).await.unwrap();
        let clerk = callers.clerk();
        let outcome = test.books.transact::<_, (), Refused, _>(&clerk, order(1), |tx, _, order| {
            let note = notes::write(tx, order)?;
            while tx.later("DELETE FROM note_line WHERE position = 99", vec![]).is_ok() {}
            tx.record(NoteWritten(note), ())
        });
        assert!(matches!(outcome.await, Err(Refused::Fault(Fault::OverBudget(_)))));
    });
}

/// Fails once, at the first step that fits.
struct FailOnce {
    what: fn(Step) -> bool,
    failure: Failure,
    left: AtomicU32,
}

impl Faults for FailOnce {
    fn at(&self, step: Step) -> Option<Failure> {
        let fits = (self.what)(step)
            && self.left.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(1)).is_ok();
        fits.then_some(self.failure)
    }
}

fn with_fault(engine: Dialect, what: fn(Step) -> bool, failure: Failure) -> (TestBooks, Arc<FailOnce>) {
    let home = Home::new(engine, 7, migrations(), AGGREGATES);
    let faults = Arc::new(FailOnce { what, failure, left: AtomicU32::new(0) });
    let books = home.open(Some(Arc::clone(&faults) as Arc<dyn Faults>)).unwrap();
    (TestBooks { books, home }, faults)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

/// Eight at once, with one failure on the way: each is done, exactly once.
fn eight_survive(what: fn(Step) -> bool, failure: Failure) {
    for engine in [Dialect::Sqlite, Dialect::Postgres] {
        let (test, faults) = with_fault(engine, what, failure);
        let callers = Callers::of(business(2));
        runtime().block_on(async {
            found(&test.books, &callers.operator()).await.unwrap();
            faults.left.store(1, Ordering::Release);
            let clerk = callers.clerk();
            let all = futures_util::future::join_all((0..8).map(|slot| add(&test.books, &clerk, slot, "n"))).await;
            assert!(all.iter().all(Result::is_ok), "{engine:?} {all:?}");
            assert_eq!(faults.left.load(Ordering::Acquire), 0, "it did fail");
            assert_eq!(list(&test.books, &clerk).await.unwrap().len(), 8);
            test.books.sign_log(callers.business).await.unwrap();
            let checked = test.books.check(callers.business).await.unwrap();
            assert_eq!((checked.records, checked.rows, checked.findings), (10, 8, vec![]));
        });
    }
}

#[test]
fn a_transaction_lost_in_the_middle_is_run_again_body_by_body() {
    // As with a full disk: SQLite drops the whole transaction and goes on in autocommit.
    eight_survive(
        |step| matches!(step, Step::Statement(sql) if sql.starts_with("INSERT INTO note_line")),
        Failure::Lose,
    );
}

#[test]
fn a_commit_that_fails_for_the_group_is_run_again_body_by_body() {
    eight_survive(|step| step == Step::BeforeCommit, Failure::Refuse);
}

// proves: C85.a
#[test]
fn a_commit_that_never_arrived_is_not_taken_for_done() {
    eight_survive(|step| step == Step::BeforeCommit, Failure::Silence);
}

#[test]
fn a_commit_whose_answer_never_came_is_looked_up() {
    eight_survive(|step| step == Step::AfterCommit, Failure::Silence);
}
