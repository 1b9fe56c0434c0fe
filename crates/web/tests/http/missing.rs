//! What an invoice should have, said before it is issued.

use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;

/// The address of the link with these words.
fn way<'a>(page: &'a str, words: &str) -> &'a str {
    let (before, _) = page.split_once(&format!("\">{words}</a>")).unwrap_or_else(|| panic!("no {words} in {page}"));
    before.rsplit_once("href=\"").unwrap().1
}

/// Enters the customer's address where the page leads to; the way there.
async fn at_the_customer(owner: &mut Visit<'_>, asked: &str, issue: &str) -> String {
    let customer = way(asked, "The customer’s address").to_owned();
    let form = owner.get(customer.split('#').next().unwrap()).await;
    let said = [
        ("back", form.hidden("back")),
        ("name", "Vogel".to_owned()),
        ("street", "Hauptstraße 3".to_owned()),
        ("city", "Staufen".to_owned()),
        ("country", "DE".to_owned()),
    ];
    let said: Vec<_> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(owner.post(customer.split("/edit").next().unwrap(), &said).await.location, issue);
    customer
}

/// Whoever writes it hears the same before they go on, with the same ways, and those lead back to where it is written.
fn is_said_where_it_is_written(editor: &str, asked: &str) {
    let written = editor.split_once("id=\"before\"").unwrap().1;
    assert!(written.contains("4 things should stand on it as well") && !written.contains("Nothing"), "{written}");
    for entered in ["Your address", "The customer’s address", "The account to be paid to"] {
        assert_eq!(way(written, entered), way(asked, entered).replace("/issue#", "/edit#"));
    }
    assert_eq!(way(written, "The day of delivery, or the time it is billed for"), "#delivered_on");
}

// proves: A4
#[test]
fn what_is_missing_is_named_with_the_way_to_enter_it_and_the_way_leads_back() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let draft =
            [("new_customer", "Vogel"), ("line-0-name", "Sign"), ("line-0-net_price", "95"), ("line-0-tax", "S 19")];
        let edit = owner.post("/invoices", &draft).await.location;
        let issue = edit.replace("/edit", "/issue");
        let asked = owner.get(&issue).await.text;
        assert!(asked.contains("4 things should stand on it as well") && asked.contains("without"), "{asked}");
        assert!(!asked.contains("VAT number"), "what is there is not mentioned: {asked}");
        is_said_where_it_is_written(&owner.get(&edit).await.text, &asked);

        // One's own address and account: back at the question, neither is missing.
        let settings = way(&asked, "Your address").split('#').next().unwrap().to_owned();
        assert_eq!(way(&asked, "The account to be paid to"), format!("{settings}#iban"));
        let form = owner.get(&settings).await;
        assert!(form.text.contains("id=\"street\"") && form.text.contains("id=\"iban\""));
        let (version, back) = (form.hidden("version"), form.hidden("back"));
        let mut said = vec![
            ("version", version.as_str()),
            ("back", back.as_str()),
            ("name", "Atelier Sør"),
            ("street", "Rheinstraße 14"),
            ("city", "Freiburg"),
            ("vat_id", "DE318204977"),
            ("terms_days", "14"),
            ("show_account", "yes"),
            ("holder", "Atelier Sør"),
            ("iban", "DE89 3704 0044 0532 0130 01"),
        ];
        let wrong = owner.post("/settings", &said).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("value=\"Rheinstraße 14\""), "nothing typed is lost: {}", wrong.text);
        assert_eq!(wrong.hidden("back"), back, "and the way back neither");
        said.pop();
        said.push(("iban", "DE89 3704 0044 0532 0130 00"));
        assert!(
            form.text.contains("name=\"show_account\" value=\"yes\" checked"),
            "no link could show it: {}",
            form.text
        );
        assert_eq!(owner.post("/settings", &said).await.location, issue);

        // The customer's.
        let asked = owner.get(&issue).await.text;
        assert!(
            asked.contains("2 things") && !asked.contains(">Your address<") && !asked.contains("on the paper"),
            "{asked}"
        );
        let customer = at_the_customer(&mut owner, &asked, &issue).await;

        // Nothing is blocked for the last one; said in one, and the draft has its field.
        let asked = owner.get(&issue).await.text;
        assert!(asked.contains("One thing should stand on it as well"), "{asked}");
        assert_eq!(way(&asked, "The day of delivery, or the time it is billed for"), format!("{edit}#delivered_on"));
        assert!(owner.get(&edit).await.text.contains("id=\"delivered_on\""));
        let known = customer.split('/').nth(2).unwrap();
        let whole = [("customer", known), ("delivered_on", "2026-11-14"), draft[1], draft[2], draft[3]];
        let whole = owner.post("/invoices", &whole).await.location;
        let written = owner.get(&whole).await.text;
        assert!(written.contains("Nothing stands in the way of issuing it"), "{written}");
        let asked = owner.get(&whole.replace("/edit", "/issue")).await.text;
        assert!(asked.contains("Issue this invoice?") && !asked.contains("should stand on it"), "{asked}");
        let issued = owner.post(&issue, &[]).await;
        assert!(issued.location.ends_with("?done=issued"), "{}", issued.text);
    });
}

