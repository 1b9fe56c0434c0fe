//! What issuing fixes is read before it is done; of what nobody said there is no row.

use crate::editor::{Desk, line};
use crate::world::{World, on_both_engines};
use serde_json::{Value, json};

/// What is only said where it is so.
const SAID: [&str; 8] = [
    "Delivered on",
    "Billed for",
    "Delivered to",
    "Terms of payment",
    "Order number",
    "Their reference",
    "A note to the customer",
    "Why there is no VAT",
];

/// What stands behind a label, as it is read.
fn fact(page: &str, label: &str) -> Option<String> {
    let drawn = page.split_once(&format!("<dt>{label}</dt><dd>"))?.1.split_once("</dd>")?.0;
    let texts = drawn.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    Some(texts.collect())
}

// proves: A4
#[test]
fn what_will_be_fixed_is_read_before_the_button_and_what_nobody_said_is_not() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let asked = async |desk: &mut Desk<'_>, content: Value| {
            let draft = desk.drafts(&content).await;
            desk.owner.get(&format!("{draft}/issue")).await.text
        };

        let plain = asked(&mut desk, json!({ "currency": "EUR", "lines": [line("Sign", &json!({}))] })).await;
        for label in SAID {
            assert_eq!(fact(&plain, label), None, "{label}: {plain}");
        }
        assert_eq!(fact(&plain, "Customer").as_deref(), Some("Bäckerei Vogel"));
        assert!(fact(&plain, "Issued").is_some_and(|day| day.ends_with(" 2026")), "{plain}");
        let due = fact(&plain, "Due").unwrap();
        assert!(due.ends_with(" · 14 days after issue, by your terms"), "nobody wrote the day: {due}");
        assert_eq!(fact(&plain, "VAT 19 %").as_deref(), Some("1.90EUR"), "{plain}");

        let untaxed = |name, category| line(name, &json!({ "category": category, "rate": "0" }));
        let lines = [untaxed("Course", "E"), untaxed("Export", "G"), line("Sign", &json!({}))];
        let whole = json!({ "currency": "EUR", "lines": lines, "delivered_on": "2026-01-05", "due_on": "2027-03-01",
            "deliver_to": { "country": "NO" }, "terms": "2 % off within a week", "order_number": "PO 7",
            "buyer_reference": "Desk <12>", "note": "Thank you",
            "exemption_reasons": { "E": "Article 132", "G": "Article 146" } });
        let page = asked(&mut desk, whole).await;
        for (label, said) in [
            ("Delivered on", "5 January 2026"),
            ("Delivered to", "Norway"),
            ("Due", "1 March 2027"),
            ("Terms of payment", "2 % off within a week"),
            ("Order number", "PO 7"),
            ("Their reference", "Desk &lt;12&gt;"),
            ("A note to the customer", "Thank you"),
        ] {
            assert_eq!(fact(&page, label).as_deref(), Some(said), "{label}: {page}");
        }
        let why = fact(&page, "Why there is no VAT").unwrap();
        assert!(why.contains("Exempt: Article 132") && why.contains(": Article 146"), "each by its kind: {why}");
        assert!(page.contains("<dt>VAT 19 % <span") && page.contains("<dt>Exempt <span"), "each rate: {page}");

        let days = json!({ "from": "2026-01-01", "to": "2026-01-31" });
        let free = json!({ "currency": "EUR", "lines": [untaxed("Course", "E")], "period": days, "note": " ",
            "exemption_reasons": { "E": "Article 132" } });
        let page = asked(&mut desk, free).await;
        assert!(fact(&page, "Billed for").is_some_and(|time| time.contains("January\u{a0}2026")), "{page}");
        assert_eq!(fact(&page, "Why there is no VAT").as_deref(), Some("Article 132"), "of one kind it is the kind");
        assert_eq!(fact(&page, "Delivered on").or(fact(&page, "A note to the customer")), None, "{page}");
    });
}

// proves: A4
#[test]
fn the_way_to_the_paper_is_read_before_the_button_that_issues() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let draft = desk.drafts(&json!({ "currency": "EUR", "lines": [line("Sign", &json!({}))] })).await;
        let way = format!("<a class=\"btn small to-paper\" href=\"{draft}/pdf\"");
        for (page, button) in [("edit", "value=\"issue\""), ("issue", "<button class=\"btn main\"")] {
            let text = desk.owner.get(&format!("{draft}/{page}")).await.text;
            let (way, button) = (text.find(&way), text.find(button));
            assert!(way.is_some() && way < button, "{page}: {text}");
        }
        let new = desk.owner.get("/invoices/new").await.text;
        assert!(new.contains("<a class=\"btn small to-paper\" hidden"), "there is none yet: {new}");
    });
}
