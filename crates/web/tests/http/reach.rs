//! Whether customers get here by the address that links begin with: looked at when it is saved, and no link before that.

use crate::consequence::{EMAIL, issued};
use crate::door::FIVE_MINUTES;
use crate::visit::Visit;
use crate::world::{World, business, on_both_engines};
use axum::http::StatusCode;
use coffer_identity::history::{ListHistory, told};
use coffer_kernel::Role;
use coffer_outbound::reach::Outside;
use coffer_testkit::Callers;
use coffer_testkit::mail::certificate;
use coffer_web::router::router;
use coffer_web::{App, Running, tls};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::timeout;

const SETTINGS: &str = "/api/v1/settings/delivery";
const NAME: &str = "invoices.ateliernord.example";

/// This installation, listening with a certificate for a name that leads there, seen from outside.
async fn listening(world: &World) -> (Running, Outside) {
    let made = certificate(NAME).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tls = tls::server_config(&made.certificate, &made.key).unwrap();
    let running = coffer_web::serve(world.app.clone(), tls, listener).unwrap();
    let outside = Outside::only(running.address, made.authority);
    (running, outside)
}

fn looking(world: &mut World, outside: Outside) {
    world.app = App { outside, ..world.app.clone() };
    world.router = router(world.app.clone());
}

fn mail() -> Value {
    json!({ "host": "mail.ateliernord.example", "port": 587, "security": "starttls", "sender": "a@ateliernord.example" })
}

// proves: B4, B5
#[test]
fn an_address_is_looked_at_when_it_is_saved_and_no_link_and_no_mail_is_made_before_it_was_reached() {
    on_both_engines(|test| async move {
        let mut world = World::new(test).await;
        let owner = world.key(1, Role::Owner).await;
        let invoice = format!("/api/v1/invoices/{}", world.records(&owner).await.issued);
        let refused = async |world: &World| {
            let link = world.send("POST", &format!("{invoice}/links"), &owner, None).await.1;
            let to = json!({ "recipient": "vogel@example.org" });
            let sent = world.send("POST", &format!("{invoice}/send"), &owner, Some(&to)).await.1;
            (link["code"].clone(), sent["code"].clone())
        };
        let save = async |world: &World, name: &str| {
            let body = json!({ "public_url": format!("https://{name}"), "mail": mail() });
            world.send("PUT", SETTINGS, &owner, Some(&body)).await.1
        };
        // Nobody answers there.
        let saved = save(&world, NAME).await;
        let said = |answer: &Value| (answer["reach"]["known"].clone(), answer["reach"]["missed"].clone());
        assert_eq!(said(&saved), (json!("missed"), json!("public_url.unreachable")), "{saved}");
        assert!(saved["reach"]["looked_at"].is_string() && saved["sends"] == false, "{saved}");
        assert_eq!(refused(&world).await, (json!("public_url.not_reached"), json!("public_url.not_reached")));

        let (running, outside) = listening(&world).await;
        looking(&mut world, outside);
        let tried = world.send("POST", &format!("{SETTINGS}/test-public-url"), &owner, Some(&json!({}))).await.1;
        assert_eq!(tried["problem"], Value::Null, "{tried}");
        let seen = world.send("GET", SETTINGS, &owner, None).await.1;
        assert_eq!(
            (said(&seen), &seen["sends"]),
            ((json!("reached"), Value::Null), &json!(true)),
            "what came of it is kept"
        );
        assert_eq!(refused(&world).await, (Value::Null, Value::Null));
        // Another name leads to the same place, but nobody has proven it there; and it was never reached.
        let other = save(&world, "other.ateliernord.example").await;
        assert_eq!(said(&other), (json!("missed"), json!("public_url.unproven")));
        assert_eq!(refused(&world).await.0, "public_url.not_reached");
        let back = save(&world, NAME).await;
        assert_eq!(said(&back), (json!("reached"), Value::Null), "looked at again as it is saved");
        running.stop().await;
        let away = save(&world, NAME).await;
        assert_eq!(said(&away), (json!("reached"), json!("public_url.unreachable")), "it was reached once");
        assert_eq!(refused(&world).await.0, Value::Null);
    });
}

