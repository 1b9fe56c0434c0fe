//! A long look that nobody waits for any more ends, so that whoever stops the program does not wait for it.

use crate::notes::{AGGREGATES, add, business, found, migrations};
use coffer_store::{Failure, Faults, Step};
use coffer_testkit::{Callers, on_both_engines};
use futures_util::FutureExt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// Holds the first statement that reads the log of a look until it is told to go on, once it stands; counts those after it.
#[derive(Default)]
struct Gate {
    held: Mutex<Option<(Sender<()>, Receiver<()>)>>,
    after: AtomicUsize,
}

impl Faults for Gate {
    fn at(&self, step: Step) -> Option<Failure> {
        let Step::Statement(sql) = step else { return None };
        let mut held = self.held.lock().unwrap();
        match held.take() {
            Some((came, go)) if sql.starts_with("SELECT seq, leaf, about FROM log_record") => {
                drop(held);
                came.send(()).unwrap();
                go.recv().unwrap();
            }
            Some(waiting) => *held = Some(waiting),
            None => drop(self.after.fetch_add(1, Ordering::AcqRel)),
        }
        None
    }
}

// proves: D4
#[test]
fn a_look_that_nobody_waits_for_asks_nothing_more() {
    on_both_engines(migrations(), AGGREGATES, |mut test| async move {
        let callers = Callers::of(business(2));
        found(&test.books, &callers.operator()).await.unwrap();
        add(&test.books, &callers.clerk(), 1, "n").await.unwrap();
        test.books.close();
        let gate = Arc::new(Gate::default());
        let with = Arc::clone(&gate) as Arc<dyn Faults>;
        let opened = std::thread::scope(|scope| scope.spawn(|| test.home.open(Some(with))).join());
        test.books = opened.unwrap().unwrap();
        let ((came, comes), (go, goes)) = (channel(), channel());
        *gate.held.lock().unwrap() = Some((came, goes));
        gate.after.store(0, Ordering::Release);
        let books = test.books.clone();
        let mut look = Box::pin(books.check(callers.business));
        assert!((&mut look).now_or_never().is_none());
        comes.recv().unwrap();
        // In the middle of it nobody waits any more.
        drop(look);
        go.send(()).unwrap();
        test.books.close();
        assert_eq!(gate.after.load(Ordering::Acquire), 0);
    });
}
