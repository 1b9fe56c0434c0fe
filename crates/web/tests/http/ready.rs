//! Whether a node can be used: a statement that took long is no clock that is wrong.

use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_store::{Dialect, Failure, Faults, Step};
use coffer_testkit::VirtualClock;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Longer than any two clocks are apart: while this passes here, every clock there is shows what lies between.
const THIRTY_YEARS: i64 = 30 * 365 * 24 * 60 * 60;

/// A server that is asked for its clock and takes that long, once it is told to.
struct Slow {
    clock: Arc<VirtualClock>,
    once: AtomicBool,
}

impl Faults for Slow {
    fn at(&self, step: Step) -> Option<Failure> {
        let asks = matches!(step, Step::Statement(sql) if sql.contains("clock_timestamp"));
        if asks && self.once.swap(false, Ordering::AcqRel) {
            self.clock.advance_seconds(2 * THIRTY_YEARS);
        }
        None
    }
}

// proves: C96.e, F6
#[test]
fn a_node_whose_question_took_long_is_ready_and_one_whose_clock_differs_is_not() {
    on_both_engines(|mut test| async move {
        test.books.close();
        test.home.clock.advance_seconds(-THIRTY_YEARS);
        let slow = Arc::new(Slow { clock: Arc::clone(&test.home.clock), once: AtomicBool::new(false) });
        let with = Arc::clone(&slow) as Arc<dyn Faults>;
        let opened = std::thread::scope(|scope| scope.spawn(|| test.home.open(Some(with))).join());
        test.books = opened.unwrap().unwrap();
        let world = World::of(test, &[]).await;
        // The embedded engine goes by the clock of this process: there is none that could differ.
        let differs = world.test.books.dialect() == Dialect::Postgres;
        let ready = async || {
            let (status, said) = world.send("GET", "/readyz", "", None).await;
            (status, said["code"].as_str().map(str::to_owned))
        };
        let apart = (StatusCode::SERVICE_UNAVAILABLE, Some("clocks.differ".to_owned()));
        let used = (StatusCode::OK, None);
        let otherwise = if differs { apart } else { used.clone() };
        assert_eq!(ready().await, otherwise, "thirty years behind");
        slow.once.store(true, Ordering::Release);
        assert_eq!(ready().await, used, "asked before, and answered after");
        assert_eq!(slow.once.load(Ordering::Acquire), !differs, "the statement was asked");
        assert_eq!(ready().await, otherwise, "thirty years ahead");
    });
}
