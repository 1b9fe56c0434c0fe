#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use super::*;
use crate::customers::{AddCustomer, Customer, add};
use crate::testing::{a_business, past_of};
use coffer_kernel::{Action, Refuse, Role, TypedId};
use coffer_store::{Once, Refused, STEPS};
use coffer_testkit::{TestBooks, on_both_engines};

async fn customer(test: &TestBooks, actor: &coffer_kernel::Actor) -> Customer {
    let party = serde_json::from_value(serde_json::json!({ "name": "Bäckerei Vogel" })).unwrap();
    add(&test.books, actor, None, AddCustomer { party, currency: None, language: None }).await.unwrap()
}

fn order(customer: &Customer) -> DraftInvoice {
    let content = serde_json::json!({ "currency": "EUR", "lines": [
        { "name": "Shop sign", "quantity": "18", "net_price": "95", "category": "S", "rate": "19" },
        { "name": "Pattern book", "quantity": "12", "net_price": "14", "category": "S", "rate": "7" },
    ]});
    DraftInvoice {
        customer: customer.id,
        content: serde_json::from_value(content).unwrap(),
        unfinished: Unfinished::default(),
    }
}

fn issued(invoice: &Invoice) -> &Issued {
    match invoice {
        Invoice::Issued(issued) => issued,
        Invoice::Draft(_) => panic!("still a draft"),
    }
}

// proves: A4, A14, C59.b
#[test]
fn a_draft_becomes_an_invoice_once() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = customer(&test, &clerk).await;
        let drafted = draft(&test.books, &clerk, None, order(&customer)).await.unwrap();
        let stale = IssueInvoice { invoice: drafted.id(), version: Some(7) };
        assert_eq!(issue(&test.books, &clerk, None, stale).await.unwrap_err().code(), "stale");
        let order = IssueInvoice { invoice: drafted.id(), version: Some(1) };
        let invoice = issue(&test.books, &clerk, None, order).await.unwrap();
        let first = issued(&invoice);
        assert_eq!((first.number_text.as_str(), (first.due_on - first.issued_on).get_days()), ("AN-2026-0001", 14));
        assert_eq!(first.draft.totals.gross_total.to_string(), "2214.66 EUR");
        let again = IssueInvoice { version: None, ..order };
        assert_eq!(issue(&test.books, &clerk, None, again).await.unwrap_err().code(), "invoice.not_a_draft");
        assert_eq!(get(&test.books, &callers.auditor(), invoice.id()).await.unwrap(), invoice);
        test.books.sign_log(callers.business).await.unwrap();
        assert_eq!(test.books.check(callers.business).await.unwrap().findings, vec![]);
    });
}

// proves: A4, C59.c
#[test]
fn numbers_have_no_gaps_whatever_is_refused_in_between() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = customer(&test, &clerk).await;
        let calls = (0..64).map(|number| {
            let mut order = order(&customer);
            if number % 3 == 0 {
                order.content.lines.clear();
            }
            issue_at_once(&test.books, &clerk, None, IssueAtOnce(order))
        });
        let outcomes = futures_util::future::join_all(calls).await;
        let mut numbers: Vec<i64> = outcomes.iter().flatten().map(|invoice| issued(invoice).number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=42).collect::<Vec<i64>>());
        let refused = outcomes.iter().find_map(|outcome| outcome.as_ref().err()).unwrap();
        assert_eq!((refused.code(), refused.pointers()[0].rule), ("invoice.not_issuable", Some("BR-16")));
        assert_eq!(test.books.check(callers.business).await.unwrap().findings, vec![]);
    });
}

// What the books cannot hold and what the page cannot show is refused with its field, and leaves nothing.
// proves: A4, C56.a
#[test]
fn what_could_not_be_held_or_shown_is_never_issued() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = customer(&test, &clerk).await;
        type Case = (fn(&mut DraftInvoice), &'static str, &'static str);
        let cases: [Case; 7] = [
            (|order| order.content.lines[0].net_price = 99_999_999.into(), "invoice.not_computable", "/lines"),
            (|order| order.content.lines[1].name = "日本".into(), "invoice.not_issuable", "/lines/1/name"),
            (
                |order| order.content.lines[0].name = "4111 1111 1111 1111 12/27".into(),
                "text.card_number",
                "/lines/0/name",
            ),
            (|order| order.content.note = Some("ding \u{7}".into()), "text.control_character", "/note"),
            (|order| order.content.terms = Some("x".repeat(4_001)), "text.too_long", "/terms"),
            (|order| order.content.prepaid = Some("-50".into()), "invoice.not_issuable", "/prepaid"),
            (|order| order.content.rounding = Some("9999.00".into()), "invoice.not_issuable", "/rounding"),
        ];
        for (change, code, pointer) in cases {
            let mut order = order(&customer);
            order.content.lines[0].quantity = 99_999_999.into();
            change(&mut order);
            let refused = issue_at_once(&test.books, &clerk, None, IssueAtOnce(order)).await.unwrap_err();
            assert_eq!((refused.code(), refused.pointers()[0].pointer.as_str()), (code, pointer), "{refused}");
        }
        let party = serde_json::from_value(serde_json::json!({ "name": "日本株式会社" })).unwrap();
        let abroad = AddCustomer { party, currency: None, language: None };
        let abroad = add(&test.books, &clerk, None, abroad).await.unwrap();
        let refused = issue_at_once(&test.books, &clerk, None, IssueAtOnce(order(&abroad))).await.unwrap_err();
        assert_eq!(refused.pointers()[0].pointer, "/buyer/name", "kept as a customer, and no page can show it yet");
        let balances = crate::ledger::balances(&test.books, &callers.auditor()).await.unwrap();
        assert!(balances.is_empty(), "nothing was posted");
        assert_eq!(next_number(&test.books, &clerk).await.unwrap(), "AN-2026-0001", "no number was used");
    });
}

