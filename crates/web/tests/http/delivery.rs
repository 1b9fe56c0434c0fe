//! How documents are handed over, over the API: set up, tried out, used.

use crate::world::{World, business, on_both_engines};
use axum::http::StatusCode;
use coffer_kernel::Role;
use coffer_testkit::Callers;
use coffer_testkit::mail::{MailHouse, Settings, Tls};
use serde_json::{Value, json};

const AT: &str = "/api/v1/settings/delivery";

// proves: B4, F1, C17.e
#[test]
fn sending_is_set_up_and_tried_over_the_api_and_the_password_never_comes_out() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let (owner, clerk) = (world.key(1, Role::Owner).await, world.key(1, Role::BillingClerk).await);
        for trial in ["test-mail", "test-public-url"] {
            let (status, answer) = world.send("POST", &format!("{AT}/{trial}"), &owner, Some(&json!({}))).await;
            assert_eq!(status, StatusCode::CONFLICT, "nothing is set up yet: {answer}");
        }
        let house =
            MailHouse::start(Settings { sign_in: Some(("nord", "canary-4711")), ..Settings::with(Tls::StartTls) });
        let house = house.unwrap();
        let body = |password: &str| {
            json!({ "public_url": "https://invoices.ateliernord.example", "customers_reach_it": true, "mail": { "host": "localhost",
                "port": house.port, "security": "starttls", "user": "nord", "password": password,
                "authority": house.authority, "sender": "billing@ateliernord.example" } })
        };
        let (status, answer) = world.send("PUT", AT, &owner, Some(&body("canary-4711"))).await;
        assert_eq!((status, &answer["sends"], &answer["has_password"]), (StatusCode::OK, &json!(true), &json!(true)));
        let (_, seen) = world.send("GET", AT, &owner, None).await;
        assert!(!answer.to_string().contains("canary") && !seen.to_string().contains("canary"), "{seen}");
        assert_eq!(world.send("GET", AT, &clerk, None).await.0, StatusCode::FORBIDDEN);
        let unknown = json!({ "public_url": null, "mail": null, "plaintext": true });
        assert_eq!(world.send("PUT", AT, &owner, Some(&unknown)).await.0, StatusCode::UNPROCESSABLE_ENTITY);

        let tried = async || world.send("POST", &format!("{AT}/test-mail"), &owner, Some(&json!({}))).await.1;
        let passed = |answer: &Value| -> Vec<(String, bool)> {
            let steps = answer["steps"].as_array().unwrap().iter();
            steps.map(|it| (it["step"].as_str().unwrap().to_owned(), it["passed"].as_bool().unwrap())).collect()
        };
        let well = tried().await;
        assert!(passed(&well).len() == 5 && passed(&well).iter().all(|(_, passed)| *passed), "{well}");
        world.send("PUT", AT, &owner, Some(&body("wrong"))).await;
        let stuck = tried().await;
        assert_eq!(passed(&stuck).last(), Some(&("sign_in".to_owned(), false)), "{stuck}");
        assert_eq!(stuck["problem"]["code"], "mail.sign_in_refused");
        assert!(house.accepted().unwrap().is_empty());
    });
}

// proves: B4
#[test]
fn a_path_that_nobody_could_guess_is_answered_by_this_installation_alone() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let answer = async |text: &str| world.bytes("GET", &format!("/.well-known/coffer/{text}"), "").await;
        let (one, other) = (answer(&"a1".repeat(16)).await, answer(&"b2".repeat(16)).await);
        assert!(one.len() == 32 && other.len() == 32 && one != other);
        assert_eq!(answer(&"a1".repeat(16)).await, one);
        for unfit in ["a1", &"A1".repeat(16), &"g1".repeat(16), &"a1".repeat(17)] {
            assert!(String::from_utf8(answer(unfit).await).unwrap().contains("not_found"), "{unfit}");
        }
        let owner = Callers::of(business(1)).owner();
        let none = coffer_billing::delivery::settings::ways(&world.test.books, &owner).await.unwrap();
        assert!(!none.link && !none.mail, "being asked sets nothing up");
    });
}
