//! Why there is no VAT: each category says it for itself, at the API, on the page and on paper; and what was written with one
//! reason for all says the same as before.

use crate::editor::{Desk, line};
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_testkit::en16931::broken_rules;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const ARTICLE: &str = "Exempt under article 132";

/// A customer who can pay the VAT themselves; their id.
async fn customer(desk: &Desk<'_>) -> String {
    let party = json!({ "party": { "name": "Wójcik", "vat_id": "PL5260001246", "country": "PL" }, "language": "en" });
    let (_, customer) = desk.world.send("POST", "/api/v1/customers", &desk.key, Some(&party)).await;
    customer["id"].as_str().unwrap_or_else(|| panic!("{customer}")).to_owned()
}

/// An exempt line, one of which the customer pays the VAT, and one with VAT; with these reasons.
fn mixed(reasons: &Value) -> Value {
    let untaxed = |name, category| line(name, &json!({ "category": category, "rate": "0" }));
    let lines = [untaxed("Course", "E"), untaxed("Advice", "AE"), line("Sign", &json!({}))];
    let mut content = json!({ "currency": "EUR", "delivered_on": "2026-01-05", "lines": lines });
    content.as_object_mut().unwrap().extend(reasons.as_object().unwrap().clone());
    content
}

/// A draft of this; its address.
async fn drafted(desk: &Desk<'_>, customer: &str, content: &Value) -> String {
    let body = json!({ "customer": customer, "content": content });
    let (status, made) = desk.world.send("POST", "/api/v1/invoices", &desk.key, Some(&body)).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    format!("/invoices/{}", made["id"].as_str().unwrap())
}

async fn issued(desk: &Desk<'_>, draft: &str) -> (StatusCode, Value) {
    desk.world.send("POST", &format!("/api/v1{draft}/issue"), &desk.key, None).await
}

/// Rule and field of everything that stands in the way.
fn refused(problem: &Value) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().unwrap_or_else(|| panic!("{problem}"));
    errors.iter().map(|error| (error["rule"].as_str().unwrap(), error["pointer"].as_str().unwrap())).collect()
}

/// The reasons of the rows of the breakdown (BG-23).
fn of_rows(invoice: &Value) -> Vec<(&str, Option<&str>)> {
    let rows = invoice["totals"]["tax_breakdown"].as_array().unwrap_or_else(|| panic!("{invoice}"));
    rows.iter().map(|row| (row["category"].as_str().unwrap(), row["exemption_reason"].as_str())).collect()
}

async fn printed(desk: &Desk<'_>, invoice: &str) -> String {
    let paper = desk.world.bytes("GET", &format!("/api/v1{invoice}/pdf"), &desk.key).await;
    coffer_testkit::pdf::texts(&paper).unwrap().concat().replace([' ', '\u{a0}'], "")
}

// proves: A4, A6, B1
#[test]
fn an_exempt_line_and_one_of_reverse_charge_each_say_why_and_neither_says_the_others_reason() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let desk = Desk::new(&world).await;
        let whom = customer(&desk).await;
        let (e, ae) = (("BR-E-10", "/exemption_reasons/E"), ("BR-AE-10", "/exemption_reasons/AE"));
        for (reasons, lacking) in [
            (json!({}), vec![e, ae]),
            (json!({ "exemption_reasons": { "E": ARTICLE } }), vec![ae]),
            (json!({ "exemption_reasons": { "E": " ", "AE": "Reverse charge" } }), vec![e]),
            (
                json!({ "exemption_reasons": { "E": ARTICLE, "AE": "Reverse charge", "G": "Export" } }),
                vec![("BT-120", "/exemption_reasons/G")],
            ),
        ] {
            let (status, no) = issued(&desk, &drafted(&desk, &whom, &mixed(&reasons)).await).await;
            assert_eq!((status, refused(&no)), (StatusCode::UNPROCESSABLE_ENTITY, lacking), "{reasons}: {no}");
        }
        let reasons = json!({ "exemption_reasons": { "E": ARTICLE, "AE": "Reverse charge" } });
        let draft = drafted(&desk, &whom, &mixed(&reasons)).await;
        let (status, invoice) = issued(&desk, &draft).await;
        assert_eq!(status, StatusCode::OK, "{invoice}");
        assert_eq!(broken_rules(&invoice), BTreeSet::new(), "{invoice}");
        assert_eq!(invoice["content"]["exemption_reasons"], reasons["exemption_reasons"]);
        let rows = of_rows(&invoice);
        assert_eq!(rows, [("S", None), ("E", Some(ARTICLE)), ("AE", Some("Reverse charge"))]);
        let paper = printed(&desk, &draft).await;
        for said in ["Exempt:Exemptunderarticle132", "CustomerpaystheVAT:Reversecharge"] {
            assert_eq!(paper.matches(said).count(), 1, "{said} in {paper}");
        }
        // What is taxed has no reason to give.
        for taxed in ["S", "Z"] {
            let content = mixed(&json!({ "exemption_reasons": { taxed: "x" } }));
            let body = json!({ "customer": whom, "content": content });
            let (status, no) = world.send("POST", "/api/v1/invoices", &desk.key, Some(&body)).await;
            assert!(status.is_client_error(), "{taxed}: {no}");
        }
    });
}

