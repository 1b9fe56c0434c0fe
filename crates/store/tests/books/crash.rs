//! The simulator: seeded runs of random orders, crashed in-process at every step in turn and opened again.

use crate::notes::{AGGREGATES, add, business, found, list, migrations};
use coffer_store::{Dialect, Failure, Faults, Step};
use coffer_testkit::{Callers, Home};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Crashes at the n-th step.
struct CrashAt {
    step: u64,
    seen: AtomicU64,
}

impl Faults for CrashAt {
    fn at(&self, _: Step) -> Option<Failure> {
        (self.seen.fetch_add(1, Ordering::AcqRel) == self.step).then_some(Failure::Crash)
    }
}

/// One life: crash at this step, open again, and compare with what was acknowledged. False once there is no such step.
fn crash_at(engine: Dialect, step: u64) -> bool {
    let home = Home::new(engine, step, migrations(), AGGREGATES);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let callers = Callers::of(business(2));
    let before = home.open(None).unwrap();
    runtime.block_on(found(&before, &callers.operator())).unwrap();
    before.close();

    let faults = Arc::new(CrashAt { step, seen: AtomicU64::new(0) });
    let books = home.open(Some(Arc::clone(&faults) as Arc<dyn Faults>)).unwrap();
    let mut acknowledged = BTreeSet::new();
    runtime.block_on(async {
        for round in 0..2_i64 {
            let clerk = callers.clerk();
            let slots: Vec<i64> = (0..3).map(|number| round * 10 + number).collect();
            let done = futures_util::future::join_all(slots.iter().map(|slot| add(&books, &clerk, *slot, "n"))).await;
            acknowledged.extend(slots.iter().zip(&done).filter(|(_, done)| done.is_ok()).map(|(slot, _)| *slot));
            drop(books.sign_log(callers.business).await);
        }
    });
    books.close();

    let books = home.open(None).unwrap();
    let there: BTreeSet<i64> =
        runtime.block_on(list(&books, &callers.clerk())).unwrap().iter().map(|note| note.slot).collect();
    assert!(acknowledged.is_subset(&there), "{engine:?} step {step}: acknowledged {acknowledged:?}, there {there:?}");
    runtime.block_on(books.sign_log(callers.business)).unwrap();
    let checked = runtime.block_on(books.check(callers.business)).unwrap();
    assert_eq!(checked.findings, vec![], "{engine:?} step {step}");
    assert_eq!(usize::try_from(checked.rows), Ok(there.len()));
    books.close();
    faults.seen.load(Ordering::Acquire) > step
}

/// Every step of a life, one after the other.
fn every_step(engine: Dialect) {
    let steps = (0..).take_while(|step| crash_at(engine, *step)).count();
    assert!(steps > 40, "{engine:?}: {steps} steps were tried");
}

// proves: C85.a
#[test]
fn whatever_step_it_crashes_at_what_was_acknowledged_is_there_and_the_log_is_whole() {
    every_step(Dialect::Sqlite);
}

// proves: C85.a
#[test]
fn the_same_on_postgres() {
    every_step(Dialect::Postgres);
}