// proves: B4
#[test]
fn whoever_may_takes_an_address_on_and_the_log_says_so() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let owner = world.key(1, Role::Owner).await;
        let clerk = world.key(1, Role::BillingClerk).await;
        let links = format!("/api/v1/invoices/{}/links", world.records(&owner).await.issued);
        let body =
            |on: bool| json!({ "public_url": format!("https://{NAME}"), "mail": null, "customers_reach_it": on });
        let no = world.send("PUT", SETTINGS, &clerk, Some(&body(true))).await.1;
        assert_eq!(no["code"], "role.not_allowed");
        let on = world.send("PUT", SETTINGS, &owner, Some(&body(true))).await.1;
        let reach = &on["reach"];
        assert_eq!((&reach["known"], &reach["missed"]), (&json!("taken_on"), &json!("public_url.unreachable")), "{on}");
        assert!(reach["looked_at"].is_string(), "what is taken on was looked at: {on}");
        assert!(world.send("POST", &links, &owner, None).await.1["link"].is_string());
        // A trial that fails takes nothing back, and says what it saw.
        let tried = world.send("POST", &format!("{SETTINGS}/test-public-url"), &owner, Some(&json!({}))).await.1;
        assert_eq!(tried["problem"]["code"], "public_url.unreachable");
        let seen = world.send("GET", SETTINGS, &owner, None).await.1["reach"].clone();
        assert_eq!((&seen["known"], &seen["missed"]), (&json!("taken_on"), &json!("public_url.unreachable")));
        let chief = Callers::of(business(1)).owner();
        let lines = told(&world.app.door, &chief, ListHistory::default()).await.unwrap().page.records;
        let details = lines.iter().filter(|line| line.record.leaf.what == "delivery.set_up");
        let details: Vec<&str> = details.filter_map(|line| line.record.detail.as_deref()).collect();
        assert!(details.len() == 2 && details.iter().all(|detail| detail.contains("\"taken_on\"")), "{details:?}");
        let off = world.send("PUT", SETTINGS, &owner, Some(&body(false))).await.1;
        assert_eq!(off["reach"]["known"], "missed");
        assert_eq!(world.send("POST", &links, &owner, None).await.1["code"], "public_url.not_reached");
    });
}

// proves: B4, F8
#[test]
fn the_page_says_whether_customers_get_here_and_offers_to_take_it_on_once_it_was_looked_at() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = issued(&mut owner).await;
        let page = "/settings/delivery";
        let tick = "name=\"taken_on\"";
        assert!(!owner.get(page).await.text.contains(tick), "there is nothing to take on");
        let address = |name| [("public_url", name), ("taken_on", "yes")];
        // Ticked by a form of somebody's own: it is looked at all the same.
        owner.post("/settings/delivery/address", &address("https://invoices.ateliernord.example")).await;
        let missed = owner.get(page).await.text;
        for said in ["No link and no mail is made", "Nobody answers there", "Looked at ", tick] {
            assert!(missed.contains(said), "{said}: {missed}");
        }
        assert!(!owner.get(&invoice).await.text.contains("/link\""), "no link is offered");
        assert!(owner.post(&format!("{invoice}/link"), &[]).await.text.contains("did not answer there"));
        assert!(owner.get(&format!("{invoice}/send")).await.text.contains("was never reached"));
        owner.post("/settings/delivery/address", &address("https://invoices.ateliernord.example")).await;
        let on = owner.get(page).await.text;
        assert!(
            on.contains("somebody here says that customers reach it") && on.contains("Nobody answers there"),
            "{on}"
        );
        assert!(owner.get(&invoice).await.text.contains("/link\""));
        owner.post("/settings/delivery/address/try", &[]).await;
        assert!(owner.get(page).await.text.contains("somebody here says"), "looking takes nothing back");
        owner.post("/settings/delivery/address", &address("https://books.ateliernord.example")).await;
        assert!(
            owner.get(page).await.text.contains("No link and no mail is made"),
            "another address is not taken on with it"
        );
        let told = owner.get("/history").await.text;
        for said in
            ["links begin with https://books.ateliernord.example", "taken on: customers reach", "was not reached"]
        {
            assert!(told.contains(said), "{said}: {told}");
        }
        let homely = owner.post("/settings/delivery/address", &[("public_url", "https://nas.local")]).await;
        assert_eq!(homely.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            homely.text.contains("value=\"https://nas.local\"") && homely.text.contains("ends in .local"),
            "as it was typed"
        );
    });
}

// proves: C39.b
#[test]
fn nothing_is_looked_at_for_somebody_who_may_not_or_has_to_prove_first_who_they_are() {
    on_both_engines(|test| async move {
        let mut world = World::new(test).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        looking(&mut world, Outside::only(listener.local_addr().unwrap(), String::new()));
        let clerk = world.key(1, Role::BillingClerk).await;
        let body = json!({ "public_url": format!("https://{NAME}"), "mail": null });
        assert_eq!(world.send("PUT", SETTINGS, &clerk, Some(&body)).await.1["code"], "role.not_allowed");
        let mut owner = Visit::owner(&world, EMAIL).await;
        world.test.home.clock.advance_seconds(FIVE_MINUTES);
        let url = format!("https://{NAME}");
        let address = [("public_url", url.as_str())];
        assert_eq!(owner.post("/settings/delivery/address", &address).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(owner.post("/settings/delivery/address/try", &[]).await.status, StatusCode::UNAUTHORIZED);
        assert!(timeout(Duration::ZERO, listener.accept()).await.is_err(), "nobody came");
    });
}