// proves: A4, B1
#[test]
fn one_reason_for_all_is_kept_as_it_came_and_is_that_of_each_category_which_has_none() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let desk = Desk::new(&world).await;
        let whom = customer(&desk).await;
        let draft = drafted(&desk, &whom, &mixed(&json!({ "exemption_reason": "See below" }))).await;
        let (status, invoice) = issued(&desk, &draft).await;
        assert_eq!(status, StatusCode::OK, "{invoice}");
        assert_eq!(broken_rules(&invoice), BTreeSet::new(), "{invoice}");
        assert_eq!(invoice["content"]["exemption_reason"], "See below");
        assert_eq!(invoice["content"]["exemption_reasons"], Value::Null, "as it came");
        assert_eq!(of_rows(&invoice), [("S", None), ("E", Some("See below")), ("AE", Some("See below"))]);
        let paper = printed(&desk, &draft).await;
        assert_eq!(paper.matches("Seebelow").count(), 1, "once, as it did: {paper}");
        assert!(!paper.contains(":Seebelow"), "{paper}");
        let both = json!({ "exemption_reason": "See below", "exemption_reasons": { "E": ARTICLE } });
        let (status, invoice) = issued(&desk, &drafted(&desk, &whom, &mixed(&both)).await).await;
        assert_eq!(status, StatusCode::OK, "{invoice}");
        assert_eq!(of_rows(&invoice), [("S", None), ("E", Some(ARTICLE)), ("AE", Some("See below"))]);
    });
}

/// Whether the field of a category is seen.
fn asks(page: &str, category: &str) -> bool {
    let tag = page.split('<').find(|tag| tag.contains(&format!("data-reason=\"{category}\"")));
    !tag.unwrap_or_else(|| panic!("no {category} in {page}")).contains(" hidden")
}

