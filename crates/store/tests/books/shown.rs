//! What an order shows of sealed data: recorded, and no more of it than reading would show.

use crate::notes::{self, AGGREGATES, NoteWritten, Write, add, business, found, list, migrations, show};
use coffer_kernel::{Action, InvoiceId, ScopeId, SubjectId, TypedId};
use coffer_store::{Failure, Faults, Leaf, Once, Outcome, Refused, Step};
use coffer_testkit::{Callers, TestBooks, on_both_engines};
use futures_util::FutureExt;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;

async fn founded(test: &TestBooks) -> Callers {
    let callers = Callers::of(business(2));
    found(&test.books, &callers.operator()).await.unwrap();
    callers
}

/// The log's last leaves, the newest first.
async fn last(test: &TestBooks, callers: &Callers, most: usize) -> Vec<Leaf> {
    test.books.sign_log(callers.business).await.unwrap();
    let log = String::from_utf8(test.books.export_log(callers.business, Vec::new()).await.unwrap()).unwrap();
    let mut leaves: Vec<_> = log.lines().filter_map(|line| Leaf::from_bytes(line.as_bytes())).collect();
    leaves.reverse();
    leaves.truncate(most);
    leaves
}

// proves: C73.a
#[test]
fn a_repetition_shows_no_more_than_reading_would_and_records_what_it_showed() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let order = || Write { slot: 1, amount: 1, text: "once".into(), scope: ScopeId::from_bytes([1; 16]) };
        let once = || Some(Once { key: "k".into(), request: b"a".to_vec() });
        let body = |tx: &mut coffer_store::Tx<'_>, _: &coffer_kernel::Permit, order: &Write| {
            let note = notes::write(tx, order)?;
            tx.record(NoteWritten(note.clone()), note)
        };
        let writes = callers.key(&[Action::AddCustomer]);
        let reads_too = callers.key(&[Action::AddCustomer, Action::ReadCustomers]);
        let first: Result<_, Refused> = test.books.transact_once(&writes, once(), order(), body).await;
        let blind: Result<_, Refused> = test.books.transact_once(&writes, once(), order(), body).await;
        assert_eq!(blind, Err(Refused::DoneBefore), "who may not read is not shown what stands there now");
        let shown: Result<_, Refused> = test.books.transact_once(&reads_too, once(), order(), body).await;
        assert_eq!(shown, first);
        let leaves = last(&test, &callers, 3).await;
        let ends: Vec<_> = leaves.iter().map(|leaf| (leaf.out, leaf.what.as_str())).collect();
        let expected =
            [(Outcome::Shown, "note.text"), (Outcome::Refused, "done_before"), (Outcome::Done, "note.written")];
        assert_eq!(ends, expected);
    });
}

// proves: C73.a
#[test]
fn looks_for_one_answer_are_recorded_each_and_before_it_is_given() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let clerk = callers.clerk();
        for slot in [1, 2] {
            add(&test.books, &clerk, slot, "n").await.unwrap();
        }
        let outs = async || last(&test, &callers, 3).await.iter().map(|leaf| leaf.out).collect::<Vec<_>>();
        let looks = |books| async {
            let seen = list(&books, &clerk).await.unwrap().len() + list(&books, &clerk).await.unwrap().len();
            assert!(!outs().await.contains(&Outcome::Shown), "what was opened is not shown to anybody yet");
            (seen, books)
        };
        let (seen, kept) = test.books.together(looks).await.unwrap();
        assert_eq!((seen, outs().await), (4, vec![Outcome::Shown, Outcome::Shown, Outcome::Done]));
        list(&kept, &clerk).await.unwrap();
        assert_eq!(outs().await, [Outcome::Shown; 3], "who kept the way in once it is over is recorded at once");
    });
}

// proves: C73.a
#[test]
fn what_an_order_opened_stands_in_its_record() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let clerk = callers.clerk();
        let id = SubjectId::from_bytes(add(&test.books, &clerk, 1, "n").await.unwrap().id);
        let order = Write { slot: 1, amount: 2, text: String::new(), scope: ScopeId::from_bytes([1; 16]) };
        let changed: Result<String, Refused> = test
            .books
            .transact(&clerk, order, move |tx, permit, _| {
                let granted = tx.lock::<notes::Note>(permit, id)?;
                let next = notes::Note { version: granted.version + 1, ..granted.clone() };
                tx.replace(&granted, &next)?;
                tx.record(NoteWritten(next.clone()), next.text)
            })
            .await;
        assert_eq!(changed.as_deref(), Ok("n"));
        let leaves = last(&test, &callers, 2).await;
        let opened: Vec<_> = leaves.iter().map(|leaf| leaf.opened.as_deref()).collect();
        assert_eq!(opened, [Some("note.text"), None]);
    });
}

