#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use super::settings::{Seen, SetUpDelivery, set_up};
use super::*;
use crate::business::{Account, Change, ReviseBusiness, revise};
use crate::invoices::{Frozen, Issued, VoidInvoice, draft, see, void};
use crate::settlement::Delivery;
use crate::testing::{a_business, a_customer, an_address, an_invoice, an_order, token_of};
use coffer_identity::document_links::resume;
use coffer_kernel::{BusinessId, Mint, Origin, Refuse, Role};
use coffer_store::{Refused, STEPS};
use coffer_testkit::{Callers, TestBooks, on_both_engines};

// proves: A4, B4
#[test]
fn what_was_handed_over_is_no_longer_voided() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        let auditor = callers.staff(Role::Auditor, 1);
        assert_eq!(
            mark_sent(&test.books, &auditor, MarkSent { invoice, sent_on: None }).await.unwrap_err().code(),
            "role.not_allowed"
        );
        let standing = mark_sent(&test.books, &clerk, MarkSent { invoice, sent_on: None }).await.unwrap();
        assert_eq!((standing.delivery, standing.delivered_on.is_some()), (Delivery::Sent, true));
        assert_eq!(
            mark_sent(&test.books, &clerk, MarkSent { invoice, sent_on: None }).await.unwrap_err().code(),
            "invoice.sent"
        );
        assert_eq!(void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap_err().code(), "invoice.delivered");
        let drafted = draft(&test.books, &clerk, None, an_order(&customer)).await.unwrap().id();
        assert_eq!(
            mark_sent(&test.books, &clerk, MarkSent { invoice: drafted, sent_on: None }).await.unwrap_err().code(),
            "invoice.draft"
        );
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: A4, B4
#[test]
fn it_was_sent_on_a_day_since_it_was_issued_and_on_no_other() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let issued = an_invoice(&test, &clerk, &customer).await;
        let invoice = issued.draft.id;
        test.home.clock.advance_seconds(3 * 24 * 60 * 60);
        let days = |days: usize| (0..days).fold(issued.issued_on, |day, _| day.tomorrow().unwrap());
        let says = async |day| mark_sent(&test.books, &clerk, MarkSent { invoice, sent_on: Some(day) }).await;
        for (day, code) in
            [(issued.issued_on.yesterday().unwrap(), "sent.before_issue"), (days(4), "sent.in_the_future")]
        {
            let no = says(day).await.unwrap_err();
            let at = no.pointers().first().map(|pointer| pointer.pointer.clone());
            assert_eq!((no.code(), at.as_deref()), (code, Some("/sent_on")));
        }
        let standing = see(&test.books, &clerk, invoice).await.unwrap().standing.unwrap();
        assert_eq!(standing.delivery, Delivery::NotSent, "what was refused is not marked");
        let standing = says(days(1)).await.unwrap();
        assert_eq!((standing.delivery, standing.delivered_on), (Delivery::Sent, Some(days(1))));
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: A4, B4
#[test]
fn a_link_that_was_made_is_not_known_to_be_sent_until_somebody_says_so_and_ends_voiding_at_once() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let installation = Callers::of(BusinessId::INSTALLATION).operator();
        coffer_identity::found_installation(&test.books, &installation).await.unwrap();
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        an_address(&test, &callers).await;
        let of = || async { links(&test.books, &clerk, invoice).await.unwrap() };
        let standing = || async { see(&test.books, &clerk, invoice).await.unwrap().standing.unwrap() };
        assert_eq!((of().await, standing().await.can_be_voided()), (Links::None, true));
        make_link(&test.books, &clerk, None, MakeLink { invoice }).await.unwrap();
        assert_eq!((of().await, standing().await.can_be_voided()), (Links::Live, false));
        assert_eq!(standing().await.delivery, Delivery::LinkMade);
        assert_eq!(void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap_err().code(), "invoice.delivered");
        assert_eq!(end_links(&test.books, &clerk, EndLinks { invoice }).await.unwrap(), 1);
        assert_eq!((of().await, standing().await.delivery), (Links::Ended, Delivery::LinkMade));
        assert_eq!(void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap_err().code(), "invoice.delivered");
        let said = mark_sent(&test.books, &clerk, MarkSent { invoice, sent_on: None }).await.unwrap();
        assert_eq!(said.delivery, Delivery::Sent);
        assert_eq!(
            mark_sent(&test.books, &clerk, MarkSent { invoice, sent_on: None }).await.unwrap_err().code(),
            "invoice.sent"
        );
        make_link(&test.books, &clerk, None, MakeLink { invoice }).await.unwrap();
        assert_eq!((of().await, standing().await.delivery), (Links::Live, Delivery::Sent), "what is known stays known");
        let elsewhere = callers.staff(Role::SalesRepresentative, 1);
        assert_eq!(links(&test.books, &elsewhere, invoice).await.unwrap_err(), Refused::NotFound);
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: B5, C42.d
#[test]
fn a_link_opens_one_document_and_only_opening_counts_as_opened() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let installation = Callers::of(BusinessId::INSTALLATION).operator();
        coffer_identity::found_installation(&test.books, &installation).await.unwrap();
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        let other = an_invoice(&test, &clerk, &customer).await.draft.id;
        let nowhere = make_link(&test.books, &clerk, None, MakeLink { invoice }).await.err().unwrap();
        assert_eq!(nowhere.code(), "public_url.not_set_up", "no link that cannot reach the customer");
        let public_url = Some("https://invoices.ateliernord.example".to_owned());
        let missed =
            SetUpDelivery { version: None, public_url, mail: None, seen: Seen::Missed("public_url.elsewhere") };
        set_up(&test.books, &callers.owner(), missed).await.unwrap();
        let missed = make_link(&test.books, &clerk, None, MakeLink { invoice }).await.err().unwrap();
        assert_eq!(missed.code(), "public_url.not_reached");
        assert_eq!(see(&test.books, &clerk, invoice).await.unwrap().standing.unwrap().delivery, Delivery::NotSent);
        an_address(&test, &callers).await;
        let link = make_link(&test.books, &clerk, None, MakeLink { invoice }).await.unwrap();
        let mint = Mint::claim();
        let reader = resume(&test.books, &mint, token_of(&link), Origin::default()).await.unwrap();
        let delivery = || async { see(&test.books, &clerk, invoice).await.unwrap().standing.unwrap().delivery };
        assert_eq!(sender(&test.books, &reader).await.unwrap(), "Atelier Nord");
        assert_eq!(delivery().await, Delivery::LinkMade, "looking is not opening");
        assert_eq!(opened(&test.books, &reader).await.unwrap_err(), Refused::NotFound, "not before it is opened");
        open(&test.books, &reader).await.unwrap();
        assert_eq!(
            (delivery().await, opened(&test.books, &reader).await.unwrap().issued.draft.id),
            (Delivery::Opened, invoice)
        );
        let forbidden = see(&test.books, &reader, other).await.unwrap_err();
        assert_eq!(forbidden.code(), "role.not_allowed", "a link reads no other invoice");
        for stranger in [clerk.clone(), callers.anonymous(), callers.system()] {
            assert!(opened(&test.books, &stranger).await.is_err());
        }
        let kept = make_link(&test.books, &clerk, None, MakeLink { invoice: other }).await.unwrap();
        let again = make_link(&test.books, &clerk, None, MakeLink { invoice }).await.unwrap();
        let seller = callers.staff(Role::SalesRepresentative, 7);
        let reach = end_links(&test.books, &seller, EndLinks { invoice }).await;
        assert_eq!(reach, Err(Refused::NotFound.into()), "of one's own customers alone");
        assert_eq!(
            end_links(&test.books, &clerk, EndLinks { invoice }).await,
            Ok(2),
            "this one and the one made again"
        );
        for ended in [&link, &again] {
            let ended = resume(&test.books, &mint, token_of(ended), Origin::default()).await;
            assert_eq!(ended.unwrap_err(), Refused::NotFound, "ended by hand");
        }
        assert!(
            resume(&test.books, &mint, token_of(&kept), Origin::default()).await.is_ok(),
            "another invoice's stays"
        );
        test.home.clock.advance_seconds(401 * 24 * 60 * 60);
        let late = resume(&test.books, &mint, token_of(&kept), Origin::default()).await;
        assert_eq!(late.unwrap_err(), Refused::NotFound, "it does not open for ever");
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

