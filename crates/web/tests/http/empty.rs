//! What stands where nothing stands yet: a sentence and one button, never an empty table or a chart of nothing.

use crate::consequence::{EMAIL, issued};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;

/// What a page shows within its frame.
fn main_of(page: &str) -> &str {
    let from = page.find("<main").unwrap_or_else(|| panic!("no main in {page}"));
    &page[from..page.find("</main>").unwrap()]
}

/// The lists of a new business, and where each one's button leads.
const LISTS: [(&str, &str); 5] = [
    ("/", "/invoices/new"),
    ("/invoices", "/invoices/new"),
    ("/customers", "/customers/new"),
    ("/items", "/items/new"),
    ("/payments", "/invoices"),
];

/// The same, narrowed to what there is not yet; the button shows all.
const NARROWED: [&str; 13] = [
    "/invoices?only=drafts",
    "/invoices?only=open",
    "/invoices?only=overdue",
    "/invoices?only=paid",
    "/invoices?only=void",
    "/invoices?q=nothing",
    "/customers?only=owing",
    "/customers?only=overdue",
    "/customers?q=nothing",
    "/items?q=nothing",
    "/payments?only=taken_back",
    "/history?only=refused",
    "/history?only=done&by=usr_00000000000000000000000000",
];

// proves: F8
#[test]
fn every_list_of_a_new_business_says_what_will_stand_there_and_has_one_button() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        for (path, leads) in LISTS {
            let page = owner.get(path).await;
            let main = main_of(&page.text);
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let (_, empty) =
                main.split_once("<section class=\"empty\"><h2>").unwrap_or_else(|| panic!("{path}: {main}"));
            let (said, _) = empty.split_once("</section>").unwrap();
            assert!(said.contains("<p class=\"soft\">"), "{path}: what will stand there: {said}");
            assert_eq!(main.matches("class=\"btn main\"").count(), 1, "{path}: {main}");
            assert!(said.contains(&format!("<a class=\"btn main\" href=\"{leads}\"")), "{path}: {said}");
            assert!(!main.contains("<table") && !main.contains("class=\"chart"), "{path}: {main}");
        }
        for path in NARROWED {
            let page = owner.get(path).await;
            let main = main_of(&page.text);
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_eq!(main.matches("<section class=\"empty\"><h2>").count(), 1, "{path}: {main}");
            assert!(main.contains("<a class=\"btn\" href=\""), "{path}: {main}");
            assert!(!main.contains("<table") && !main.contains("class=\"chart"), "{path}: {main}");
        }
        // Beside a form that fills it, a sentence is enough.
        let keys = owner.get("/settings/keys").await.text;
        assert!(keys.contains("No program has a key.") && !main_of(&keys).contains("<table"), "{keys}");
        assert_eq!(main_of(&keys).matches("class=\"btn main\"").count(), 1, "{keys}");
        let people = owner.get("/people").await.text;
        assert!(!main_of(&people).contains("<table") && !people.contains("<h3>"), "nobody waits: {people}");
    });
}

// proves: F8
#[test]
fn a_currency_that_is_settled_has_no_chart_whoever_asks_for_it() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = issued(&mut owner).await;
        assert!(owner.get("/?currency=EUR").await.text.contains("class=\"chart"), "something is open");
        owner.post(&format!("{invoice}/payments"), &[("amount", "113.05"), ("method", "transfer")]).await;
        for path in ["/", "/?currency=EUR", "/?currency=CHF", "/?currency=%00"] {
            let page = owner.get(path).await;
            assert!(page.status == StatusCode::OK && !page.text.contains("class=\"chart"), "{path}: {}", page.text);
        }
    });
}
