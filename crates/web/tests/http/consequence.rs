//! What follows is said before the button is pressed, and what followed after: a role that ends, money beyond what is
//! open.

use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;

pub(crate) const EMAIL: &str = "ingrid@ateliersor.example";

/// Somebody else, who comes by an invitation.
pub(crate) async fn joins<'a>(world: &'a World, owner: &mut Visit<'_>, role: &str) -> Visit<'a> {
    joins_as(world, owner, role, "tom@ateliersor.example").await
}

/// The same under this address.
pub(crate) async fn joins_as<'a>(world: &'a World, owner: &mut Visit<'_>, role: &str, email: &str) -> Visit<'a> {
    let invited = owner.post("/people/invite", &[("email", email), ("role", role)]).await;
    let mut new = Visit::new(world, email);
    new.through(&invited.between("/enter/", "</code>")).await;
    assert_eq!(new.post("/set-up/join", &[]).await.status, StatusCode::SEE_OTHER);
    new
}

/// An issued invoice over 113.05; its address.
pub(crate) async fn issued(owner: &mut Visit<'_>) -> String {
    let line = [("new_customer", "Vogel"), ("line-0-name", "Sign"), ("line-0-net_price", "95"), ("line-0-tax", "S 19")];
    let invoice = owner.post("/invoices", &line).await.location.replace("/edit", "");
    assert!(owner.post(&format!("{invoice}/issue"), &[]).await.location.ends_with("?done=issued"));
    invoice
}

// proves: C45.a, D8
#[test]
fn nobody_is_shown_out_by_one_press_and_it_is_said_that_they_were() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let mut tom = joins(&world, &mut owner, "billing_clerk").await;
        let people = owner.get("/people").await;
        assert!(!people.text.contains("value=\"end\""), "no button ends anything: {}", people.text);
        let ask = format!("/people/{}/end", people.between("href=\"/people/", "/end\""));
        let asked = owner.get(&ask).await.text;
        assert!(asked.contains("End their time here?") && asked.contains("tom@ateliersor.example"), "{asked}");
        assert!(asked.contains("they open nothing of these books") && asked.contains("a new invitation"), "{asked}");
        assert_eq!(tom.get("/invoices").await.status, StatusCode::OK, "asking ends nothing");
        assert!(!asked.contains("that a customer holds"), "nobody holds any: {asked}");
        let invoice = issued(&mut tom).await;
        let address = [("public_url", "https://books.example"), ("taken_on", "yes")];
        for _ in 0..2 {
            owner.post("/settings/delivery/address", &address).await;
        }
        for held in ["One link that a customer holds opens nothing", "2 links that customers hold open nothing"] {
            assert_eq!(tom.post(&format!("{invoice}/link"), &[]).await.status, StatusCode::OK);
            let asked = owner.get(&ask).await.text;
            assert!(asked.contains(held) && asked.contains("-0001</a> · <bdi>Vogel</bdi>"), "{asked}");
        }
        // An older form, in a tab that stayed open, ends nobody either.
        let old = owner.post(ask.strip_suffix("/end").unwrap(), &[("act", "end"), ("role", "billing_clerk")]).await;
        assert!(old.text.contains("in another role now") && tom.get("/invoices").await.status == StatusCode::OK);
        let ended = owner.post(&ask, &[]).await.text;
        assert!(ended.contains("The time of Ingrid Solberg here has ended"), "{ended}");
        assert!(!ended.contains("tom@ateliersor.example"), "{ended}");
        assert_eq!(tom.get("/invoices").await.status, StatusCode::FORBIDDEN, "from that moment");
        assert_eq!(owner.get(&ask).await.status, StatusCode::NOT_FOUND);
    });
}

// proves: B5
#[test]
fn whoever_changes_the_amount_finds_everything_else_as_they_typed_it() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = issued(&mut owner).await;
        let pay = format!("{invoice}/payments");
        let typed =
            [("amount", "1130.50"), ("received_on", "2026-01-02"), ("method", "cash"), ("reference", "Beleg 7")];
        let asked = owner.post(&pay, &typed).await.text;
        let whose =
            asked.contains("href=\"/invoices/") && asked.contains("-0001</a>") && asked.contains("<bdi>Vogel</bdi>");
        assert!(whose, "which invoice, and whose: {asked}");
        assert!(asked.contains("More than is open?") && asked.contains("name=\"then\" value=\"change\""), "{asked}");
        let again = owner.post(&pay, &[&typed[..], &[("then", "change")]].concat()).await;
        assert_eq!(again.status, StatusCode::OK);
        for kept in ["value=\"1130.50\"", "value=\"2026-01-02\"", "value=\"cash\" selected", "value=\"Beleg 7\""] {
            assert!(again.text.contains(kept), "{kept}: {}", again.text);
        }
        assert!(again.text.contains("No money was recorded"), "nothing was recorded by it");
    });
}
