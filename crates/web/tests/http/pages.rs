//! Pages, as a person meets them: what is no page, what is refused, what a look at one leaves in the log, and what two who
//! write at once are told.

use crate::visit::Visit;
use crate::world::{World, business, invoice_body, on_both_engines};
use axum::http::StatusCode;
use coffer_identity::api_keys::{CreateApiKey, create};
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_kernel::{Action, BusinessId, Role};
use coffer_testkit::Callers;
use serde_json::{Value, json};

const EMAIL: &str = "ingrid@ateliersor.example";

// proves: F8, C96.d
#[test]
fn what_is_no_page_or_is_refused_is_a_page_inside_the_frame_for_whoever_is_signed_in() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        for nothing in ["/nowhere", "/invoices/inv_00000000000000000000000000", "/customers/nobody"] {
            let page = owner.get(nothing).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{nothing}");
            assert!(page.text.contains("<nav") && page.text.contains("href=\"/invoices\""), "{nothing}: {}", page.text);
            assert_eq!(page.text.matches("<h1").count(), 1, "{nothing}");
        }
        let mut stranger = Visit::new(&world, "");
        let page = stranger.get("/nowhere").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.text.contains("<h1") && !page.text.contains("<nav"), "{}", page.text);
        let (status, problem) = world.send("GET", "/api/v1/nowhere", "", None).await;
        assert_eq!((status, &problem["code"]), (StatusCode::NOT_FOUND, &json!("not_found")));
    });
}

// proves: C76.b
#[test]
fn looking_at_a_page_opens_nobodys_name_and_leaves_one_record_more_than_what_stands_on_it() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let records = async |of| world.test.books.check(of).await.unwrap().records;
        let mine = founded(&world).await;
        let first = owner.get("/invoices/nothing").await;
        assert!(first.text.contains("<b><bdi>Ingrid Solberg</bdi></b>"), "who it is: {}", first.text);
        let (of_all, before) = (records(BusinessId::INSTALLATION).await, records(mine).await);
        for _ in 0..5 {
            assert_eq!(owner.get("/invoices/nothing").await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(records(BusinessId::INSTALLATION).await, of_all, "whose sign-in it is was read once");
        // The name of the business, once a page.
        assert_eq!(records(mine).await, before + 5);
    });
}

/// A key to the business that this owner founded.
pub(crate) async fn key_to(world: &World, business: BusinessId) -> String {
    let owners = |action: &Action| reach(*action, Party::Role(Role::Owner)) != Reach::None;
    let scopes = Action::ALL.iter().copied().filter(owners).collect();
    let order = CreateApiKey { name: "a test".into(), role: Role::Owner, scopes, expires_at: None };
    let operator = Callers::of(business).operator();
    create(&world.test.books, &operator, order).await.unwrap().secret.expose().to_owned()
}

pub(crate) async fn founded(world: &World) -> BusinessId {
    let all = world.test.books.businesses().await.unwrap();
    *all.iter().find(|id| ![business(1), business(2), BusinessId::INSTALLATION].contains(id)).unwrap()
}

// proves: A14, C56.c
#[test]
fn a_payment_that_can_be_read_in_two_ways_is_asked_about_and_not_taken() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let key = key_to(&world, founded(&world).await).await;
        let records = world.records(&key).await;
        let page = format!("/invoices/{}", records.issued);
        let once = owner.get(&page).await.hidden("once");
        let paid = async |owner: &mut Visit<'_>, amount: &str| {
            let fields =
                [("once", once.as_str()), ("amount", amount), ("received_on", "2026-01-05"), ("method", "transfer")];
            owner.post(&format!("{page}/payments"), &fields).await
        };
        let counted = async || {
            let (_, listed) = world.send("GET", &format!("/api/v1{page}/payments"), &key, None).await;
            listed["payments"].as_array().map_or(0, Vec::len)
        };
        for unclear in ["1.500", "1,500", "1.500,00.0", "a lot", ""] {
            let asked = paid(&mut owner, unclear).await;
            assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{unclear}: {}", asked.text);
            assert!(asked.text.contains("aria-invalid=\"true\""), "{unclear}: at its field: {}", asked.text);
            assert_eq!(counted().await, 0, "{unclear}");
        }
    });
}

// proves: A2, C59.b
#[test]
fn a_program_and_a_page_that_change_the_same_draft_are_each_told_and_nothing_typed_is_lost() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let key = key_to(&world, founded(&world).await).await;
        let records = world.records(&key).await;
        let (draft, page) = (format!("/api/v1/invoices/{}", records.draft), format!("/invoices/{}", records.draft));
        let editor = owner.get(&format!("{page}/edit")).await;
        let seen = editor.hidden("version");
        let put = async |version: &str| {
            let headers = [("if-match", version)];
            let body = invoice_body(&records.customer);
            world.send_with("PUT", &draft, &key, &headers, Some(&body)).await
        };
        assert_eq!(put("\"1\"").await.0, StatusCode::OK);
        let typed = |version: &str| {
            [
                ("version", version.to_owned()),
                ("customer", records.customer.clone()),
                ("line-0-name", "Typed by hand".to_owned()),
                ("line-0-quantity", "3".to_owned()),
                ("line-0-net_price", "10".to_owned()),
                ("line-0-tax", "S 19".to_owned()),
            ]
        };
        let sent = typed(&seen);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let told = owner.post(&page, &sent).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", told.text);
        assert!(told.text.contains("Somebody changed this") && told.text.contains("Typed by hand"), "{}", told.text);
        let (_, stands) = world.send("GET", &draft, &key, None).await;
        assert_eq!(stands["content"]["lines"][0]["name"], "Shop sign", "the program's change stands until then");
        let again = typed(&told.hidden("version"));
        let again: Vec<(&str, &str)> = again.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let kept = owner.post(&page, &again).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
        let (status, late): (StatusCode, Value) = put("\"2\"").await;
        assert_eq!((status, &late["code"]), (StatusCode::PRECONDITION_FAILED, &json!("stale")));
    });
}
