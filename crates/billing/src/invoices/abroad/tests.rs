#![allow(clippy::unwrap_used, reason = "tests")]

use crate::business;
use crate::customers::{self, Customer, ReviseCustomer};
use crate::invoices::{
    Draft, DraftInvoice, Invoice, IssueAtOnce, IssueInvoice, Unfinished, draft, get, issue, issue_at_once,
};
use crate::testing::{a_business, a_customer};
use coffer_kernel::{Actor, Refuse};
use coffer_store::STEPS;
use coffer_testkit::{TestBooks, on_both_engines};
use serde_json::{Value, json};

/// A sale to another EU country, with this said besides.
fn sale(customer: &Customer, more: &Value) -> DraftInvoice {
    let mut content = json!({ "currency": "EUR", "delivered_on": "2026-01-05", "exemption_reason": "Intra-community supply",
        "lines": [{ "name": "Shop sign", "quantity": "1", "net_price": "95", "category": "K", "rate": "0" }] });
    content.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let content = serde_json::from_value(content).unwrap();
    DraftInvoice { customer: customer.id, content, unfinished: Unfinished::default() }
}

/// The customer is in this country from now on.
async fn moves(test: &TestBooks, actor: &Actor, customer: &Customer, country: Option<&str>) -> Customer {
    let mut party = customer.party.clone();
    (party.country, party.vat_id) = (country.map(str::to_owned), Some("PL5260001246".to_owned()));
    let order = ReviseCustomer { customer: customer.id, version: None, party, currency: None, language: None };
    customers::revise(&test.books, actor, order).await.unwrap()
}

/// What stands in the way of issuing it today.
async fn stopped_by(test: &TestBooks, actor: &Actor, draft: &Draft, customer: &Customer) -> Vec<&'static str> {
    let business = business::get(&test.books, actor).await.unwrap();
    let found = draft.obstacles(&business, customer, "2026-01-05".parse().unwrap());
    found.into_iter().filter_map(|pointer| pointer.rule).collect()
}

// proves: A4
#[test]
fn a_sale_abroad_goes_to_the_country_its_customer_has_when_it_is_issued_or_to_the_one_that_was_said() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Wójcik").await;
        let nowhere = moves(&test, &clerk, &customer, None).await;
        let open = draft(&test.books, &clerk, None, sale(&customer, &json!({}))).await.unwrap();
        let said = json!({ "deliver_to": { "country": "CZ" } });
        let said = draft(&test.books, &clerk, None, sale(&customer, &said)).await.unwrap();
        assert_eq!(stopped_by(&test, &clerk, open.draft(), &nowhere).await, ["BR-IC-12"]);
        let issuing = |invoice: &Invoice| IssueInvoice { invoice: invoice.id(), version: None };
        let no = issue(&test.books, &clerk, None, issuing(&open)).await.unwrap_err();
        assert_eq!(no.code(), "invoice.not_issuable");
        // Nobody sells to another EU country in their own, or outside of it.
        for home in ["DE", "GB", "US"] {
            let there = moves(&test, &clerk, &customer, Some(home)).await;
            assert_eq!(stopped_by(&test, &clerk, open.draft(), &there).await, ["BR-IC-12"], "{home}");
        }
        // The customer is mended; the draft is not written again.
        let pole = moves(&test, &clerk, &customer, Some("PL")).await;
        assert_eq!(stopped_by(&test, &clerk, open.draft(), &pole).await, [""; 0]);
        for (draft, goes) in [(open, "PL"), (said, "CZ")] {
            let issued = issue(&test.books, &clerk, None, issuing(&draft)).await.unwrap();
            let to = issued.draft().content.deliver_to.clone().unwrap();
            assert_eq!(to.country.as_deref(), Some(goes));
            assert_eq!(get(&test.books, &clerk, issued.id()).await.unwrap(), issued, "and so it stands");
        }
        // What was said of a place without its country is asked for, not guessed.
        let half = json!({ "deliver_to": { "city": "Lyon" } });
        let no = issue_at_once(&test.books, &clerk, None, IssueAtOnce(sale(&customer, &half))).await.unwrap_err();
        assert!(no.pointers().iter().any(|pointer| pointer.rule == Some("BR-57")), "{no:?}");
        let at_once = issue_at_once(&test.books, &clerk, None, IssueAtOnce(sale(&customer, &json!({})))).await.unwrap();
        assert!(at_once.draft().content.deliver_to.is_some());
        assert_eq!(test.books.check(callers.business).await.unwrap().findings, vec![]);
    });
}
