#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

use super::*;
use crate::customers::{AddCustomer, Customer, add};
use crate::delivery::rendition::{self, RecordRendition};
use crate::delivery::settings::{MailSecurity, NewMail, Seen, SetUpDelivery, get, set_up};
use crate::delivery::{MakeLink, make_link, mark_sent};
use crate::invoices::{VoidInvoice, draft, see, void};
use crate::settlement::Delivery;
use crate::testing::{a_business, a_customer, an_invoice, an_order, behind, token_of};
use coffer_identity::document_links::resume;
use coffer_kernel::{Actor, BusinessId, InvoiceId, Mint, Origin, Refuse, Role};
use coffer_keys::Secret;
use coffer_store::{Claimed, Once, Refused, STEPS};
use coffer_testkit::{Callers, TestBooks, on_both_engines};
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(600);

/// A business that sends mail, with an issued invoice to a customer with an address.
async fn ready(test: &TestBooks) -> (Callers, Customer, InvoiceId) {
    let installation = Callers::of(BusinessId::INSTALLATION).operator();
    coffer_identity::found_installation(&test.books, &installation).await.unwrap();
    let callers = a_business(test, 2).await;
    let mail = NewMail {
        host: "mail.ateliernord.example".into(),
        port: 587,
        security: MailSecurity::StartTls,
        user: Some("nord".into()),
        password: Some(Secret::new("canary-password-4711".to_owned())),
        authority: None,
        sender: "billing@ateliernord.example".into(),
    };
    let public_url = Some("https://invoices.ateliernord.example".to_owned());
    let order = SetUpDelivery { version: None, public_url, mail: Some(mail), seen: Seen::Reached };
    set_up(&test.books, &callers.owner(), order).await.unwrap();
    let party = serde_json::json!({ "name": "Bäckerei Vogel", "email": "canary-vogel@example.org" });
    let party = serde_json::from_value(party).unwrap();
    let new = AddCustomer { party, currency: None, language: None };
    let customer = add(&test.books, &callers.clerk(), None, new).await.unwrap();
    let invoice = an_invoice(test, &callers.clerk(), &customer).await.draft.id;
    (callers, customer, invoice)
}

const fn order(invoice: InvoiceId) -> SendInvoice {
    SendInvoice { invoice, recipient: None, words: None }
}

async fn claimed(test: &TestBooks, callers: &Callers) -> Option<Claimed> {
    test.books.claim(callers.business, SEND, LEASE, 1).await.unwrap().pop()
}

async fn printed(test: &TestBooks, callers: &Callers, invoice: InvoiceId) {
    let order = RecordRendition { invoice, renderer: 1, printer: "a press".into(), content: b"%PDF".to_vec() };
    rendition::record(&test.books, &callers.system(), order).await.unwrap();
}

/// Lets the letter that is due leave.
async fn left(test: &TestBooks, callers: &Callers) -> (Claimed, Box<Parcel>) {
    let claimed = claimed(test, callers).await.unwrap();
    let order = Leave { claimed: claimed.clone(), printable: true };
    match leave(&test.books, &callers.system(), order).await.unwrap() {
        Leaving::Now(parcel) => (claimed, parcel),
        Leaving::Not(state) => panic!("{state:?}"),
    }
}

async fn became(test: &TestBooks, callers: &Callers, claimed: Claimed, outcome: Outcome) -> Result<Letter, Refused> {
    record(&test.books, &callers.system(), RecordDelivery { claimed, outcome }).await
}

async fn delivery(test: &TestBooks, actor: &Actor, invoice: InvoiceId) -> Delivery {
    see(&test.books, actor, invoice).await.unwrap().standing.unwrap().delivery
}

fn unsent(problem: &str) -> Unsent {
    Unsent { problem: problem.into(), reply: Some(451), said: Some("come back later".into()) }
}