// proves: D8, C43.b
#[test]
fn a_sales_representative_bills_their_own_customers_only() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (mine, other) = (callers.staff(Role::SalesRepresentative, 1), callers.staff(Role::SalesRepresentative, 2));
        let customer = customer(&test, &mine).await;
        let invoice = issue_at_once(&test.books, &mine, None, IssueAtOnce(order(&customer))).await.unwrap();
        let refused = issue_at_once(&test.books, &other, None, IssueAtOnce(order(&customer))).await.unwrap_err();
        assert_eq!(refused.code(), "invoice.customer_unknown");
        assert_eq!(get(&test.books, &other, invoice.id()).await, Err(Refused::NotFound));
        assert!(get(&test.books, &mine, invoice.id()).await.is_ok());
        let elsewhere = a_business(&test, 3).await;
        assert_eq!(get(&test.books, &elsewhere.owner(), invoice.id()).await, Err(Refused::NotFound));
        let draft = draft(&test.books, &elsewhere.owner(), None, order(&customer)).await.unwrap_err();
        assert_eq!(draft.code(), "invoice.customer_unknown");
    });
}

// proves: C54.b
#[test]
fn a_repeated_request_issues_one_invoice() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let customer = customer(&test, &callers.clerk()).await;
        let key = callers.key(&[Action::IssueInvoice, Action::ReadInvoices]);
        let once = || Some(Once { key: "order-1".into(), request: b"the same".to_vec() });
        let calls = (0..100).map(|_| issue_at_once(&test.books, &key, once(), IssueAtOnce(order(&customer))));
        let outcomes: Vec<_> = futures_util::future::join_all(calls).await.into_iter().map(Result::unwrap).collect();
        assert!(outcomes.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(issued(&outcomes[0]).number, 1);
    });
}

// proves: F6, C54.c
#[test]
fn two_processes_on_one_database_share_one_series_and_one_log() {
    let home = coffer_testkit::Home::new(coffer_store::Dialect::Postgres, 7, STEPS, crate::AGGREGATES);
    let second = home.open(None).unwrap();
    let test = TestBooks { books: home.open(None).unwrap(), home };
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = customer(&test, &clerk).await;
        let nodes = [&test.books, &second];
        let calls = (0..60).map(|call| issue_at_once(nodes[call % 2], &clerk, None, IssueAtOnce(order(&customer))));
        let sign = async |node: &coffer_store::Books| {
            for _ in 0..40 {
                node.sign_log(callers.business).await.unwrap();
            }
        };
        let calls = futures_util::future::join_all(calls);
        let (outcomes, (), ()) = tokio::join!(calls, sign(&test.books), sign(&second));
        let mut numbers: Vec<i64> = outcomes.iter().map(|invoice| issued(invoice.as_ref().unwrap()).number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=60).collect::<Vec<i64>>());
        let once = || Some(Once { key: "both".into(), request: b"same".to_vec() });
        let calls = (0..8).map(|call| issue_at_once(nodes[call % 2], &clerk, once(), IssueAtOnce(order(&customer))));
        let repeated = futures_util::future::join_all(calls).await;
        let signing =
            futures_util::future::join_all((0..10).map(|call| nodes[call % 2].sign_log(callers.business))).await;
        assert!(signing.iter().all(Result::is_ok), "{signing:?}");
        let numbers: Vec<i64> = repeated.iter().map(|invoice| issued(invoice.as_ref().unwrap()).number).collect();
        assert_eq!(numbers, [61; 8], "the same key on two nodes at once is one invoice");
        second.sign_log(callers.business).await.unwrap();
        test.books.sign_log(callers.business).await.unwrap();
        let checked = second.check(callers.business).await.unwrap();
        let records = 2 + 61 + 7;
        assert_eq!((checked.records, checked.findings), (records, vec![]), "with what the repetitions were shown");
        let found = get(&second, &clerk, outcomes[0].as_ref().unwrap().id()).await;
        assert!(found.is_ok(), "what one wrote the other reads");
    });
    second.close();
}

// proves: A2, D10
#[test]
fn a_deleted_draft_is_gone_its_history_is_not_and_the_books_check() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, customer) = (callers.clerk(), customer(&test, &callers.clerk()).await);
        let drafted = draft(&test.books, &clerk, None, order(&customer)).await.unwrap();
        let delete_at = |version| delete(&test.books, &clerk, DeleteDraft { invoice: drafted.id(), version });
        assert_eq!(delete_at(Some(9)).await.unwrap_err().code(), "stale");
        delete_at(Some(1)).await.unwrap();
        assert_eq!(get(&test.books, &clerk, drafted.id()).await, Err(Refused::NotFound));
        let issued = issue_at_once(&test.books, &clerk, None, IssueAtOnce(order(&customer))).await.unwrap();
        let kept = delete(&test.books, &clerk, DeleteDraft { invoice: issued.id(), version: None }).await.unwrap_err();
        assert_eq!(kept.code(), "invoice.not_a_draft");
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
        let past = past_of(&test, &callers.owner(), drafted.id().bytes()).await;
        assert_eq!(past, ["invoice.draft_deleted", "invoice.drafted"]);
    });
}
