//! What issuing refuses is named before, rule by rule: where a draft is written, and where it is asked about.

use crate::editor::{Desk, line};
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Every rule that refuses at issue and that a draft can break. Not here: BR-CO-09, as no customer is kept with such a number.
const RULES: &str = "BR-16 BR-23 BR-25 BR-27 BR-28 BR-29 BR-30 BR-33 BR-38 BR-42 BR-44 BR-57 BR-CO-19 BR-CO-20 BT-9 BT-92 BT-94 \
    BT-99 BT-101 BT-113 BT-114 BT-120 BT-136 BT-138 BT-141 BT-143 BT-146 BT-147 BR-S-02 BR-S-05 BR-S-06 BR-S-07 BR-S-10 BR-Z-02 BR-Z-05 \
    BR-Z-06 BR-Z-07 BR-Z-10 BR-E-02 BR-E-05 BR-E-06 BR-E-07 BR-E-10 BR-AE-02 BR-AE-05 BR-AE-06 BR-AE-07 BR-AE-10 BR-IC-02 \
    BR-IC-05 BR-IC-06 BR-IC-07 BR-IC-10 BR-IC-11 BR-IC-12 BR-G-02 BR-G-05 BR-G-06 BR-G-07 BR-G-10 BR-O-05 BR-O-06 BR-O-07 \
    BR-O-10 BR-O-11 BR-O-12 BR-O-13 BR-O-14";

/// A discount or charge that breaks all there is to break of one.
fn unfit(kind: &str, more: &Value) -> Value {
    let mut part = json!({ "kind": kind, "amount": "-1.00", "percent": "10", "reason": "" });
    part.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    part
}

/// Drafts that break every rule between them.
fn drafts() -> Vec<Value> {
    let backward = json!({ "from": "2026-02-02", "to": "2026-02-01" });
    let both = |more: &Value| json!([unfit("allowance", more), unfit("charge", more)]);
    let lines = json!([
        line("", &json!({ "unit": "", "net_price": "-1", "list_price": "-5" })),
        line("Sign", &json!({ "price_discount": "1", "period": {} })),
        line("Panel", &json!({ "rate": "0", "period": backward, "adjustments": both(&json!({})) })),
    ]);
    let untaxed = json!({ "category": "S", "rate": "0" });
    let mut all = vec![
        json!({ "currency": "EUR", "lines": lines }),
        json!({ "currency": "EUR", "lines": [line("Sign", &json!({}))], "adjustments": both(&untaxed), "period": {},
            "deliver_to": { "city": "Lyon" }, "due_on": "2020-01-01", "prepaid": "-1.00", "rounding": "5.00",
            "exemption_reason": "None", "exemption_reasons": { "K": "None" } }),
        json!({ "currency": "EUR", "lines": [], "period": backward }),
    ];
    for category in ["Z", "E", "AE", "K", "G", "O"] {
        let taxed = json!({ "category": category, "rate": "19" });
        let mut draft = json!({ "currency": "EUR", "lines": [line("Sign", &taxed)], "adjustments": both(&taxed) });
        if category == "Z" {
            draft["exemption_reason"] = "None".into();
        }
        all.push(draft);
    }
    let outside = json!({ "category": "O", "rate": "0" });
    let taxed = json!({ "category": "S", "rate": "19" });
    let mixed = [line("Sign", &outside), line("Panel", &taxed)];
    all.push(json!({ "currency": "EUR", "lines": mixed, "adjustments": both(&taxed) }));
    all
}