// proves: A4, F8
#[test]
fn the_editor_asks_for_a_reason_at_each_category_in_use_and_names_the_one_that_lacks() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let whom = customer(&desk).await;
        let asked = |page: &str| ["E", "AE", "K", "G", "O"].map(|category| asks(page, category));
        let calm = desk.owner.get("/invoices/new").await.text;
        assert!(calm.contains(" hidden data-free") && asked(&calm) == [false; 5], "nobody else is asked: {calm}");
        // Without a script: the fields are there as soon as it is kept, with the usual words where there are some.
        let typed = [
            ("customer", whom.as_str()),
            ("delivered_on", "2026-01-05"),
            ("line-0-name", "Course"),
            ("line-0-net_price", "95"),
            ("line-0-tax", "E 0"),
            ("line-1-name", "Advice"),
            ("line-1-net_price", "10"),
            ("line-1-tax", "AE 0"),
        ];
        let edit = desk.owner.post("/invoices", &typed).await.location;
        let draft = edit.replace("/edit", "");
        let page = desk.owner.get(&edit).await.text;
        assert!(!page.contains(" hidden data-free"), "{page}");
        assert_eq!(asked(&page), [true, true, false, false, false]);
        let form = desk.form(&draft).await;
        assert_eq!(form.get("exemption_reasons-AE"), "Reverse charge");
        // Each that lacks is named, there and on the page that asks, and so is one of what is not there.
        let wrong = form.clone().with("exemption_reasons-AE", "").with("exemption_reasons-G", "Export");
        desk.keeps(&draft, &wrong).await;
        let form = desk.form(&draft).await.with("then", "issue");
        let no = desk.owner.post(&draft, &form.pairs()).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        for category in ["E", "G"] {
            assert!(no.text.contains(&format!("id=\"exemption_reasons-{category}-error\"")), "{category}: {}", no.text);
        }
        assert!(no.text.contains("<a href=\"#exemption_reasons-E\"><span>Exempt</span></a>: Say why"), "{}", no.text);
        assert_eq!(asked(&no.text), [true, true, false, true, false]);
        let confirm = desk.owner.get(&format!("{draft}/issue")).await.text;
        assert!(confirm.contains(&format!("href=\"{edit}#exemption_reasons-E\"")), "{confirm}");
        // Half a line of its kind keeps a reason from being called one of nothing, and it is kept with it.
        let form = desk.form(&draft).await.with("exemption_reasons-E", ARTICLE);
        let half = form.clone().with("line-5-name", "Export").with("line-5-tax", "G 0").with("line-5-net_price", "");
        desk.keeps(&draft, &half).await;
        let page = desk.owner.get(&edit).await.text;
        assert!(asked(&page)[3] && !page.contains("data-rule=\"BT-120\""), "{page}");
        let form = desk.form(&draft).await;
        assert_eq!(form.get("exemption_reasons-G"), "Export");
        let whole = form.without("line-2").with("exemption_reasons-G", "").with("then", "issue");
        let gone = desk.owner.post(&draft, &whole.pairs()).await;
        assert_eq!(gone.location, format!("{draft}/issue"), "{}", gone.text);
        let done = desk.owner.post(&format!("{draft}/issue"), &[]).await;
        assert!(done.location.ends_with("?done=issued"), "{}", done.text);
        let content = desk.reads(&draft).await["content"].clone();
        assert_eq!(content["exemption_reasons"], json!({ "E": ARTICLE, "AE": "Reverse charge" }));
        assert_eq!(content["exemption_reason"], Value::Null);
    });
}

// proves: A4
#[test]
fn a_draft_with_one_reason_for_all_is_opened_by_category_and_kept_so() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let whom = customer(&desk).await;
        let draft = drafted(&desk, &whom, &mixed(&json!({ "exemption_reason": "See below" }))).await;
        let form = desk.form(&draft).await;
        let said = ["E", "AE", "K"].map(|category| form.get(&format!("exemption_reasons-{category}")).to_owned());
        assert_eq!(said, ["See below", "See below", ""]);
        desk.keeps(&draft, &form.with("exemption_reasons-E", ARTICLE)).await;
        let content = desk.reads(&draft).await["content"].clone();
        assert_eq!(content["exemption_reasons"], json!({ "E": ARTICLE, "AE": "See below" }));
        assert_eq!(content["exemption_reason"], Value::Null);
        // A page that was opened before says one thing of all; and what nothing needs is seen, to be taken out.
        let older = form_of_older(&whom, "AE 0");
        let draft = desk.owner.post("/invoices", &older).await.location.replace("/edit", "");
        assert_eq!(desk.reads(&draft).await["content"]["exemption_reasons"], json!({ "AE": "See below" }));
        let content = json!({ "currency": "EUR", "exemption_reason": "None", "lines": [line("Sign", &json!({}))] });
        let draft = drafted(&desk, &whom, &content).await;
        let page = desk.owner.get(&format!("{draft}/edit")).await.text;
        assert!(asks(&page, "E") && page.contains("href=\"#exemption_reasons-E\""), "{page}");
        assert_eq!(desk.form(&draft).await.get("exemption_reasons-E"), "None");
    });
}

/// A line as an older page sends it.
fn form_of_older<'a>(whom: &'a str, tax: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("customer", whom),
        ("line-0-name", "Sign"),
        ("line-0-net_price", "95"),
        ("line-0-tax", tax),
        ("exemption_reason", "See below"),
    ]
}
