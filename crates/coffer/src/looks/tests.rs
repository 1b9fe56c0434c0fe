#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

//! The daily look, on books that somebody else writes in.

use super::{Watch, go_round};
use crate::testing;
use coffer_billing::customers::{AddCustomer, Customer, ReviseCustomer, add, get, revise};
use coffer_kernel::{BusinessId, Mint, TypedId};
use coffer_store::STEPS;
use coffer_testkit::past::past;
use coffer_testkit::{Callers, TestBooks, on_both_engines};
use coffer_web::Looks;
use serde_json::json;
use std::cell::RefCell;
use std::time::Duration;
use tokio::sync::watch::channel;

/// Writes past the program.
async fn behind(test: &TestBooks, callers: &Callers, sql: &'static str) {
    past(&test.books, &callers.operator(), sql, Vec::new()).await.unwrap();
}

async fn a_business(test: &TestBooks) -> Callers {
    testing::a_business(test, json!({ "name": "Atelier Nord" })).await
}

/// A customer whose present row is gone and whose first one stands there again, digest and all.
async fn one_put_back(test: &TestBooks, callers: &Callers) -> Customer {
    let named = |name: &str| serde_json::from_value(json!({ "name": name })).unwrap();
    let new = AddCustomer { party: named("Bäckerei Vogel"), currency: None, language: None };
    let first = add(&test.books, &callers.clerk(), None, new).await.unwrap();
    behind(test, callers, "CREATE TABLE kept AS SELECT * FROM customer").await;
    let party = named("Bäckerei Vogel & Söhne");
    let order = ReviseCustomer { customer: first.id, version: None, party, currency: None, language: None };
    revise(&test.books, &callers.clerk(), order).await.unwrap();
    behind(test, callers, "CREATE TABLE now AS SELECT * FROM customer").await;
    put(test, callers, "INSERT INTO customer SELECT * FROM kept").await;
    first
}

/// All customers are these.
async fn put(test: &TestBooks, callers: &Callers, these: &'static str) {
    behind(test, callers, "DELETE FROM customer").await;
    behind(test, callers, these).await;
}

/// How often these books say this of a look.
async fn said(test: &TestBooks, callers: &Callers, what: &str) -> usize {
    test.books.sign_log(callers.business).await.unwrap();
    let log = test.books.export_log(callers.business, Vec::new()).await.unwrap();
    let leaves = log.split(|byte| *byte == b'\n').filter_map(coffer_store::Leaf::from_bytes);
    leaves.filter(|leaf| leaf.what == what).count()
}

// proves: C03.c, D11
#[test]
fn an_older_row_put_back_whole_raises_an_alarm_though_nobody_checks() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let callers = a_business(&test).await;
        let watch = Watch { books: test.books.clone(), mint: Mint::claim(), looked: Looks::default() };
        let customer = one_put_back(&test, &callers).await;
        let read = get(&test.books, &callers.clerk(), customer.id).await.unwrap();
        assert_eq!(read.party.name, "Bäckerei Vogel", "reading it says nothing: that is what the look is for");
        assert!(watch.look().await);
        assert_eq!(watch.looked.of(callers.business), 1);
        assert_eq!(watch.looked.of(BusinessId::from_bytes([3; 16])), 0, "another's books are believed");
        assert_eq!(said(&test, &callers, "books.found_altered").await, 1);
        put(&test, &callers, "INSERT INTO customer SELECT * FROM now").await;
        assert!(watch.look().await);
        assert_eq!(watch.looked.of(callers.business), 0, "and it ends with its cause");
        assert_eq!(said(&test, &callers, "books.looked_through").await, 1);
    });
}

// proves: C03.c, D11
#[test]
fn what_was_said_to_be_known_is_no_alarm_until_it_changes_again() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let callers = a_business(&test).await;
        let watch = Watch { books: test.books.clone(), mint: Mint::claim(), looked: Looks::default() };
        one_put_back(&test, &callers).await;
        assert!(watch.look().await);
        let found = test.books.check(callers.business).await.unwrap().knowable;
        test.books.know(&callers.operator(), found.first().unwrap(), "the owner did it").await.unwrap();
        assert!(watch.look().await);
        assert_eq!(watch.looked.of(callers.business), 0);
        assert_eq!(said(&test, &callers, "books.found_known").await, 1, "and it is said in the history");
        assert_eq!(said(&test, &callers, "books.looked_through").await, 0, "never that all is as it was written");
        behind(&test, &callers, "UPDATE customer SET created_at = created_at + 1").await;
        assert!(watch.look().await);
        assert_eq!(watch.looked.of(callers.business), 1, "what changes again is an alarm again");
    });
}

