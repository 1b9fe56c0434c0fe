//! Signs that nobody sees are refused by every text that is taken in, at its field, and are named there: through the API,
//! on pages and in files.

use crate::description;
use crate::pages::{founded, key_to};
use crate::visit::{PASSWORD, Visit};
use crate::world::{Records, World, on_both_engines};
use axum::http::StatusCode;
use coffer_identity::links::{CreateSetupLink, set_up_link};
use coffer_kernel::{BusinessId, Role};
use coffer_testkit::Callers;
use coffer_web::router::routes;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Turns the order of what comes behind it.
const SIGN: &str = "\u{202e}";
const NAMED: &str = "U+202E";

/// Texts that are read as something stricter than words, or are none.
const STRICTER: &[&str] = &[
    "amount",
    "authority",
    "base",
    "country",
    "csv",
    "host",
    "iban",
    "language",
    "logo",
    "mapping",
    "password",
    "prefix",
    "public_url",
    "unit",
    "vat_id",
    "",
];

/// Every address of the API that takes words, with a body that says something in each of them.
fn bodies(records: &Records) -> Vec<(&'static str, String, Value)> {
    let party = json!({ "name": "a b", "street": "a b", "address_line": "a b", "post_code": "1 2", "city": "a b",
        "subdivision": "a b", "tax_registration": "1 2", "registration": "1 2", "email": "a@b.example", "phone": "1 2" });
    let seller = json!({ "name": "a b", "country": "DE", "vat_id": "DE318204977", "tax_registration": "1 2" });
    let place = json!({ "name": "a b", "street": "a b", "address_line": "a b", "post_code": "1 2", "city": "a b" });
    let adjustment = json!({ "kind": "allowance", "amount": "1.00", "reason": "a b" });
    let mut of_document = adjustment.clone();
    of_document["category"] = "S".into();
    of_document["rate"] = "19".into();
    let reasons = json!({ "E": "a b", "AE": "a b", "K": "a b", "G": "a b", "O": "a b" });
    let content = json!({ "currency": "EUR", "buyer_reference": "a b", "order_number": "a b", "contract_number": "a b",
        "project_number": "a b", "terms": "a b", "note": "a b", "exemption_reason": "a b", "exemption_reasons": reasons, "deliver_to": place,
        "adjustments": [of_document], "lines": [{ "name": "a b", "description": "a b", "quantity": "1", "net_price": "5",
        "category": "S", "rate": "19", "adjustments": [adjustment] }] });
    let invoice = json!({ "customer": records.customer, "content": content });
    let item = json!({ "name": "a b", "description": "a b", "net_price": "5", "category": "S", "rate": "19" });
    let account = json!({ "holder": "a b", "iban": "DE89370400440532013000", "bic": "1 2" });
    let business = json!({ "particulars": seller, "terms_days": 7, "account": account });
    let mail =
        json!({ "host": "mail.example.com", "port": 465, "security": "tls", "user": "a b", "sender": "a@b.example" });
    let delivery = json!({ "public_url": "https://invoices.example.com", "customers_reach_it": true, "mail": mail });
    let paid = json!({ "amount": "1", "method": "transfer", "particulars": { "reference": "a b", "note": "a b" } });
    let of = |kind: &str| format!("/api/v1/invoices/{}/{kind}", records.issued);
    vec![
        ("POST", "/api/v1/customers".to_owned(), json!({ "party": party.clone() })),
        ("PUT", format!("/api/v1/customers/{}", records.customer), json!({ "party": party })),
        ("POST", "/api/v1/items".to_owned(), item.clone()),
        ("PUT", format!("/api/v1/items/{}", records.item), item),
        ("POST", "/api/v1/invoices".to_owned(), invoice.clone()),
        ("PUT", format!("/api/v1/invoices/{}", records.draft), invoice.clone()),
        ("POST", "/api/v1/invoices/issue".to_owned(), invoice),
        ("POST", of("payments"), paid),
        ("POST", of("send"), json!({ "recipient": "a@b.example", "words": "a b" })),
        ("PUT", "/api/v1/business".to_owned(), business),
        ("PUT", "/api/v1/settings/delivery".to_owned(), delivery),
        ("POST", "/api/v1/api-keys".to_owned(), json!({ "name": "a b", "role": "auditor", "scopes": ["log.read"] })),
    ]
}

/// Where each text of a body stands that may say anything.
fn texts(body: &Value, at: &str, found: &mut Vec<String>) {
    match body {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| texts(value, &format!("{at}/{name}"), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, value)| texts(value, &format!("{at}/{n}"), found))
        }
        Value::String(text) if matches!(text.as_str(), "a b" | "1 2" | "a@b.example") => found.push(at.to_owned()),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

