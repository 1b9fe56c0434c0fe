//! A draft that keeps itself again and again is one row of the history, and each time a record of the log.

use crate::consequence::{issued, joins};
use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_testkit::Callers;
use coffer_testkit::past::past;
use serde_json::Value;

const EMAIL: &str = "ingrid@ateliersor.example";

fn typed(quantity: &str) -> [(&str, &str); 5] {
    [
        ("customer", ""),
        ("line-0-name", "Sign"),
        ("line-0-quantity", quantity),
        ("line-0-net_price", "95"),
        ("line-0-tax", "S 19"),
    ]
}

/// Keeps a draft as it is typed, as the page does by itself.
async fn keeps(person: &mut Visit<'_>, draft: &str, customer: &str, quantity: &str) {
    let mut form = typed(quantity).to_vec();
    form[0].1 = customer;
    form.push(("then", "keep"));
    let kept = person.post(draft, &form).await;
    assert!(kept.text.contains("\"kept\""), "{}", kept.text);
}

/// The rows of the page that say so.
fn rows<'a>(page: &'a str, what: &str) -> Vec<&'a str> {
    page.split("<tr>").filter(|row| row.contains(what)).collect()
}

// proves: C76.b
#[test]
fn what_one_person_does_to_one_invoice_again_and_again_is_one_row_and_every_record_stays() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let mut clerk = joins(&world, &mut owner, "billing_clerk").await;
        let named = [&typed("1")[1..], &[("new_customer", "Vogel"), ("named", "Vogel")]].concat();
        let draft = owner.post("/invoices", &named).await.location.replace("/edit", "");
        let customer = owner.get(&format!("{draft}/edit")).await.between("href=\"/customers/", "/edit?back=");
        for quantity in ["2", "3", "4"] {
            keeps(&mut owner, &draft, &customer, quantity).await;
            world.test.home.clock.advance_seconds(60);
        }
        let page = owner.get("/history").await.text;
        let [row] = rows(&page, "Changed a draft")[..] else { panic!("{page}") };
        assert!(row.contains("3 times, since 21 Nov, ") && row.contains("Ingrid Solberg"), "{row}");
        assert_eq!(rows(&page, "Drafted an invoice").len(), 1, "another act is another row: {page}");
        // Somebody else in between is never folded in, and neither is another invoice.
        keeps(&mut clerk, &draft, &customer, "5").await;
        keeps(&mut owner, &draft, &customer, "6").await;
        let second = [&typed("1")[1..], &[("customer", customer.as_str())]].concat();
        let second = owner.post("/invoices", &second).await.location.replace("/edit", "");
        keeps(&mut owner, &second, &customer, "7").await;
        let page = owner.get("/history").await.text;
        let told = rows(&page, "Changed a draft");
        assert_eq!(told.len(), 4, "{page}");
        assert_eq!(told.iter().filter(|row| row.contains("3 times, since")).count(), 1, "{page}");
        // A program reads each record.
        let key = key_to(&world, founded(&world).await).await;
        let log: Value = world.send("GET", "/api/v1/history?outcome=done&limit=100", &key, None).await.1;
        let all = log["records"].as_array().unwrap().iter();
        assert_eq!(all.filter(|record| record["what"] == "invoice.revised").count(), 6, "{log}");
    });
}

// proves: C76.b
#[test]
fn what_cannot_be_read_any_more_and_what_is_of_another_day_is_never_folded() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = issued(&mut owner).await;
        let draft = owner.post("/invoices", &[&typed("1")[1..], &[("new_customer", "Maier")]].concat()).await;
        let draft = draft.location.replace("/edit", "");
        let customer = owner.get(&format!("{draft}/edit")).await.between("href=\"/customers/", "/edit?back=");
        keeps(&mut owner, &draft, &customer, "2").await;
        world.test.home.clock.advance_seconds(24 * 60 * 60);
        owner.signs_in().await;
        keeps(&mut owner, &draft, &customer, "3").await;
        for amount in ["10", "20"] {
            let said = [("amount", amount), ("received_on", "2026-11-21"), ("method", "transfer")];
            let paid = owner.post(&format!("{invoice}/payments"), &said).await;
            assert_eq!(paid.status, StatusCode::SEE_OTHER, "{}", paid.text);
        }
        let page = owner.get("/history").await.text;
        assert_eq!(rows(&page, "Changed a draft").len(), 2, "a day is not told with the one before: {page}");
        // As it is once whom it was about was erased: of both nothing is left but that they were.
        let operator = Callers::of(founded(&world).await).operator();
        past(&world.test.books, &operator, "DELETE FROM log_detail", Vec::new()).await.unwrap();
        let page = owner.get("/history").await.text;
        let told = rows(&page, "Recorded a payment");
        assert!(told.len() == 2 && told.iter().all(|row| !row.contains(" times, since")), "{page}");
    });
}
