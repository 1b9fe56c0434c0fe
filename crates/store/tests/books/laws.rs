//! The laws: permit, record, scope, once.

use crate::log::behind;
use crate::notes::{self, AGGREGATES, NoteWritten, Write, add, business, found, list, migrations};
use coffer_kernel::{Role, ScopeId, SubjectId, TypedId};
use coffer_store::{Fault, Once, Refuse, Refused, Root};
use coffer_testkit::{Callers, TestBooks, on_both_engines};

async fn founded(test: &TestBooks) -> Callers {
    let callers = Callers::of(business(2));
    found(&test.books, &callers.operator()).await.unwrap();
    callers
}

// proves: D8, C42.a
#[test]
fn without_a_permit_nothing_is_read_or_written_and_the_refusal_is_recorded() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let refused = add(&test.books, &callers.auditor(), 1, "no").await.unwrap_err();
        assert_eq!(refused.code(), "role.not_allowed");
        let refused = list(&test.books, &callers.anonymous()).await.unwrap_err();
        assert_eq!(refused.code(), "sign_in.needed");
        assert_eq!(list(&test.books, &callers.clerk()).await.unwrap(), vec![]);
        let checked = test.books.check(callers.business).await.unwrap();
        assert_eq!((checked.records, checked.findings), (3, vec![]), "founding and two refusals");
    });
}

#[test]
fn a_success_without_its_record_is_undone() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let order = Write { slot: 1, amount: 1, text: "x".into(), scope: ScopeId::from_bytes([1; 16]) };
        // A body that swallows a fault of the store and records success all the same.
        let outcome: Result<(), Refused> = test
            .books
            .transact(&callers.clerk(), order, |tx, _, order| {
                let note = notes::write(tx, order)?;
                let _ = tx.execute("INSERT INTO nowhere VALUES ($1)", &[]);
                tx.record(NoteWritten(note), ())
            })
            .await;
        assert!(matches!(outcome, Err(Refused::Fault(_))), "{outcome:?}");
        assert_eq!(list(&test.books, &callers.clerk()).await.unwrap(), vec![]);
    });
}

#[test]
fn a_body_records_once() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let order = Write { slot: 1, amount: 1, text: "x".into(), scope: ScopeId::from_bytes([1; 16]) };
        let outcome: Result<(), Refused> = test
            .books
            .transact(&callers.clerk(), order, |tx, _, order| {
                let note = notes::write(tx, order)?;
                let _ = tx.record::<_, _, Fault>(NoteWritten(note.clone()), ());
                tx.record(NoteWritten(note), ())
            })
            .await;
        assert!(matches!(outcome, Err(Refused::Fault(Fault::Misuse(_)))), "{outcome:?}");
    });
}

// proves: C43.a
#[test]
fn what_is_out_of_scope_is_not_found() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let mine = callers.staff(Role::SalesRepresentative, 1);
        let scope = ScopeId::from(mine.user().unwrap());
        let order = Write { slot: 1, amount: 1, text: "x".into(), scope };
        let note = test
            .books
            .transact::<_, _, Refused, _>(&mine, order.clone(), |tx, _, order| {
                let note = notes::write(tx, order)?;
                tx.record(NoteWritten(note.clone()), note)
            })
            .await
            .unwrap();
        let id = SubjectId::from_bytes(note.id);
        for (who, expected) in [(mine, Ok(())), (callers.staff(Role::SalesRepresentative, 2), Err(Refused::NotFound))] {
            let locked: Result<(), Refused> = test
                .books
                .transact(&who, order.clone(), move |tx, permit, _| {
                    let granted = tx.lock::<notes::Note>(permit, id)?;
                    let mut next = granted.clone();
                    next.version += 1;
                    next.amount = 99;
                    tx.replace(&granted, &next)?;
                    tx.record(NoteWritten(next), ())
                })
                .await;
            assert_eq!(locked, expected);
        }
        let elsewhere = Callers::of(business(3));
        found(&test.books, &elsewhere.operator()).await.unwrap();
        assert_eq!(list(&test.books, &elsewhere.clerk()).await.unwrap(), vec![], "another business sees nothing");
        assert_eq!(test.books.check(callers.business).await.unwrap().findings, vec![]);
    });
}