/// Loses every transaction before its COMMIT, while it is told to.
#[derive(Default)]
struct Loses(AtomicBool);

impl Faults for Loses {
    fn at(&self, step: Step) -> Option<Failure> {
        (step == Step::BeforeCommit && self.0.load(Ordering::Acquire)).then_some(Failure::Lose)
    }
}

// proves: C73.a
#[test]
fn what_a_link_shows_is_not_counted_where_it_could_not_be_recorded() {
    on_both_engines(migrations(), AGGREGATES, |mut test| async move {
        let callers = founded(&test).await;
        add(&test.books, &callers.clerk(), 1, "n").await.unwrap();
        test.books.close();
        let faults = Arc::new(Loses::default());
        let with = Arc::clone(&faults) as Arc<dyn Faults>;
        let opened = std::thread::scope(|scope| scope.spawn(|| test.home.open(Some(with))).join());
        test.books = opened.unwrap().unwrap();
        let link = callers.link(InvoiceId::from_bytes([5; 16]));
        faults.0.store(true, Ordering::Release);
        assert!(show(&test.books, &link).await.is_err(), "nothing is shown that is not recorded");
        faults.0.store(false, Ordering::Release);
        assert_eq!(show(&test.books, &link).await, Ok(1));
        let leaves = last(&test, &callers, 2).await;
        let ends: Vec<_> = leaves.iter().map(|leaf| (leaf.out, leaf.times, leaf.about.is_some())).collect();
        assert_eq!(
            ends,
            [(Outcome::Shown, 1, true), (Outcome::Done, 1, true)],
            "it is no repetition of what was not shown"
        );
        // A repetition is shown, and counted alone.
        assert_eq!(show(&test.books, &link).await, Ok(1));
        assert_eq!(last(&test, &callers, 2).await, leaves);
        test.books.tell_counts(callers.business).await.unwrap();
        let told = last(&test, &callers, 1).await;
        let times: Vec<_> = told.iter().map(|leaf| (leaf.out, leaf.times)).collect();
        assert_eq!(times, [(Outcome::Shown, 2)], "who closes the books says how often");
    });
}

// proves: C73.a
#[test]
fn no_answer_leaves_while_what_it_shows_has_no_place_in_line() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let clerk = callers.clerk();
        add(&test.books, &clerk, 1, "n").await.unwrap();
        let ((begun, begins), (go, goes)) = (channel(), channel::<()>());
        let order = Write { slot: 2, amount: 2, text: "slow".into(), scope: ScopeId::from_bytes([1; 16]) };
        let mut slow = pin!(test.books.transact(&clerk, order, move |tx, _, order| {
            let _ = begun.send(());
            let _ = goes.recv();
            let note = notes::write(tx, order)?;
            tx.record::<_, _, Refused>(NoteWritten(note), ())
        }));
        assert!(slow.as_mut().now_or_never().is_none());
        begins.recv().unwrap();
        let (nobody, mut line) = (callers.anonymous(), Vec::new());
        let full = loop {
            let mut waits = Box::pin(test.books.admit(&nobody, Action::AddCustomer));
            match waits.as_mut().now_or_never() {
                None => line.push(waits),
                Some(answer) => break answer,
            }
        };
        assert_eq!(full, Err(Refused::Busy));
        let reader = callers.clerk();
        let page = |books| async move { list(&books, &reader).await.map(|notes| notes.len()) };
        assert_eq!(test.books.together(page).await, Err(Refused::Busy), "a page");
        assert_eq!(list(&test.books, &callers.clerk()).await, Err(Refused::Busy), "a single look");
        drop(go);
        assert_eq!(slow.await, Ok(()));
        assert!(futures_util::future::join_all(line).await.iter().all(Result::is_err));
        let shown = last(&test, &callers, 10).await.iter().filter(|leaf| leaf.out == Outcome::Shown).count();
        assert_eq!(shown, 0, "and nothing was recorded as shown");
    });
}