// proves: D15, C52.b
#[test]
fn no_text_of_the_api_takes_a_sign_that_nobody_sees() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = world.key(1, Role::Owner).await;
        let records = world.records(&key).await;
        // What is not set up refuses for that.
        let mail = json!({ "host": "mail.example.com", "port": 465, "security": "tls", "user": null, "sender": "a@b.example" });
        let set_up = json!({ "public_url": "https://invoices.example.com", "customers_reach_it": true, "mail": mail });
        let done = world.send("PUT", "/api/v1/settings/delivery", &key, Some(&set_up)).await;
        assert_eq!(done.0, StatusCode::OK, "{done:?}");
        let mut tried = BTreeSet::new();
        for (method, path, body) in bodies(&records) {
            let mut places = Vec::new();
            texts(&body, "", &mut places);
            assert!(!places.is_empty(), "{path}");
            for place in places {
                let mut odd = body.clone();
                let said = odd.pointer_mut(&place).unwrap();
                *said = format!("x{SIGN}{}", said.as_str().unwrap()).into();
                let (status, problem) = world.send(method, &path, &key, Some(&odd)).await;
                let error = problem["errors"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .find(|error| error["pointer"].as_str().is_some_and(|pointer| place.ends_with(pointer)));
                let detail = error.and_then(|error| error["detail"].as_str()).unwrap_or_default();
                assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{method} {path} {place}: {problem}");
                assert!(detail.contains(NAMED), "{method} {path} {place}: {problem}");
                tried.insert(place.rsplit('/').find(|part| part.parse::<u32>().is_err()).unwrap().to_owned());
            }
        }
        let api = routes().into_iter().filter(|route| route.path.starts_with("/api/") && route.method != "GET");
        let all: BTreeSet<String> = api.flat_map(|route| description::free_texts(&route)).collect();
        let left: Vec<_> =
            all.iter().filter(|name| !tried.contains(*name) && !STRICTER.contains(&name.as_str())).collect();
        assert!(left.is_empty(), "nobody tried {left:?}");
    });
}

// proves: D15, F8
#[test]
fn pages_and_files_name_the_sign_at_its_field() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let link = set_up_link(&world.test.books, &operator, CreateSetupLink).await.unwrap();
        let mut new = Visit::new(&world, "ingrid@atelier.example");
        new.post(&format!("/enter/{}", link.expose()), &[]).await;
        let (name, email) = (format!("Ingrid{SIGN}"), format!("ingrid{SIGN}@atelier.example"));
        for (name, email) in [(name.as_str(), "ingrid@atelier.example"), ("Ingrid", email.as_str())] {
            let told = new.post("/set-up/you", &[("name", name), ("email", email), ("password", PASSWORD)]).await;
            assert!(told.text.contains(NAMED) && told.text.contains("aria-invalid=\"true\""), "{}", told.text);
        }

        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let records = world.records(&key_to(&world, founded(&world).await).await).await;
        let version = owner.get("/settings").await.hidden("version");
        let odd = format!("a{SIGN}b");
        let mail = format!("a{SIGN}@b.example");
        let (payments, customer) = (format!("/invoices/{}/payments", records.issued), records.customer.clone());
        let cases: [(&str, Vec<(&str, &str)>); 8] = [
            ("/customers", vec![("name", &odd)]),
            ("/customers", vec![("name", "Vogel"), ("vat_id", "US\u{202e}123")]),
            ("/items", vec![("name", &odd), ("net_price", "5"), ("tax", "S 19"), ("unit", "C62"), ("currency", "EUR")]),
            (
                "/invoices",
                vec![("customer", &customer), ("line-0-name", &odd), ("line-0-net_price", "5"), ("line-0-tax", "S 19")],
            ),
            (&payments, vec![("amount", "1"), ("method", "transfer"), ("reference", &odd)]),
            (
                "/settings",
                vec![
                    ("version", &version),
                    ("name", "Nord"),
                    ("terms_days", "7"),
                    ("holder", &odd),
                    ("iban", "DE89370400440532013000"),
                ],
            ),
            ("/settings/keys", vec![("name", &odd), ("role", "auditor"), ("log.read", "yes"), ("days", "30")]),
            ("/people/invite", vec![("email", &mail), ("role", "auditor")]),
        ];
        for (path, fields) in cases {
            let told = owner.post(path, &fields).await;
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", told.text);
            assert!(told.text.contains(NAMED) && told.text.contains("aria-invalid=\"true\""), "{path}: {}", told.text);
        }

        let file = format!("name,city\n{odd},Staufen\nBerg,Bonn\n");
        let review = owner.upload("/customers/import", &[("file", file.as_bytes())]).await.text;
        assert!(review.contains(NAMED) && review.contains("<b><bdi>name</bdi>"), "{review}");
        for strict in [json!({ "name": "Vogel", "vat_id": "EUß" }), json!({ "name": "Vogel", "vat_id": "US１２３" })]
        {
            let clerk = world.key(1, Role::BillingClerk).await;
            let (_, problem) = world.send("POST", "/api/v1/customers", &clerk, Some(&json!({ "party": strict }))).await;
            assert_eq!(problem["code"], "text.vat_id_signs", "{problem}");
        }
    });
}