// proves: C54.a, F1
#[test]
fn the_same_order_with_the_same_key_is_done_once() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let clerk = callers.clerk();
        let order = |amount| Write { slot: amount, amount, text: "once".into(), scope: ScopeId::from_bytes([1; 16]) };
        let once = |key: &str, request: &str| Some(Once { key: key.into(), request: request.into() });
        let body = |tx: &mut coffer_store::Tx<'_>, _: &coffer_kernel::Permit, order: &Write| {
            let note = notes::write(tx, order)?;
            tx.record(NoteWritten(note.clone()), note)
        };
        let books = &test.books;
        let first: Result<_, Refused> = books.transact_once(&clerk, once("k", "a"), order(1), body).await;
        let again: Result<_, Refused> = books.transact_once(&clerk, once("k", "a"), order(1), body).await;
        assert_eq!(first, again);
        let other: Result<_, Refused> = books.transact_once(&clerk, once("k", "b"), order(2), body).await;
        assert_eq!(other, Err(Refused::KeyReused));
        let many = (0..20).map(|_| books.transact_once(&clerk, once("m", "m"), order(5), body));
        let many: Vec<Result<_, Refused>> = futures_util::future::join_all(many).await;
        assert!(many.windows(2).all(|pair| pair[0] == pair[1] && pair[0].is_ok()), "{many:?}");
        assert_eq!(list(books, &clerk).await.unwrap().len(), 2);
        let _ = <notes::Note as Root>::lock;
    });
}

// proves: C54.f
#[test]
fn a_repetition_is_answered_with_what_its_own_order_led_to_or_not_at_all() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let clerk = callers.clerk();
        let write = async |key: &str, slot| {
            let order = Write { slot, amount: slot, text: "once".into(), scope: ScopeId::from_bytes([1; 16]) };
            let once = Some(Once { key: key.into(), request: key.into() });
            let body = |tx: &mut coffer_store::Tx<'_>, _: &coffer_kernel::Permit, order: &Write| {
                let note = notes::write(tx, order)?;
                tx.record::<_, _, Refused>(NoteWritten(note.clone()), note)
            };
            test.books.transact_once(&clerk, once, order, body).await.map(|note| note.id)
        };
        let first = write("a", 1).await.unwrap();
        behind(&test.home, "CREATE TABLE kept AS SELECT result FROM receipt");
        let second = write("b", 2).await.unwrap();
        assert_eq!((write("a", 1).await, write("b", 2).await), (Ok(first), Ok(second)));
        behind(&test.home, "UPDATE receipt SET result = (SELECT result FROM kept)");
        assert_eq!((write("a", 1).await, write("b", 2).await), (Ok(first), Err(Refused::KeyReused)));
        let led_to = async |key: &'static str| {
            let look = test.books.read(&clerk, notes::List, move |snapshot, _, _| {
                Ok::<_, Refused>(snapshot.led_to(coffer_kernel::Action::AddCustomer, key)?)
            });
            look.await.unwrap()
        };
        assert_eq!((led_to("a").await, led_to("b").await), (Some(first), None));
    });
}

#[test]
fn a_taken_slot_is_a_named_fault_of_that_body_alone() {
    on_both_engines(migrations(), AGGREGATES, |test| async move {
        let callers = founded(&test).await;
        let clerk = callers.clerk();
        let outcomes =
            futures_util::future::join_all([1, 2, 1, 3].map(|slot| add(&test.books, &clerk, slot, "n"))).await;
        let taken = outcomes.iter().filter(
            |outcome| matches!(outcome, Err(Refused::Fault(Fault::Taken(name))) if name == "note_business_slot_key"),
        );
        assert_eq!(taken.count(), 1, "{outcomes:?}");
        assert_eq!(list(&test.books, &clerk).await.unwrap().len(), 3);
    });
}