// proves: B4, A4
#[test]
fn what_is_leaving_is_no_longer_voided_and_counts_as_sent_once_it_was_taken() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let (callers, _, invoice) = ready(&test).await;
        let clerk = callers.clerk();
        let letter = send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        assert_eq!((letter.state, letter.recipient.as_str()), (State::Waiting, "canary-vogel@example.org"));
        let twice = send(&test.books, &clerk, None, order(invoice)).await.unwrap_err();
        assert_eq!(twice.code(), "letter.underway");
        assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::NotSent, "nothing has left");

        let held = claimed(&test, &callers).await.unwrap();
        let early = Leave { claimed: held.clone(), printable: true };
        let early = leave(&test.books, &callers.system(), early).await.err().unwrap();
        assert_eq!(early.code(), "document.not_printed", "nothing leaves before its document is kept");
        test.books.put_off(callers.business, held, Some(test.books.world().clock.now()), "x").await.unwrap();
        printed(&test, &callers, invoice).await;

        let (work, parcel) = left(&test, &callers).await;
        assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::Sent);
        assert_eq!(void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap_err().code(), "invoice.delivered");
        assert_eq!((parcel.letter, parcel.number.as_str()), (letter.id, "AN-2026-0001"));
        assert_eq!(parcel.password.unwrap().expose(), "canary-password-4711");
        let reader = resume(&test.books, &Mint::claim(), token_of(&parcel.link), Origin::default()).await.unwrap();
        crate::delivery::open(&test.books, &reader).await.unwrap();

        let done = became(&test, &callers, work.clone(), Outcome::HandedOver).await.unwrap();
        assert_eq!((done.state, done.attempts, done.ended_at.is_some()), (State::HandedOver, 1, true));
        assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::Opened, "opened before it was recorded as taken");
        assert_eq!(became(&test, &callers, work, Outcome::HandedOver).await, Err(Refused::Stale));
        assert_eq!(claimed(&test, &callers).await, None);
        let seen = of_invoice(&test.books, &clerk, invoice).await.unwrap();
        assert_eq!(seen, [done]);
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: B4, D11
#[test]
fn a_letter_leads_to_nobody_elses_invoice_whatever_its_row_says() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let (callers, _, invoice) = ready(&test).await;
        let clerk = callers.clerk();
        let somebody = a_customer(&test, &clerk, "Somebody").await;
        let theirs = an_invoice(&test, &clerk, &somebody).await.draft.id;
        for invoice in [invoice, theirs] {
            printed(&test, &callers, invoice).await;
        }
        send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        behind(&test.home, "UPDATE letter SET invoice = (SELECT id FROM invoice WHERE invoice.id <> letter.invoice)");
        let claimed = claimed(&test, &callers).await.unwrap();
        let refused = leave(&test.books, &callers.system(), Leave { claimed, printable: true }).await.err().unwrap();
        assert_eq!(refused.code(), "row.altered");
        assert_eq!(delivery(&test, &clerk, theirs).await, Delivery::NotSent);
    });
}

// proves: B4, A4
#[test]
fn what_was_voided_or_switched_off_while_it_waited_never_leaves() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let (callers, customer, invoice) = ready(&test).await;
        let clerk = callers.clerk();
        let other = an_invoice(&test, &clerk, &customer).await.draft.id;
        for invoice in [invoice, other] {
            printed(&test, &callers, invoice).await;
            send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        }
        void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap();
        let none = SetUpDelivery { version: None, public_url: None, mail: None, seen: Seen::AsBefore };
        let stop = async |claimed| {
            let order = Leave { claimed, printable: true };
            let Leaving::Not(state) = leave(&test.books, &callers.system(), order).await.unwrap() else {
                panic!("it leaves");
            };
            state
        };
        assert_eq!(stop(claimed(&test, &callers).await.unwrap()).await, State::Stopped);
        set_up(&test.books, &callers.owner(), none).await.unwrap();
        assert_eq!(stop(claimed(&test, &callers).await.unwrap()).await, State::Stopped);
        for (invoice, problem) in [(invoice, "invoice.void"), (other, "mail.not_set_up")] {
            let letters = of_invoice(&test.books, &clerk, invoice).await.unwrap();
            assert_eq!(letters.first().unwrap().problem.as_deref(), Some(problem));
            assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::NotSent);
        }
        assert_eq!(claimed(&test, &callers).await, None);
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: B4
#[test]
fn no_mail_is_written_and_none_leaves_with_an_address_that_was_never_reached() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let (callers, _, invoice) = ready(&test).await;
        let (clerk, owner) = (callers.clerk(), callers.owner());
        printed(&test, &callers, invoice).await;
        send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        let elsewhere = async |seen| {
            let mail = get(&test.books, &owner).await.unwrap().mail.map(NewMail::again);
            let public_url = Some("https://books.ateliernord.example".to_owned());
            set_up(&test.books, &owner, SetUpDelivery { version: None, public_url, mail, seen }).await.unwrap()
        };
        assert!(!elsewhere(Seen::Missed("public_url.unreachable")).await.sends());
        let claimed = claimed(&test, &callers).await.unwrap();
        let kept = leave(&test.books, &callers.system(), Leave { claimed, printable: true }).await.unwrap();
        assert!(matches!(kept, Leaving::Not(State::Stopped)));
        let letters = of_invoice(&test.books, &clerk, invoice).await.unwrap();
        assert_eq!(letters.first().unwrap().problem.as_deref(), Some("public_url.not_reached"));
        assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::NotSent);
        let refused = async || send(&test.books, &clerk, None, order(invoice)).await.unwrap_err().code();
        assert_eq!(refused().await, "public_url.not_reached");
        assert!(elsewhere(Seen::TakenOn("public_url.unreachable")).await.sends());
        send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: B4, A4
