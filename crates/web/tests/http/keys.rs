//! What a program may do about keys, links, the history and backups over the API, and what it may not.

use crate::world::{World, business, customer_body, invoice_body, on_both_engines};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use coffer_identity::api_keys::{CreateApiKey, create};
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_kernel::{Action, Role};
use coffer_proof::checkpoint::VerifierKey;
use coffer_testkit::Callers;
use serde_json::{Value, json};
use tower::ServiceExt;

async fn asked(world: &World, key: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
    let body = (!body.is_null()).then_some(body);
    let (status, answer) = world.send(method, path, key, body.as_ref()).await;
    (status.as_u16(), answer)
}

// proves: C36.b, F1
#[test]
fn a_key_is_made_shown_once_used_listed_and_revoked_over_the_api() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let maker = world.key(1, Role::Owner).await;
        let order = json!({ "name": " The shop ", "role": "billing_clerk", "scopes": ["customer.read"] });
        let (status, made) = asked(&world, &maker, "POST", "/api/v1/api-keys", order).await;
        assert_eq!((status, &made["key"]["name"]), (201, &json!("The shop")), "{made}");
        let (secret, id) = (made["secret"].as_str().unwrap(), made["key"]["id"].as_str().unwrap());
        assert_eq!(world.send("GET", "/api/v1/customers", secret, None).await.0, StatusCode::OK);
        assert_eq!(world.send("GET", "/api/v1/invoices", secret, None).await.0, StatusCode::FORBIDDEN);
        let (_, listed) = world.send("GET", "/api/v1/api-keys", &maker, None).await;
        let found = listed["keys"].as_array().unwrap().iter().find(|key| key["id"] == id).unwrap();
        assert_eq!((&found["over"], &found["scopes"]), (&json!(false), &json!(["customer.read"])));
        assert!(!listed.to_string().contains(secret), "shown once");
        for (unfit, code) in [
            (json!({ "name": "x", "role": "king", "scopes": ["customer.read"] }), "body.unreadable"),
            (json!({ "name": "x", "role": "owner", "scopes": ["customer.eat"] }), "body.unreadable"),
            (json!({ "name": "x", "role": "owner", "scopes": [] }), "api_key.scopes_missing"),
            (json!({ "name": "x", "role": "owner", "scopes": ["api_key.create"] }), "api_key.more_than_yours"),
        ] {
            assert_eq!(asked(&world, &maker, "POST", "/api/v1/api-keys", unfit).await.1["code"], code);
        }
        let revoke = format!("/api/v1/api-keys/{id}/revoke");
        assert_eq!(asked(&world, &maker, "POST", &revoke, Value::Null).await.0, 204);
        assert_eq!(world.send("GET", "/api/v1/customers", secret, None).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(asked(&world, &maker, "POST", &revoke, Value::Null).await.0, 404);
        let elsewhere = world.key(2, Role::Owner).await;
        let (_, there) = world.send("GET", "/api/v1/api-keys", &elsewhere, None).await;
        assert!(!there.to_string().contains(id), "another business's keys are its own");
    });
}

// proves: F1
#[test]
fn what_a_put_does_not_speak_of_stays_as_it_is() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = world.key(1, Role::Owner).await;
        let particulars = json!({ "name": "Atelier Süd", "country": "DE", "vat_id": "DE318204977" });
        let path = "/api/v1/business";
        let whole = json!({ "particulars": particulars, "terms_days": 7, "numbering": { "prefix": "AS-" }, "show_account": true });
        assert_eq!(asked(&world, &key, "PUT", path, whole).await.0, 200);
        let less = json!({ "particulars": particulars, "terms_days": 9 });
        let (status, left) = asked(&world, &key, "PUT", path, less).await;
        let said = (&left["numbering"]["prefix"], &left["show_account"], &left["terms_days"]);
        assert_eq!((status, said), (200, (&json!("AS-"), &json!(true), &json!(9))), "{left}");
        let emptied =
            json!({ "particulars": particulars, "terms_days": 9, "numbering": { "prefix": "" }, "account": null });
        let (status, left) = asked(&world, &key, "PUT", path, emptied).await;
        assert_eq!((status, &left["numbering"]["prefix"], &left["account"]), (200, &json!(""), &Value::Null));
        let nothing = json!({ "particulars": particulars, "terms_days": 9, "show_account": null });
        assert_eq!(asked(&world, &key, "PUT", path, nothing).await.1["code"], "body.unreadable");
        let account = json!({ "holder": "Mallory", "iban": "DE89370400440532013000" });
        let theirs = json!({ "particulars": particulars, "terms_days": 9, "account": account });
        assert_eq!(asked(&world, &key, "PUT", path, theirs).await.1["code"], "sign_in.not_fresh");
    });
}

