//! The list of all that came in: what it shows, to whom, and that currencies are never added up.

use crate::consequence::{EMAIL, issued, joins};
use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{World, invoice_body, on_both_engines};
use axum::http::StatusCode;
use serde_json::json;

async fn pays(person: &mut Visit<'_>, invoice: &str, amount: &str, day: &str, reference: &str) {
    let said = [("amount", amount), ("received_on", day), ("method", "transfer"), ("reference", reference)];
    let paid = person.post(&format!("{invoice}/payments"), &said).await;
    assert_eq!(paid.status, StatusCode::SEE_OTHER, "{}", paid.text);
}

// proves: A8
#[test]
fn what_came_in_is_listed_newest_first_with_whose_it_is_and_each_currency_for_itself() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let empty = owner.get("/payments").await.text;
        assert!(empty.contains("No money came in yet") && !empty.contains("<table"), "{empty}");
        let invoice = issued(&mut owner).await;
        pays(&mut owner, &invoice, "13.05", "2026-01-02", "the rest").await;
        pays(&mut owner, &invoice, "40", "2025-12-30", "on account").await;
        pays(&mut owner, &invoice, "10", "2026-01-01", "by mistake").await;
        let list = owner.get("/payments").await.text;
        let places = ["the rest", "by mistake", "on account"].map(|said| list.find(said).unwrap());
        assert!(places.is_sorted(), "the newest received first: {list}");
        assert_eq!(list.matches("<bdi>Vogel</bdi>").count(), 3, "{list}");
        assert!(list.contains(&format!("href=\"{invoice}#payments\"")) && list.contains("-0001</a>"), "{list}");
        assert!(list.contains("30 Dec 2025") && list.contains("Transfer"), "{list}");
        assert!(list.contains("63.05<span class=\"cur\">EUR</span>"), "the sum: {list}");

        let back = owner.get(&invoice).await.text;
        let back = back.split("/payments/").nth(3).unwrap().split_once("/take-back").unwrap().0.to_owned();
        owner.post(&format!("{invoice}/payments/{back}/take-back"), &[]).await;
        let taken = owner.get("/payments?only=taken_back").await.text;
        assert_eq!(taken.matches("<tr class=\"gone\">").count(), 1, "{taken}");
        assert!(taken.contains("by mistake") && !taken.contains("on account"), "{taken}");
        let list = owner.get("/payments").await.text;
        assert!(list.contains("taken back ") && list.contains("53.05<span class=\"cur\">EUR</span>"), "{list}");

        let key = key_to(&world, founded(&world).await).await;
        let customer = owner.get(&invoice).await.between("href=\"/customers/", "\"");
        let mut dollars = invoice_body(&customer);
        dollars["content"]["currency"] = json!("USD");
        let (status, other) = world.send("POST", "/api/v1/invoices/issue", &key, Some(&dollars)).await;
        assert_eq!(status, StatusCode::CREATED, "{other}");
        pays(&mut owner, &format!("/invoices/{}", other["id"].as_str().unwrap()), "100", "2026-01-03", "wire").await;
        let list = owner.get("/payments").await.text;
        let sums = list.split_once("<dl class=\"sums of-list\">").unwrap().1;
        assert_eq!(sums.matches("<div class=\"total\">").count(), 2, "{sums}");
        assert!(
            sums.contains("53.05<span class=\"cur\">EUR") && sums.contains("100.00<span class=\"cur\">USD"),
            "{sums}"
        );
    });
}

// proves: C45.a, D8
#[test]
fn whoever_sees_their_own_customers_alone_sees_what_those_paid_and_no_more() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = issued(&mut owner).await;
        pays(&mut owner, &invoice, "13.05", "2026-01-02", "not theirs").await;
        let mut seller = joins(&world, &mut owner, "sales_representative").await;
        let none = seller.get("/payments").await;
        assert!(none.text.contains("No money came in yet") && !none.text.contains("not theirs"), "{}", none.text);
        let own = issued(&mut seller).await;
        pays(&mut owner, &own, "5", "2026-01-02", "theirs").await;
        let list = seller.get("/payments").await.text;
        assert!(list.contains("theirs") && !list.contains("not theirs"), "{list}");
        assert!(!list.contains("href=\"/invoices?only=open\""), "who records no money is not led to it: {list}");
    });
}

// proves: F1
#[test]
fn a_program_reads_all_payments_page_by_page_or_those_of_one_customer() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = world.key(1, coffer_kernel::Role::Owner).await;
        let first = world.paid_records(&key).await;
        // Of one moment, ids have no order that anybody gave them.
        world.test.home.clock.advance_seconds(1);
        let second = world.paid_records(&key).await;
        let get = async |path: String| world.send("GET", &path, &key, None).await;
        let (_, page) = get("/api/v1/payments?limit=1".into()).await;
        assert_eq!(
            (page["payments"][0]["id"].as_str(), page["payments"][1].as_str()),
            (Some(second.payment.as_str()), None)
        );
        let next = page["next"].as_str().unwrap();
        let (_, page) = get(format!("/api/v1/payments?limit=1&after={next}")).await;
        assert_eq!((page["payments"][0]["id"].as_str(), &page["next"]), (Some(first.payment.as_str()), &json!(null)));
        let (_, theirs) = get(format!("/api/v1/payments?customer={}", first.customer)).await;
        assert_eq!(theirs["payments"].as_array().unwrap().len(), 1, "{theirs}");
        let (status, unfit) = get(format!("/api/v1/payments?customer={}&after={next}", first.customer)).await;
        assert_eq!((status, &unfit["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("cursor.unfit")));
        let (status, _) = get("/api/v1/payments?only=lost".into()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}
