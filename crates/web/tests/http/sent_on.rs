//! That it was sent is said with its day: to a program and on the page, refused at its field, and told with who said so.

use crate::consequence::{EMAIL, issued};
use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_billing::delivery::letters::{Leave, Leaving, Outcome, RecordDelivery, SEND, State, Unsent, leave, record};
use coffer_billing::delivery::rendition::{self, RecordRendition};
use coffer_testkit::Callers;
use serde_json::json;
use std::time::Duration;

// proves: A4, B4
#[test]
fn the_day_it_was_sent_is_said_and_refused_at_its_field_by_page_and_program() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let key = key_to(&world, founded(&world).await).await;
        let invoices = [issued(&mut owner).await, issued(&mut owner).await, issued(&mut owner).await];
        world.test.home.clock.advance_seconds(3 * 24 * 60 * 60);
        owner.signs_in().await;
        let page = format!("{}/sent", invoices[0]);
        let program = |invoice: &str| format!("/api/v1{invoice}/mark-sent");
        assert!(owner.get(&page).await.text.contains("value=\"2026-11-24\""), "today, unless somebody says another");
        for (day, why) in
            [("2026-11-20", "before the invoice was issued"), ("2026-11-25", "has not come yet"), ("last week", "day")]
        {
            let no = owner.post(&page, &[("sent_on", day)]).await;
            assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}: {}", no.text);
            let said = no.between("<p class=\"err\" id=\"sent_on-error\">", "</p>");
            assert!(said.contains(why) && no.text.contains(&format!("value=\"{day}\"")), "{day}: {}", no.text);
            assert!(no.text.contains("aria-describedby=\"sent_on-error\""), "{}", no.text);
            assert_eq!(no.text.matches("autofocus").count(), 1, "what is wrong is read first: {}", no.text);
            let order = json!({ "sent_on": day });
            let (status, no) = world.send("POST", &program(&invoices[0]), &key, Some(&order)).await;
            assert_eq!((status, &no["errors"][0]["pointer"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("/sent_on")));
        }
        assert!(owner.get(&invoices[0]).await.text.contains("Not sent"), "what was refused is not marked");
        let done = owner.post(&page, &[("sent_on", "2026-11-22")]).await;
        assert_eq!(done.location, format!("{}?done=sent", invoices[0]), "{}", done.text);
        let told = owner.get(&invoices[0]).await.text;
        let happened = told.split_once("What happened").unwrap().1;
        assert!(told.contains("Sent 22 Nov") && happened.contains("Ingrid Solberg · 24 Nov, "), "{told}");
        assert!(owner.get("/history").await.text.contains("sent on 22 Nov"), "with the day that was said");
        // A program says it likewise, and says today by saying nothing.
        let order = json!({ "sent_on": "2026-11-23" });
        for (invoice, order, day) in [(&invoices[1], Some(&order), "2026-11-23"), (&invoices[2], None, "2026-11-24")] {
            let (status, sent) = world.send("POST", &program(invoice), &key, order).await;
            assert_eq!((status, &sent["delivered_on"]), (StatusCode::OK, &json!(day)), "{sent}");
        }
    });
}

/// A letter leaves with this invoice, and is refused at once.
async fn a_letter_in_vain(world: &World, invoice: &str) {
    let business = founded(world).await;
    let (key, system) = (key_to(world, business).await, Callers::of(business).system());
    let mail = json!({ "host": "mail.ateliersor.example", "port": 587, "security": "starttls", "sender": "a@ateliersor.example" });
    let wish = json!({ "public_url": "https://invoices.ateliersor.example", "customers_reach_it": true, "mail": mail });
    let (status, answer) = world.send("PUT", "/api/v1/settings/delivery", &key, Some(&wish)).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let to = json!({ "recipient": "vogel@example.org" });
    let (status, answer) = world.send("POST", &format!("/api/v1{invoice}/send"), &key, Some(&to)).await;
    assert!(status.is_success(), "{answer}");
    let printed = RecordRendition {
        invoice: invoice.trim_start_matches("/invoices/").parse().unwrap(),
        renderer: 1,
        printer: "a press".into(),
        content: b"%PDF".to_vec(),
    };
    let books = &world.test.books;
    rendition::record(books, &system, printed).await.unwrap();
    let claimed = books.claim(business, SEND, Duration::from_secs(600), 1).await.unwrap().pop().unwrap();
    let left = leave(books, &system, Leave { claimed: claimed.clone(), printable: true }).await.unwrap();
    assert!(matches!(left, Leaving::Now(_)));
    let outcome = Outcome::Never(Unsent { problem: "mail.recipient_refused".into(), reply: Some(550), said: None });
    let ended = record(books, &system, RecordDelivery { claimed, outcome }).await.unwrap();
    assert_eq!(ended.state, State::Refused);
}

// proves: A4, B4
#[test]
fn who_says_that_it_was_sent_is_named_although_a_letter_left_in_vain_before() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = issued(&mut owner).await;
        a_letter_in_vain(&world, &invoice).await;
        world.test.home.clock.advance_seconds(4 * 24 * 60 * 60);
        owner.signs_in().await;
        // Of the very day on which the letter left, too.
        let done = owner.post(&format!("{invoice}/sent"), &[("sent_on", "2026-11-21")]).await;
        assert_eq!(done.location, format!("{invoice}?done=sent"), "{}", done.text);
        let told = owner.get(&invoice).await.text;
        let happened = told.split_once("What happened").unwrap().1;
        assert!(happened.contains("Ingrid Solberg · 25 Nov, "), "{happened}");
    });
}
