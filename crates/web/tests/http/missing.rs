//! What an invoice should have, said before it is issued.

use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;

/// The address of the link with these words.
fn way<'a>(page: &'a str, words: &str) -> &'a str {
    let (before, _) = page.split_once(&format!("\">{words}</a>")).unwrap_or_else(|| panic!("no {words} in {page}"));
    before.rsplit_once("href=\"").unwrap().1
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
        assert!(asked.contains("4 things are still missing") && asked.contains("nothing can be added"), "{asked}");
        assert!(!asked.contains("VAT number"), "what is there is not mentioned: {asked}");

        // One's own address and account: back at the question, neither is missing.
        let settings = way(&asked, "Your address").split('#').next().unwrap().to_owned();
        assert_eq!(way(&asked, "The account to be paid to"), format!("{settings}#iban"));
        let form = owner.get(&settings).await;
        assert!(form.text.contains("id=\"street\"") && form.text.contains("id=\"iban\""));
        let (version, invoice) = (form.hidden("version"), form.hidden("invoice"));
        let mut said = vec![
            ("version", version.as_str()),
            ("invoice", invoice.as_str()),
            ("name", "Atelier Sør"),
            ("street", "Rheinstraße 14"),
            ("city", "Freiburg"),
            ("vat_id", "DE318204977"),
            ("terms_days", "14"),
            ("holder", "Atelier Sør"),
            ("iban", "DE89 3704 0044 0532 0130 01"),
        ];
        let wrong = owner.post("/settings", &said).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("value=\"Rheinstraße 14\""), "nothing typed is lost: {}", wrong.text);
        assert_eq!(wrong.hidden("invoice"), invoice, "and the way back neither");
        said.pop();
        said.push(("iban", "DE89 3704 0044 0532 0130 00"));
        assert_eq!(owner.post("/settings", &said).await.location, issue);

        // The customer's.
        let asked = owner.get(&issue).await.text;
        assert!(asked.contains("2 things") && !asked.contains(">Your address<"), "{asked}");
        let customer = way(&asked, "The customer’s address").to_owned();
        let form = owner.get(customer.split('#').next().unwrap()).await;
        let said = [
            ("invoice", form.hidden("invoice")),
            ("name", "Vogel".to_owned()),
            ("street", "Hauptstraße 3".to_owned()),
            ("city", "Staufen".to_owned()),
            ("country", "DE".to_owned()),
        ];
        let said: Vec<_> = said.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(owner.post(customer.split("/edit").next().unwrap(), &said).await.location, issue);

        // Nothing is blocked for the last one; said in one, and the draft has its field.
        let asked = owner.get(&issue).await.text;
        assert!(asked.contains("One thing is still missing"), "{asked}");
        assert_eq!(way(&asked, "The day of delivery, or the time it is billed for"), format!("{edit}#delivered_on"));
        assert!(owner.get(&edit).await.text.contains("id=\"delivered_on\""));
        let known = customer.split('/').nth(2).unwrap();
        let whole = [("customer", known), ("delivered_on", "2026-11-14"), draft[1], draft[2], draft[3]];
        let whole = owner.post("/invoices", &whole).await.location.replace("/edit", "/issue");
        let asked = owner.get(&whole).await.text;
        assert!(asked.contains("Issue this invoice?") && !asked.contains("missing"), "{asked}");
        let issued = owner.post(&issue, &[]).await;
        assert!(issued.location.ends_with("?done=issued"), "{}", issued.text);
    });
}