async fn pays_to(test: &TestBooks, callers: &Callers, iban: &str) {
    let now = crate::business::get(&test.books, &callers.owner()).await.unwrap();
    let account = Account { holder: "Atelier Nord".into(), iban: iban.into(), bic: None };
    let order = ReviseBusiness {
        version: None,
        particulars: now.particulars,
        terms_days: 14,
        numbering: None,
        language: None,
        account: Change::To(Some(account)),
        show_account: Change::To(true),
    };
    revise(&test.books, &callers.owner(), order).await.unwrap();
}

// proves: C59.h, C62.a
#[test]
fn what_was_issued_is_paid_to_the_account_it_named_whatever_is_changed_later() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let installation = Callers::of(BusinessId::INSTALLATION).operator();
        coffer_identity::found_installation(&test.books, &installation).await.unwrap();
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        an_address(&test, &callers).await;
        let mint = Mint::claim();
        let shown = async |invoice| {
            let link = make_link(&test.books, &clerk, None, MakeLink { invoice }).await.unwrap();
            let reader = resume(&test.books, &mint, token_of(&link), Origin::default()).await.unwrap();
            open(&test.books, &reader).await.unwrap();
            let printed = rendition::manuscript(&test.books, &callers.system(), invoice).await.unwrap().account;
            let shown = opened(&test.books, &reader).await.unwrap().account;
            assert_eq!(shown, printed, "paper and link say the same");
            shown.map(|account| account.iban)
        };
        let nowhere = an_invoice(&test, &clerk, &customer).await.draft.id;
        pays_to(&test, &callers, "DE89370400440532013000").await;
        let first = an_invoice(&test, &clerk, &customer).await;
        pays_to(&test, &callers, "GB82WEST12345698765432").await;
        let second = an_invoice(&test, &clerk, &customer).await;
        assert_eq!(shown(first.draft.id).await.as_deref(), Some("DE89370400440532013000"));
        assert_eq!(shown(second.draft.id).await.as_deref(), Some("GB82WEST12345698765432"));
        assert_eq!(shown(nowhere).await, None, "an account is not slipped under what named none");
        let elsewhere = Frozen { paid_to: second.frozen.paid_to.clone(), ..first.frozen.clone() };
        assert_ne!(
            Issued { frozen: elsewhere, ..first.clone() }.canonical(),
            first.canonical(),
            "the hash says so too"
        );
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

