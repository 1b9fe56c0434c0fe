//! What goes beyond: money beyond what was asked, a right beyond a role, a language beyond what the browser asks for.

use crate::consequence::{EMAIL, issued, joins};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;

// proves: B5, A4
#[test]
fn what_was_paid_beyond_what_was_asked_stands_with_its_customer_and_needs_somebody() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = issued(&mut owner).await;
        let customer = format!("/customers/{}", owner.get(&invoice).await.between("href=\"/customers/", "\""));
        let said = "Credit 510.30<span class=\"cur\">EUR</span>";
        assert!(!owner.get(&customer).await.text.contains("Credit"), "there is none");
        let paid = [("amount", "623.35"), ("method", "transfer"), ("sure", "yes")];
        let paid = owner.post(&format!("{invoice}/payments"), &paid).await;
        assert_eq!(paid.status, StatusCode::SEE_OTHER, "{}", paid.text);
        let theirs = owner.get(&customer).await.text;
        assert!(theirs.contains(said) && theirs.contains("Paid beyond what was asked"), "{theirs}");
        let home = owner.get("/").await.text;
        let needs = home.split_once("Needs you").unwrap().1;
        assert!(needs.contains(&format!("<a href=\"{customer}\">Credit <bdi>Vogel</bdi></a> 510.30")), "{needs}");
        let back = owner.get(&invoice).await.between("/payments/", "/take-back");
        owner.post(&format!("{invoice}/payments/{back}/take-back"), &[]).await;
        assert!(!owner.get(&customer).await.text.contains("Credit") && !owner.get("/").await.text.contains("Credit"));
    });
}

// proves: C36.d, C45.b
#[test]
fn a_role_that_does_not_fit_is_refused_by_naming_the_right_it_lacks_or_has_too_much() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let key = [("name", "Shop"), ("role", "billing_clerk"), ("payment.reverse", "yes"), ("customer.read", "yes")];
        let refused = owner.post("/settings/keys", &[&key[..], &[("days", "90")]].concat()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("The role Billing clerk may not: Take payments back."), "{}", refused.text);
        assert!(refused.text.contains("What each role may do"), "{}", refused.text);
        let mut administrator = joins(&world, &mut owner, "administrator").await;
        let order = [("email", "eve@else.example"), ("role", "finance_manager")];
        let refused = administrator.post("/people/invite", &order).await.text;
        assert!(
            refused.contains("This role may do what you may not: ") && refused.contains("issue an invoice"),
            "{refused}"
        );
        assert!(!refused.contains("see who works here"), "what both may do is not named: {refused}");
    });
}

// proves: F8
#[test]
fn what_stands_for_good_is_said_and_everybody_reads_in_the_language_they_choose() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let settings = owner.get("/settings").await.text;
        for said in ["<bdi>Germany</bdi>", "<bdi>EUR</bdi>", "This was chosen when the books were opened"] {
            assert!(settings.contains(said), "{said}: {settings}");
        }
        assert_eq!(owner.post("/settings/language", &[("language", "tlh")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(owner.post("/settings/language", &[("language", "de")]).await.location, "/settings");
        let german = owner.get("/settings").await.text;
        assert!(german.contains("<html lang=\"de\"") && german.contains("Deutschland"), "{german}");
        // Also where a form waited for a proof and is sent on.
        world.test.home.clock.advance_seconds(600);
        let asked = owner.post("/people/invite", &[("email", "eve@else.example"), ("role", "auditor")]).await;
        let (code, kept) = (owner.code(), asked.hidden("kept"));
        let done = owner.post("/proof", &[("code", &code), ("kept", &kept)]).await.text;
        assert!(done.contains("<html lang=\"de\"") && done.contains("/enter/"), "{done}");
        owner.post("/settings/language", &[("language", "en")]).await;
        assert!(owner.get("/settings").await.text.contains("Germany"));
    });
}