// proves: F1
#[test]
fn links_debts_books_and_the_history_are_there_for_programs_too() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = world.key(1, Role::Owner).await;
        let records = world.records(&key).await;
        let links = format!("/api/v1/invoices/{}/links", records.issued);
        let (status, refused) = asked(&world, &key, "POST", &links, Value::Null).await;
        assert_eq!((status, &refused["code"]), (409, &json!("public_url.not_set_up")));
        let address =
            json!({ "public_url": "https://invoices.ateliernord.example", "customers_reach_it": true, "mail": null });
        assert_eq!(asked(&world, &key, "PUT", "/api/v1/settings/delivery", address).await.0, 200);
        let (status, made) = asked(&world, &key, "POST", &links, Value::Null).await;
        let page = made["link"].as_str().unwrap().strip_prefix("https://invoices.ateliernord.example").unwrap();
        assert_eq!(status, 201);
        let looked = async || String::from_utf8(world.bytes("GET", page, "").await).unwrap();
        assert!(looked().await.contains("Atelier Nord"));
        let once = [("idempotency-key", "of-this-link")];
        let made = async || world.send_with("POST", &links, &key, &once, None).await;
        assert_eq!(made().await.0, StatusCode::CREATED);
        let (status, again) = made().await;
        assert_eq!((status, &again["code"]), (StatusCode::CONFLICT, &json!("link.shown_before")), "{again}");
        let end = format!("{links}/end");
        assert_eq!(
            asked(&world, &key, "POST", &end, Value::Null).await,
            (200, json!({ "ended": 2 })),
            "one was made once"
        );
        assert!(!looked().await.contains("Atelier Nord"), "no link opens it any more");
        let draft = format!("/api/v1/invoices/{}/links/end", records.draft);
        assert_eq!(asked(&world, &key, "POST", &draft, Value::Null).await.1["code"], "invoice.draft");

        let debts = format!("/api/v1/debts?customer={}", records.customer);
        let (_, debts) = world.send("GET", &debts, &key, None).await;
        assert_eq!((&debts["debts"][0]["open"], &debts["debts"][0]["currency"]), (&json!("119.00"), &json!("EUR")));
        let paid = format!("/api/v1/invoices/{}/payments", records.issued);
        let paid = asked(&world, &key, "POST", &paid, json!({ "amount": "150", "method": "transfer" })).await.1;
        let credits = async |of: &str| world.send("GET", &format!("/api/v1/credits{of}"), &key, None).await.1;
        let theirs = json!({ "credits": [{ "customer": records.customer, "currency": "EUR", "amount": "31.00" }], "next": null });
        assert_eq!(credits("").await, theirs, "what the books say of 150 for 119");
        assert_eq!(credits(&format!("?customer={}", records.customer)).await, theirs);
        assert_eq!(credits("?customer=cus_00000000000000000000000000").await, json!({ "credits": [], "next": null }));
        assert_eq!(
            standing(&world, &key).await,
            "bank 150.00, customer credit -31.00, revenue -100.00, vat S 19 -19.00"
        );
        let back = format!("/api/v1/payments/{}/reverse", paid["id"].as_str().unwrap());
        assert_eq!(asked(&world, &key, "POST", &back, Value::Null).await.0, 200);
        assert_eq!(credits("").await, json!({ "credits": [], "next": null }), "it was taken back");
        assert_eq!(asked(&world, &key, "POST", &draft, Value::Null).await.1["code"], "invoice.draft");
        let (_, page) = world.send("GET", "/api/v1/history?outcome=refused&limit=1", &key, None).await;
        assert_eq!(page["records"][0]["what"], "invoice.draft", "the last refusal");
        let verifier: VerifierKey = page["verifier"].as_str().unwrap().parse().unwrap();
        let export = world.bytes("GET", "/api/v1/history/export", &key).await;
        let verified = coffer_proof::export::verify(export.as_slice(), &verifier, None).unwrap();
        assert!(verified.head.size > 5, "what was exported verifies");
        let (_, by) = world.send("GET", "/api/v1/history?outcome=done&by=operator:nobody", &key, None).await;
        assert_eq!((&by["records"], &by["next"]), (&json!([]), &Value::Null));
        let (_, kept) = world.send("GET", "/api/v1/backup", &key, None).await;
        assert_eq!(kept, json!({ "sheet": null, "last_backup_at": null }));
        assert_eq!(asked(&world, &key, "POST", "/api/v1/backup", Value::Null).await.0, 409);
    });
}