#[test]
fn in_vain_it_comes_back_waits_longer_each_time_and_is_given_up() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let (callers, _, invoice) = ready(&test).await;
        let clerk = callers.clerk();
        printed(&test, &callers, invoice).await;
        send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        let mut pauses = Vec::new();
        let last = loop {
            let (work, parcel) = left(&test, &callers).await;
            let letter =
                became(&test, &callers, work, Outcome::NotNow(unsent("mail.recipient_refused"))).await.unwrap();
            let known = resume(&test.books, &Mint::claim(), token_of(&parcel.link), Origin::default()).await;
            assert_eq!(known.unwrap_err(), Refused::NotFound, "a link that nobody got opens nothing");
            assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::NotSent);
            assert_eq!(letter.said.as_deref(), Some("come back later"));
            if letter.state != State::Waiting {
                break letter;
            }
            let pause = letter.due_at.since(test.books.world().clock.now()).unwrap().get_seconds();
            assert_eq!(claimed(&test, &callers).await, None, "not before its time");
            test.home.clock.advance_seconds(pause + 1);
            pauses.push(pause);
        };
        assert_eq!((last.state, last.attempts), (State::GivenUp, 10));
        let found = astray(&test.books, &clerk).await.unwrap();
        let number = Some("AN-2026-0001".to_owned());
        assert_eq!(found, [Astray { invoice, number, state: State::GivenUp }], "and somebody is told");
        let stranger = callers.staff(Role::SalesRepresentative, 7);
        assert_eq!(astray(&test.books, &stranger).await.unwrap(), []);
        assert!(pauses.is_sorted() && pauses.len() == 9, "{pauses:?}");
        assert_eq!(claimed(&test, &callers).await, None);
        void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap();
        assert_eq!(astray(&test.books, &clerk).await.unwrap(), [], "nobody waits for what is void");
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

#[test]
fn a_mail_in_vain_does_not_undo_a_link_that_somebody_handed_over() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let (callers, _, invoice) = ready(&test).await;
        let clerk = callers.clerk();
        printed(&test, &callers, invoice).await;
        send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        let (work, _) = left(&test, &callers).await;
        make_link(&test.books, &clerk, None, MakeLink { invoice }).await.unwrap();
        let letter = became(&test, &callers, work, Outcome::Never(unsent("mail.recipient_refused"))).await.unwrap();
        assert_eq!(letter.state, State::Refused);
        assert_eq!(astray(&test.books, &clerk).await.unwrap(), [], "it got there another way");
        assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::Sent);
        assert_eq!(void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap_err().code(), "invoice.delivered");
        let again =
            mark_sent(&test.books, &clerk, crate::delivery::MarkSent { invoice, sent_on: None }).await.unwrap_err();
        assert_eq!(again.code(), "invoice.sent");
        let anew = send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        assert_ne!(anew.id, letter.id, "what was refused is another letter when it is sent again");
    });
}