/// The rules that a page names between these: those that ask for the same are named at once.
fn named(page: &str, from: &str, to: &str) -> BTreeSet<String> {
    let panel = page.split_once(from).unwrap_or_else(|| panic!("no {from} in {page}")).1.split_once(to).unwrap().0;
    let rules = panel.split("data-rule=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    rules.flat_map(|rules| rules.split(' ').map(str::to_owned)).collect()
}

// proves: A4
#[test]
fn whatever_issuing_refuses_is_named_in_the_editor_and_on_the_page_that_asks() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let version = desk.owner.get("/settings").await.hidden("version");
        let unknown = [("version", version.as_str()), ("name", "Atelier Sør"), ("terms_days", "14")];
        assert_eq!(desk.owner.post("/settings", &unknown).await.status, StatusCode::OK);
        let mut seen = BTreeSet::new();
        for content in drafts() {
            let draft = desk.drafts(&content).await;
            let path = format!("/api/v1{draft}/issue");
            let (status, refused) = world.send("POST", &path, &desk.key, None).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
            let errors = refused["errors"].as_array().unwrap_or_else(|| panic!("{refused}"));
            let rules: BTreeSet<_> = errors.iter().map(|error| error["rule"].as_str().unwrap().to_owned()).collect();
            let editor = desk.owner.get(&format!("{draft}/edit")).await.text;
            assert_eq!(named(&editor, "id=\"before\"", "</form>"), rules, "where it is written: {editor}");
            let asked = desk.owner.get(&format!("{draft}/issue")).await.text;
            assert_eq!(named(&asked, "It cannot be issued yet", "<dl"), rules, "where it is asked about: {asked}");
            assert!(!asked.contains("Issue the invoice") && !asked.contains("It can be issued without"), "{asked}");
            seen.extend(rules);
        }
        let every: BTreeSet<String> = RULES.split_whitespace().map(str::to_owned).collect();
        assert_eq!(seen, every);
    });
}

// proves: A4
#[test]
fn a_sale_to_another_eu_country_says_its_day_before_it_is_called_ready() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let party = json!({ "party": { "name": "Wójcik", "vat_id": "PL5260001246", "country": "PL" } });
        let (_, pole) = world.send("POST", "/api/v1/customers", &desk.key, Some(&party)).await;
        let typed = [
            ("customer", pole["id"].as_str().unwrap()),
            ("line-0-name", "Sign"),
            ("line-0-net_price", "95"),
            ("line-0-tax", "K 0"),
        ];
        let edit = desk.owner.post("/invoices", &typed).await.location;
        let issue = edit.replace("/edit", "/issue");
        let page = desk.owner.get(&edit).await.text;
        let rules = named(&page, "id=\"before\"", "</form>");
        assert_eq!(rules, BTreeSet::from(["BR-IC-11".to_owned()]), "its reason is there, its day is not: {page}");
        assert!(page.contains("<a href=\"#delivered_on\">Delivered on</a>: An invoice for EU goods"), "{page}");
        let asked = desk.owner.get(&issue).await.text;
        assert!(asked.contains(&format!("href=\"{edit}#delivered_on\">Enter what is missing")), "the way: {asked}");
        // Whoever goes on from the editor is kept there, at the field.
        let draft = edit.replace("/edit", "");
        let form = desk.form(&draft).await.with("then", "issue");
        let no = desk.owner.post(&draft, &form.pairs()).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(no.text.contains("id=\"delivered_on-error\""), "{}", no.text);
        let day = no.text.split_once("for=\"delivered_on\"").unwrap().1.split_once("</label>").unwrap().0;
        assert!(!day.contains("optional"), "{day}");
        let form = desk.form(&draft).await.with("then", "issue").with("delivered_on", "2026-01-05");
        assert_eq!(desk.owner.post(&draft, &form.pairs()).await.location, issue);
        let page = desk.owner.get(&edit).await.text;
        assert!(page.contains("it can be issued without"), "{page}");
        let issued = desk.owner.post(&issue, &[]).await;
        assert!(issued.location.ends_with("?done=issued"), "{}", issued.text);
    });
}