// proves: C03.c
#[test]
fn what_lets_somebody_in_concerns_every_business() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let callers = a_business(&test).await;
        let watch = Watch { books: test.books.clone(), mint: Mint::claim(), looked: Looks::default() };
        let owner = coffer_identity::links::CreateSetupLink;
        let installation = Callers::of(BusinessId::INSTALLATION);
        coffer_identity::links::set_up_link(&test.books, &installation.operator(), owner).await.unwrap();
        assert!(watch.look().await);
        assert_eq!(watch.looked.of(callers.business), 0);
        behind(&test, &installation, "UPDATE entry_link SET expires_at = expires_at + 1").await;
        assert!(watch.look().await);
        assert_eq!(watch.looked.of(callers.business), 1);
    });
}

// proves: C03.c, D11
#[test]
fn a_record_that_nobody_can_go_beyond_ends_no_look() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let callers = a_business(&test).await;
        let watch = Watch { books: test.books.clone(), mint: Mint::claim(), looked: Looks::default() };
        one_put_back(&test, &callers).await;
        let last = "INSERT INTO log_record (business, seq, leaf) SELECT business, 9223372036854775807, leaf FROM log_record \
                    WHERE seq = 0 AND business = (SELECT business FROM customer)";
        behind(&test, &callers, last).await;
        watch.look().await;
        assert!(watch.looked.of(callers.business) > 1, "the row, and the record");
    });
}

// proves: C03.c, D11
#[test]
fn a_look_that_could_not_be_finished_is_repeated_within_the_hour() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let callers = a_business(&test).await;
        let installation = Callers::of(BusinessId::INSTALLATION);
        let watch = Watch { books: test.books.clone(), mint: Mint::claim(), looked: Looks::default() };
        behind(&test, &installation, "CREATE TABLE kept AS SELECT * FROM log_head").await;
        // Without a head what was found in the books of the business cannot be noted there.
        let gone = "DELETE FROM log_head WHERE business = (SELECT business FROM business)";
        let back = "INSERT INTO log_head SELECT * FROM kept WHERE business = (SELECT business FROM business)";
        let (stop, stopped) = channel(false);
        let waited = RefCell::new(Vec::new());
        let waits = |next: Duration| {
            waited.borrow_mut().push(next);
            let (rounds, test, installation, stop) = (waited.borrow().len(), &test, &installation, &stop);
            async move {
                test.home.clock.advance_seconds(next.as_secs().try_into().unwrap());
                match rounds {
                    1 => behind(test, installation, gone).await,
                    2 => behind(test, installation, back).await,
                    _ => {
                        stop.send_replace(true);
                        std::future::pending().await
                    }
                }
            }
        };
        go_round(watch, stopped, waits).await;
        let minutes = |count: u64| Duration::from_secs(count * 60);
        assert_eq!(*waited.borrow(), [minutes(1), minutes(60), minutes(24 * 60)]);
        assert_eq!(said(&test, &installation, "books.looked_through").await, 2, "the others were looked at each time");
        assert_eq!(said(&test, &callers, "books.looked_through").await, 1);
    });
}

// proves: C03.c, D11
#[test]
fn serving_looks_a_minute_after_its_start_and_every_day_from_then_on_until_it_is_told_to_stop() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let callers = a_business(&test).await;
        let installation = Callers::of(BusinessId::INSTALLATION);
        one_put_back(&test, &callers).await;
        let looked = Looks::default();
        let watch = Watch { books: test.books.clone(), mint: Mint::claim(), looked: looked.clone() };
        let (stop, stopped) = channel(false);
        // What the pages and the log say when a wait begins, and how long it is.
        let seen = RefCell::new(Vec::new());
        let waits = |next: Duration| {
            assert!(!*stop.borrow(), "it goes on though it was told to stop");
            let (seen, test, callers, installation) = (&seen, &test, &callers, &installation);
            let (looked, stop) = (&looked, &stop);
            async move {
                let looks = said(test, installation, "books.looked_through").await;
                seen.borrow_mut().push((next.as_secs(), looked.of(callers.business), looks));
                test.home.clock.advance_seconds(next.as_secs().try_into().unwrap());
                if seen.borrow().len() == 3 {
                    stop.send_replace(true);
                    std::future::pending().await
                }
            }
        };
        go_round(watch, stopped, waits).await;
        let day = 24 * 60 * 60;
        assert_eq!(*seen.borrow(), [(60, 0, 0), (day, 1, 1), (day, 1, 2)]);
        assert_eq!(said(&test, &installation, "books.looked_through").await, 2, "none after the stop");
    });
}