/// What was sealed and hashed before accounts were frozen is read, and hashed again, byte for byte.
#[test]
fn an_invoice_of_before_keeps_its_hash_and_is_paid_as_ever() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let customer = a_customer(&test, &callers.clerk(), "Bäckerei Vogel").await;
        let issued = an_invoice(&test, &callers.clerk(), &customer).await;
        pays_to(&test, &callers, "DE89370400440532013000").await;
        let business = crate::business::get(&test.books, &callers.owner()).await.unwrap();
        let before = format!(r#"{{"seller":{{"name":"A"}},"buyer":{{"name":"B"}},"nonce":"{}"}}"#, "ab".repeat(32));
        let frozen: Frozen = serde_json::from_str(&before).unwrap();
        let said = serde_json::to_string(&frozen).unwrap();
        assert!(!said.contains("paid_to"), "{said}");
        let before = Issued { frozen, ..issued };
        assert_eq!(before.account(&business).unwrap().0.iban, "DE89370400440532013000");
    });
}

// proves: B5, C73.b
#[test]
fn each_link_is_opened_by_itself_and_fills_no_log_by_being_looked_at() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let installation = Callers::of(BusinessId::INSTALLATION).operator();
        coffer_identity::found_installation(&test.books, &installation).await.unwrap();
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        an_address(&test, &callers).await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        let mint = Mint::claim();
        let reader = async || {
            let link = make_link(&test.books, &clerk, None, MakeLink { invoice }).await.unwrap();
            resume(&test.books, &mint, token_of(&link), Origin::default()).await.unwrap()
        };
        let (first, second) = (reader().await, reader().await);
        open(&test.books, &first).await.unwrap();
        assert!(opened(&test.books, &first).await.is_ok());
        assert_eq!(opened(&test.books, &second).await.unwrap_err(), Refused::NotFound, "the other was not opened");
        assert!(rendition::kept_for_reader(&test.books, &second).await.is_err());
        let records = async || test.books.check(callers.business).await.unwrap().records;
        let before = records().await;
        for _ in 0..20 {
            open(&test.books, &first).await.unwrap();
            opened(&test.books, &first).await.unwrap();
        }
        assert_eq!(records().await, before, "one record of what is shown to a link in a minute");
        test.home.clock.advance_seconds(150);
        test.books.keep_house(callers.business).await.unwrap();
        test.books.sign_log(callers.business).await.unwrap();
        let log = String::from_utf8(test.books.export_log(callers.business, Vec::new()).await.unwrap()).unwrap();
        assert!(log.contains(r#""out":"shown""#) && log.contains(r#""times":21"#), "and how often it was");
        opened(&test.books, &first).await.unwrap();
        assert!(records().await > before + 1, "the next minute has a record of its own");
    });
}