// proves: B4, A4
#[test]
fn a_mail_after_a_link_counts_as_sent_once_it_was_taken_and_in_vain_leaves_the_link_as_it_was() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let (callers, _, invoice) = ready(&test).await;
        let clerk = callers.clerk();
        printed(&test, &callers, invoice).await;
        make_link(&test.books, &clerk, None, MakeLink { invoice }).await.unwrap();
        send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        let (work, _) = left(&test, &callers).await;
        became(&test, &callers, work, Outcome::Never(unsent("mail.recipient_refused"))).await.unwrap();
        assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::LinkMade, "nobody said that it was passed on");
        assert_eq!(void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap_err().code(), "invoice.delivered");
        send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        let (work, _) = left(&test, &callers).await;
        became(&test, &callers, work, Outcome::HandedOver).await.unwrap();
        assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::Sent);
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: B4, C85.d
#[test]
fn a_worker_that_died_between_handing_over_and_recording_leaves_it_perhaps_sent() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let (callers, _, invoice) = ready(&test).await;
        let clerk = callers.clerk();
        printed(&test, &callers, invoice).await;
        let first = send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        let (dead, parcel) = left(&test, &callers).await;
        assert_eq!(claimed(&test, &callers).await, None, "it is held");
        test.home.clock.advance_seconds(601);
        let work = claimed(&test, &callers).await.unwrap();
        let next = Leave { claimed: work, printable: true };
        let outcome = leave(&test.books, &callers.system(), next).await.unwrap();
        assert!(matches!(outcome, Leaving::Not(State::PerhapsSent)));
        assert_eq!(became(&test, &callers, dead, Outcome::HandedOver).await, Err(Refused::Stale), "too late");
        assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::Sent, "it may be there, so it counts as sent");
        assert_eq!(astray(&test.books, &clerk).await.unwrap().len(), 1);
        assert_eq!(void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap_err().code(), "invoice.delivered");
        resume(&test.books, &Mint::claim(), token_of(&parcel.link), Origin::default()).await.unwrap();

        let again = send(&test.books, &clerk, None, order(invoice)).await.unwrap();
        assert_eq!(astray(&test.books, &clerk).await.unwrap(), []);
        assert_eq!((again.id, again.state), (first.id, State::Waiting), "the same letter, so the same Message-ID");
        let (work, _) = left(&test, &callers).await;
        let unanswered = Outcome::Unanswered(unsent("mail.unanswered"));
        let letter = became(&test, &callers, work, unanswered).await.unwrap();
        assert_eq!(letter.state, State::PerhapsSent, "nobody heard the answer");
        assert_eq!(delivery(&test, &clerk, invoice).await, Delivery::Sent);
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: B4, C54.d
#[test]
fn what_cannot_be_sent_is_refused_and_the_same_order_is_done_once() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let (callers, customer, invoice) = ready(&test).await;
        let clerk = callers.clerk();
        let to = |recipient: &str| SendInvoice { recipient: Some(recipient.into()), ..order(invoice) };
        let saying = |words: &str| SendInvoice { words: Some(words.into()), ..order(invoice) };
        let drafted = draft(&test.books, &clerk, None, an_order(&customer)).await.unwrap().id();
        let nameless = a_customer(&test, &clerk, "Ohne Adresse").await;
        let unknown = an_invoice(&test, &clerk, &nameless).await.draft.id;
        let voided = an_invoice(&test, &clerk, &customer).await.draft.id;
        void(&test.books, &clerk, VoidInvoice { invoice: voided }).await.unwrap();
        for (order, code) in [
            (order(drafted), "invoice.draft"),
            (order(voided), "invoice.void"),
            (order(unknown), "recipient.missing"),
            (to("vogel"), "recipient.unfit"),
            (to("vogel@example.org\r\nBcc: eve@example.org"), "recipient.unfit"),
            (to("vogel@example.org, eve@example.org"), "recipient.unfit"),
            (saying(&"ä".repeat(2_001)), "words.too_long"),
            (saying("my card is 4111 1111 1111 1111"), "words.card_number"),
        ] {
            assert_eq!(send(&test.books, &clerk, None, order).await.unwrap_err().code(), code);
        }
        let auditor = callers.staff(Role::Auditor, 1);
        assert_eq!(send(&test.books, &auditor, None, order(invoice)).await.unwrap_err().code(), "role.not_allowed");
        let stranger = callers.staff(Role::SalesRepresentative, 7);
        assert_eq!(send(&test.books, &stranger, None, order(invoice)).await.unwrap_err().code(), "not_found");
        assert_eq!(of_invoice(&test.books, &stranger, invoice).await.unwrap_err(), Refused::NotFound);
        assert_eq!(claimed(&test, &callers).await, None, "nothing of it waits");

        let once = || Some(Once { key: "k".into(), request: b"a".to_vec() });
        let letter = send(&test.books, &clerk, once(), saying("Thank you.\r\nAnna\u{0}")).await.unwrap();
        assert_eq!(letter.words.as_deref(), Some("Thank you.\nAnna"));
        assert_eq!(send(&test.books, &clerk, once(), order(invoice)).await.unwrap().id, letter.id);
        assert!(claimed(&test, &callers).await.is_some() && claimed(&test, &callers).await.is_none());
        if let Some(database) = test.home.database() {
            for table in ["letter", "delivery_settings", "work", "document_link"] {
                let sql = format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t");
                let dump = database.query(&sql).unwrap();
                for canary in ["canary", "nord", "Thank"] {
                    let hexed: String = canary.bytes().map(|byte| format!("{byte:02x}")).collect();
                    assert!(!dump.contains(canary) && !dump.contains(&hexed), "{table}: {dump}");
                }
            }
        }
    });
}