/// The trial balance, in words.
async fn standing(world: &World, key: &str) -> String {
    let (_, books) = world.send("GET", "/api/v1/ledger/balances", key, None).await;
    let rows = books["balances"].as_array().unwrap().iter();
    let said = rows.map(|row| format!("{} {}", row["account"].as_str().unwrap(), row["amount"].as_str().unwrap()));
    said.collect::<Vec<_>>().join(", ")
}

// proves: C40.e
#[test]
fn a_key_that_is_revoked_while_its_request_is_read_changes_nothing() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let owner = world.key(1, Role::Owner).await;
        let records = world.records(&owner).await;
        let address = json!({ "public_url": "https://books.example", "customers_reach_it": true, "mail": null });
        for (method, path, body) in [
            ("POST", "/api/v1/api-keys".to_owned(), json!({ "name": "x", "role": "auditor", "scopes": ["log.read"] })),
            ("POST", format!("/api/v1/invoices/{}/links", records.issued), json!({})),
            ("POST", format!("/api/v1/invoices/{}/send", records.issued), json!({ "recipient": "eve@evil.example" })),
            ("PUT", "/api/v1/settings/delivery".to_owned(), address),
            ("POST", "/api/v1/customers".to_owned(), customer_body()),
            ("POST", "/api/v1/invoices".to_owned(), invoice_body(&records.customer)),
            ("POST", "/api/v1/invoices/issue".to_owned(), invoice_body(&records.customer)),
            (
                "POST",
                format!("/api/v1/invoices/{}/payments", records.issued),
                json!({ "amount": "0.01", "method": "transfer" }),
            ),
        ] {
            let operator = Callers::of(business(1)).operator();
            let whole = |action: &Action| reach(*action, Party::Role(Role::Owner)) != Reach::None;
            let scopes = Action::ALL.iter().copied().filter(whole).collect();
            let order = CreateApiKey { name: "late".into(), role: Role::Owner, scopes, expires_at: None };
            let made = create(&world.test.books, &operator, order).await.unwrap();
            let (id, key) = (made.key.id, made.secret.expose().to_owned());
            let (router, theirs) = (world.router.clone(), owner.clone());
            let revoke = async move {
                let request = Request::post(format!("/api/v1/api-keys/{id}/revoke"));
                let request = request.header("authorization", format!("Bearer {theirs}")).body(Body::empty()).unwrap();
                assert_eq!(router.oneshot(request).await.unwrap().status(), StatusCode::NO_CONTENT);
            };
            let request = Request::builder().method(method).uri(&path).header("authorization", format!("Bearer {key}"));
            let request = request.header("content-type", "application/json").header("if-match", "*");
            let request = request.header("idempotency-key", id.to_string());
            let answer = world.router.clone().oneshot(request.body(after(revoke, body.to_string())).unwrap()).await;
            assert_eq!(answer.unwrap().status(), StatusCode::UNAUTHORIZED, "{method} {path}");
        }
        let (_, listed) = world.send("GET", "/api/v1/api-keys", &owner, None).await;
        let open = listed["keys"].as_array().unwrap().iter().filter(|key| key["over"] == json!(false)).count();
        assert_eq!(open, 2, "the owner's, and that of who made this world: {listed}");
    });
}

/// A body that is there only once `first` is done. It is asked for when the headers were read, and whoever sent them known.
pub(crate) fn after(first: impl Future<Output = ()> + Send + 'static, text: String) -> Body {
    Body::from_stream(futures_util::stream::once(async move {
        first.await;
        Ok::<_, std::io::Error>(text)
    }))
}
