//! What was handed over: that it was stays told, what it ends is said before, and links that were ended say so.

use crate::consequence::{EMAIL, issued, joins};
use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use serde_json::json;

/// Lets links be made.
pub(crate) async fn reachable(world: &World) {
    let key = key_to(world, founded(world).await).await;
    let wish = json!({ "public_url": "https://invoices.ateliersor.example", "customers_reach_it": true, "mail": null });
    let (status, answer) = world.send("PUT", "/api/v1/settings/delivery", &key, Some(&wish)).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
}

// proves: B4, A14
#[test]
fn that_it_was_sent_stays_told_and_what_it_ends_is_said_before() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let mut clerk = joins(&world, &mut owner, "billing_clerk").await;
        reachable(&world).await;
        let invoice = issued(&mut owner).await;
        let before = "by a link or by hand, it can no longer be voided";
        assert!(owner.get(&invoice).await.text.contains(before));
        let link = owner.post(&format!("{invoice}/link"), &[]).await;
        assert!(!link.text.contains(before), "now it is too late to say so");
        assert!(link.text.contains("data-copy=") && link.text.contains("It opens until"), "{}", link.text);
        let path = link.between("<code>https://invoices.ateliersor.example", "</code>");
        let mut customer = Visit::new(&world, "");
        assert_eq!(customer.post(&path, &[]).await.location, path);
        let happened = owner.get(&invoice).await.text.split_once("What happened").unwrap().1.to_owned();
        let (opened, made) = (happened.find("Opened").unwrap(), happened.find("Link made").unwrap());
        assert!(opened < made, "the newest first: {happened}");
        assert!(happened[made..].contains("Ingrid Solberg"), "and who made it: {happened}");
        let happened = clerk.get(&invoice).await.text.split_once("What happened").unwrap().1.to_owned();
        assert!(happened.contains("Opened") && happened.contains("It was sent before that"), "{happened}");
    });
}

// proves: B4
#[test]
fn links_that_were_ended_open_nothing_and_everybody_hears_so() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        reachable(&world).await;
        let invoice = issued(&mut owner).await;
        let link = owner.post(&format!("{invoice}/link"), &[]).await;
        let path = link.between("<code>https://invoices.ateliersor.example", "</code>");
        let ended = owner.post(&format!("{invoice}/links/end"), &[]).await.location;
        assert!(owner.get(&ended).await.text.contains("No link opens it any more"));
        // What a customer holds says the same whatever became of it, and leads to none of our places.
        let mut customer = Visit::new(&world, "");
        let closed = customer.get(&path).await;
        assert_eq!(closed.status, StatusCode::NOT_FOUND);
        assert!(closed.text.contains("This link does not open") && closed.text.contains("for a new one"));
        assert!(!closed.text.contains("href=\"/\"") && !closed.text.contains("Sign"), "{}", closed.text);
        let torn = customer.get(&path[..path.len() - 3]).await;
        assert_eq!((torn.status, &torn.text), (closed.status, &closed.text));
        assert_eq!(customer.post(&path, &[]).await.text, closed.text);
        assert_eq!(customer.post(&format!("{path}/pdf"), &[]).await.text, closed.text);
        // Somebody of ours who tries it sees what the customer sees.
        assert_eq!(owner.get(&path).await.text, closed.text);
    });
}

// proves: B4
#[test]
fn a_link_is_called_made_until_somebody_says_more_and_can_be_ended_while_one_opens() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let mut clerk = joins(&world, &mut owner, "billing_clerk").await;
        reachable(&world).await;
        let invoice = issued(&mut owner).await;
        let (ends, marks) = (format!("href=\"{invoice}/links/end\""), format!("href=\"{invoice}/sent\""));
        assert!(!owner.get(&invoice).await.text.contains(&ends), "there is none to end");
        let made = owner.post(&format!("{invoice}/link"), &[]).await.text;
        assert!(made.contains(">Copy the link<") && made.contains(">Copy as a new draft<"), "{made}");
        let page = owner.get(&invoice).await.text;
        assert!(page.contains("Link made 21 Nov") && page.contains(&ends) && page.contains(&marks), "{page}");
        assert!(!page.contains("Sent 21 Nov") && page.contains("Say so once you have passed it on"), "{page}");
        assert!(page.contains("A link to it was made, so it can no longer be voided"), "{page}");
        assert!(clerk.get(&invoice).await.text.contains("Link made 21 Nov"), "whoever sees no history, too");
        owner.post(&format!("{invoice}/links/end"), &[]).await;
        let page = owner.get(&invoice).await.text;
        assert!(!page.contains(&ends) && page.contains("No link opens it any more"), "{page}");
        let happened = page.split_once("What happened").unwrap().1;
        let (ended, made) = (happened.find("All links to it ended").unwrap(), happened.find("Link made").unwrap());
        assert!(ended < made, "the newest first: {happened}");
        // Weeks later it counts among those of which nobody knows that they were sent, until somebody says so.
        world.test.home.clock.advance_seconds(30 * 24 * 60 * 60);
        owner.signs_in().await;
        assert!(owner.get("/").await.text.contains("one of them is late"));
        // It is asked once, with what it means: nothing was done by looking.
        let asked = owner.get(&format!("{invoice}/sent")).await.text;
        assert!(
            asked.contains("can no longer be voided. This cannot be undone") && asked.contains("as sent</button>"),
            "{asked}"
        );
        assert!(owner.get(&invoice).await.text.contains(&marks), "not marked by looking");
        owner.post(&format!("{invoice}/sent"), &[]).await;
        assert_eq!(owner.get(&format!("{invoice}/sent")).await.location, invoice, "said once, it is asked no more");
        assert!(!owner.get("/").await.text.contains("issued and not sent"));
        let page = owner.get(&invoice).await.text;
        assert!(page.contains("Sent 21 Dec") && !page.contains(&marks) && !page.contains(&ends), "{page}");
    });
}
