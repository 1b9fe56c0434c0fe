//! An invoice that somebody changed in the database: nobody gets it in any form, and everybody is told why.

use crate::consequence::{EMAIL, issued};
use crate::handed_over::reachable;
use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_kernel::{BusinessId, TypedId};
use coffer_testkit::Callers;
use coffer_testkit::past::past;

async fn behind(world: &World, business: BusinessId, sql: &'static str) {
    let operator = Callers::of(business).operator();
    assert!(past(&world.test.books, &operator, sql, Vec::new()).await.unwrap() > 0, "{sql}");
}

// proves: C03.c, C59.a
#[test]
fn an_altered_invoice_is_shown_to_nobody_and_everybody_is_told_why() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        reachable(&world).await;
        let page = issued(&mut owner).await;
        let link = owner.post(&format!("{page}/link"), &[]).await;
        let path = link.between("<code>https://invoices.ateliersor.example", "</code>");
        let mut customer = Visit::new(&world, "");
        customer.post(&path, &[]).await;
        let business = founded(&world).await;
        let key = key_to(&world, business).await;
        let api = format!("/api/v1{page}");
        assert_eq!(customer.get(&path).await.status, StatusCode::OK);
        for altered in ["UPDATE invoice_tax SET tax = tax + 1", "UPDATE invoice SET due_on = '2027-01-01'"] {
            behind(&world, business, altered).await;
            for from in [page.clone(), format!("{page}/pdf")] {
                let seen = owner.get(&from).await;
                assert_eq!(seen.status, StatusCode::CONFLICT, "{altered}, {from}: {}", seen.text);
                assert!(seen.text.contains("coffer check"), "{altered}, {from}: {}", seen.text);
            }
            for seen in [customer.get(&path).await, customer.post(&format!("{path}/pdf"), &[]).await] {
                assert_eq!(seen.status, StatusCode::CONFLICT, "{altered}: {}", seen.text);
            }
            let (status, answer) = world.send("GET", &api, &key, None).await;
            assert_eq!((status, answer["code"].as_str()), (StatusCode::CONFLICT, Some("row.altered")), "{answer}");
            let (status, answer) = world.send("POST", &format!("{api}/void"), &key, None).await;
            assert_eq!((status, answer["code"].as_str()), (StatusCode::CONFLICT, Some("row.altered")), "{answer}");
            for goes_on in ["/", "/invoices", "/history"] {
                assert_eq!(owner.get(goes_on).await.status, StatusCode::OK, "{goes_on}");
            }
        }
        assert!(owner.get("/history?only=refused").await.text.contains("Forged"), "it is noted");
    });
}

// proves: C03.c, D11
#[test]
fn what_the_daily_look_found_stands_on_every_page_of_these_books() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let business = founded(&world).await;
        let alarm = "things are not as Coffer wrote them";
        world.app.looked.note(business, 2);
        for page in ["/", "/invoices", "/customers", "/payments", "/people", "/history", "/backup", "/settings"] {
            let seen = owner.get(page).await;
            assert!(seen.text.contains(alarm) && seen.text.contains("coffer check"), "{page}: {}", seen.text);
        }
        world.app.looked.note(business, 0);
        assert!(!owner.get("/").await.text.contains(alarm), "and no longer than it is so");
        world.app.looked.note(BusinessId::from_bytes([9; 16]), 2);
        assert!(!owner.get("/").await.text.contains(alarm), "another's books are another's");
    });
}