// proves: A4, B7
#[test]
fn an_account_that_would_be_seen_nowhere_counts_as_missing() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let draft =
            [("new_customer", "Vogel"), ("line-0-name", "Sign"), ("line-0-net_price", "95"), ("line-0-tax", "S 19")];
        let issue = owner.post("/invoices", &draft).await.location.replace("/edit", "/issue");
        let settings = way(&owner.get(&issue).await.text, "The account to be paid to").replace("#iban", "");
        let form = owner.get(&settings).await;
        // Where no link could show it, it is printed unless somebody wants it otherwise.
        assert!(form.text.contains("name=\"show_account\" value=\"yes\" checked"), "{}", form.text);
        let (version, back) = (form.hidden("version"), form.hidden("back"));
        let said = [
            ("back", back.as_str()),
            ("name", "Atelier Sør"),
            ("terms_days", "14"),
            ("holder", "Atelier Sør"),
            ("iban", "DE89 3704 0044 0532 0130 00"),
        ];
        let unprinted = [&said[..], &[("version", version.as_str())]].concat();
        assert_eq!(owner.post("/settings", &unprinted).await.location, issue);
        let asked = owner.get(&issue).await.text;
        assert!(asked.contains("no link can show it") && !asked.contains("The account to be paid to"), "{asked}");
        assert_eq!(way(&asked, "The account on the paper"), format!("{settings}#show_account"));
        let form = owner.get(&settings).await;
        assert!(form.text.contains("id=\"show_account\"") && !form.text.contains(" checked"), "as it was chosen");
        let version = form.hidden("version");
        let printed = [&said[..], &[("version", version.as_str()), ("show_account", "yes")]].concat();
        assert_eq!(owner.post("/settings", &printed).await.location, issue);
        assert!(!owner.get(&issue).await.text.contains("on the paper"));
    });
}

// proves: A4
#[test]
fn what_it_is_not_issued_without_stands_apart_and_leaves_nothing_to_press() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let line = [("new_customer", "Vogel"), ("line-0-name", "Sign"), ("line-0-net_price", "95")];
        // The customer pays the VAT: nothing is issued without their number.
        let draft = [&line[..], &[("line-0-tax", "AE 0"), ("exemption_reasons-AE", "Reverse charge")]].concat();
        let issue = owner.post("/invoices", &draft).await.location.replace("/edit", "/issue");
        let asked = owner.get(&issue).await.text;
        let (stops, besides) = asked.split_once("should stand on it as well").unwrap();
        assert!(stops.contains("It cannot be issued yet") && stops.contains("The customer’s VAT number"), "{asked}");
        assert!(!besides.contains("The customer’s VAT number") && besides.contains("Your address"), "{asked}");
        let buyer = way(stops, "The customer’s VAT number").to_owned();
        assert!(buyer.ends_with("#vat_id"), "{buyer}");
        assert_eq!(way(&asked, "Enter what is missing"), buyer, "the one thing to do");
        assert!(!asked.contains("Issue the invoice") && !asked.contains("can no longer be changed"), "{asked}");
        // Whoever sends the form anyway hears no, and the draft stays one.
        let no = owner.post(&issue, &[]).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        let draft = [&line[..], &[("line-0-tax", "S 19")]].concat();
        let issue = owner.post("/invoices", &draft).await.location.replace("/edit", "/issue");
        let asked = owner.get(&issue).await.text;
        assert!(asked.contains("Issue the invoice") && !asked.contains("cannot be issued"), "{asked}");
    });
}
