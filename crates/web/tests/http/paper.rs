//! One document of an issued invoice, for whoever may see it.

use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use serde_json::json;

// proves: B1, B7
#[test]
fn an_issued_invoice_is_printed_once_and_every_reader_gets_those_bytes() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let key = key_to(&world, founded(&world).await).await;
        let records = world.records(&key).await;
        let path = format!("/api/v1/invoices/{}/pdf", records.issued);
        let first = world.bytes("GET", &path, &key).await;
        assert!(first.starts_with(b"%PDF"), "{}", String::from_utf8_lossy(&first));

        // From now on the account is printed: on what is printed from now on.
        let version = owner.get("/settings").await.hidden("version");
        let said = [
            ("version", version.as_str()),
            ("name", "Atelier Nord"),
            ("vat_id", "DE318204977"),
            ("terms_days", "14"),
            ("holder", "Atelier Nord"),
            ("iban", "DE89 3704 0044 0532 0130 00"),
            ("show_account", "yes"),
        ];
        let kept = owner.post("/settings", &said).await;
        assert!(kept.status.is_redirection() || kept.status.is_success(), "{}", kept.text);
        assert_eq!(world.bytes("GET", &path, &key).await, first);

        let address =
            json!({ "public_url": "https://invoices.ateliernord.example", "customers_reach_it": true, "mail": null });
        world.send("PUT", "/api/v1/settings/delivery", &key, Some(&address)).await;
        let links = format!("/api/v1/invoices/{}/links", records.issued);
        let (_, made) = world.send("POST", &links, &key, None).await;
        let link = made["link"].as_str().unwrap();
        let page = link.strip_prefix("https://invoices.ateliernord.example").unwrap().to_owned();
        world.bytes("POST", &page, "").await;
        assert_eq!(world.bytes("POST", &format!("{page}/pdf"), "").await, first);
        let later = world.records(&key).await.issued;
        let later = world.bytes("GET", &format!("/api/v1/invoices/{later}/pdf"), &key).await;
        assert!(later.starts_with(b"%PDF") && later.len() > first.len(), "with the account and its code");
    });
}

// proves: B1, B7
#[test]
fn the_paper_of_a_draft_and_the_sample_show_the_account_that_will_be_printed() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let key = key_to(&world, founded(&world).await).await;
        let draft = format!("/invoices/{}/pdf", world.records(&key).await.draft);
        let sample = "/settings/look/paper?v=1";
        let before = (owner.get(&draft).await.bytes.len(), owner.get(sample).await.bytes.len());
        for (printed, grows) in [("", false), ("yes", true)] {
            let version = owner.get("/settings").await.hidden("version");
            let said = [
                ("version", version.as_str()),
                ("name", "Atelier Sør"),
                ("vat_id", "DE318204977"),
                ("terms_days", "14"),
                ("holder", "Atelier Sør"),
                ("iban", "DE89 3704 0044 0532 0130 00"),
                ("show_account", printed),
            ];
            assert_eq!(owner.post("/settings", &said).await.status, 200);
            let now = (owner.get(&draft).await.bytes.len(), owner.get(sample).await.bytes.len());
            let grew = (now.0 > before.0 + 500, now.1 > before.1 + 500);
            assert_eq!(grew, (grows, grows), "printed: {printed:?}, {before:?}, {now:?}");
        }
    });
}