// proves: A4, F8
#[test]
fn what_two_kinds_of_vat_ask_for_is_said_once_and_each_kind_has_one_name() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let version = desk.owner.get("/settings").await.hidden("version");
        let unknown = [("version", version.as_str()), ("name", "Atelier Sør"), ("terms_days", "14")];
        assert_eq!(desk.owner.post("/settings", &unknown).await.status, StatusCode::OK);
        let sold = [
            ("new_customer", "Wójcik"),
            ("delivered_on", "2026-01-05"),
            ("deliver_to-country", "PL"),
            ("line-0-name", "Sign"),
            ("line-0-net_price", "95"),
            ("line-0-tax", "K 0"),
            ("line-1-name", "Advice"),
            ("line-1-net_price", "5"),
            ("line-1-tax", "AE 0"),
        ];
        let draft = desk.owner.post("/invoices", &sold).await.location.replace("/edit", "");
        let page = desk.owner.get(&format!("{draft}/edit")).await.text;
        let panel = page.split_once("id=\"before\"").unwrap().1.split_once("</form>").unwrap().0;
        let asked = desk.owner.get(&format!("{draft}/issue")).await.text;
        let asked = asked.split_once("It cannot be issued yet").unwrap().1.split_once("</ul>").unwrap().0;
        for said in [panel, asked] {
            for once in ["cannot be issued without", "#vat_id\">Your VAT number", "#vat_id\">The customer’s VAT number"]
            {
                assert_eq!(said.matches(once).count(), 1, "{once}: {said}");
            }
        }
        for (kind, other) in [("EU goods", "Sale to another EU country"), ("Reverse charge", "Customer pays the VAT")] {
            assert!(page.contains(&format!("<dt>{kind} <span")), "in the sums: {page}");
            assert!(page.contains(&format!(" selected>{kind}</option>")) && !page.contains(other), "{kind}: {page}");
        }
        let no = desk.owner.post(&format!("{draft}/issue"), &[]).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        let banner = no.text.split_once("role=\"alert\"").unwrap().1.split_once("</ul>").unwrap().0;
        assert_eq!(banner.matches("A VAT number that must stand on this invoice").count(), 1, "{banner}");
    });
}

// proves: A4
#[test]
fn a_vat_number_that_is_missing_is_said_in_the_editor_whatever_else_is_wrong() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let sold = [
            ("new_customer", "Wójcik"),
            ("line-0-name", "Sign"),
            ("line-0-net_price", "95"),
            ("line-0-tax", "K 0"),
            ("deliver_to-country", "PL"),
        ];
        let draft = desk.owner.post("/invoices", &sold).await.location.replace("/edit", "");
        for then in ["edit", "issue"] {
            let form = desk.form(&draft).await.with("then", then);
            let no = desk.owner.post(&draft, &form.pairs()).await;
            let page = if then == "edit" { desk.owner.get(&no.location).await.text } else { no.text };
            let panel = page.split_once("id=\"before\"").unwrap().1.split_once("</form>").unwrap().0;
            assert!(panel.contains("The customer’s VAT number"), "{then}: {page}");
            assert!(page.contains("#delivered_on\""), "{then}: and its day: {page}");
        }
    });
}

// proves: A4
#[test]
fn half_a_line_is_not_called_none_and_all_that_stands_in_the_way_is_counted() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let half = [("new_customer", "Vogel"), ("line-0-name", "Sign"), ("line-0-tax", "AE 0")];
        let draft = desk.owner.post("/invoices", &half).await.location.replace("/edit", "");
        let page = desk.owner.get(&format!("{draft}/edit")).await.text;
        assert_eq!(
            named(&page, "id=\"before\"", "</form>"),
            BTreeSet::from(["invoice.unfinished".to_owned()]),
            "{page}"
        );
        let issue = desk.owner.get(&format!("{draft}/issue")).await.text;
        assert!(issue.contains("Line 1, Net price") && !issue.contains("nothing to bill for"), "{issue}");
        // With a line that reads, the customer's number is missing, too: two things, wherever they are mended.
        let form = desk.form(&draft).await.with("line-1-name", "Panel").with("line-1-net_price", "5");
        let form = form.with("line-1-tax", "AE 0").with("then", "issue");
        let no = desk.owner.post(&draft, &form.pairs()).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        let banner = no.text.split_once("role=\"alert\"").unwrap().1.split_once("</ul>").unwrap().0;
        assert!(banner.contains("2 things are not right yet"), "{banner}");
        assert!(
            banner.contains("#line-0-net_price") && banner.contains("#vat_id\">The customer’s VAT number"),
            "{banner}"
        );
        // No line at all is that.
        let none = form.without("line-0").without("line-1").with("then", "keep").with("version", "2");
        let kept = desk.owner.post(&draft, &none.pairs()).await;
        let kept: Value = serde_json::from_str(&kept.text).unwrap();
        assert!(kept["kept"]["before"].as_str().unwrap().contains("nothing to bill for"), "{kept}");
        assert!(kept["kept"]["said"].as_str().unwrap().starts_with("Saved at "), "{kept}");
    });
}
