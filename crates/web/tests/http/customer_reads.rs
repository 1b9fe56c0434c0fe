//! What a customer reads on the page of an invoice, and what a list of them comes to.

use crate::consequence::{EMAIL, issued};
use crate::handed_over::reachable;
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;

// proves: B4, B5
#[test]
fn a_customer_reads_each_rate_each_unit_and_how_the_seller_is_reached() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        reachable(&world).await;
        let version = owner.get("/settings").await.hidden("version");
        let said = [
            ("version", version.as_str()),
            ("name", "Atelier Sør"),
            ("terms_days", "14"),
            ("vat_id", "DE318204977"),
            ("phone", "+49 761 555 01 40"),
            ("email", "studio@ateliersor.example"),
        ];
        assert_eq!(owner.post("/settings", &said).await.status, StatusCode::OK);
        let lines = [
            ("new_customer", "Vogel"),
            ("line-0-name", "Lettering"),
            ("line-0-quantity", "8"),
            ("line-0-unit", "HUR"),
            ("line-0-net_price", "95"),
            ("line-0-tax", "S 19"),
            ("line-1-name", "Pattern book"),
            ("line-1-net_price", "14"),
            ("line-1-tax", "S 7"),
        ];
        let invoice = owner.post("/invoices", &lines).await.location.replace("/edit", "");
        owner.post(&format!("{invoice}/issue"), &[]).await;
        let link = owner.post(&format!("{invoice}/link"), &[]).await;
        let path = link.between("<code>https://invoices.ateliersor.example", "</code>");
        let mut customer = Visit::new(&world, "");
        customer.post(&path, &[]).await;
        let opened = customer.get(&path).await.text;
        for told in ["8 × 95.00 per hour · VAT 19 %", "1 × 14.00 · VAT 7 %", "VAT 19 % <span", "+49 761 555 01 40"]
        {
            assert!(opened.contains(told), "{told}: {opened}");
        }
        assert!(
            opened.contains("144.40") && opened.contains("0.98") && opened.contains("studio@ateliersor"),
            "{opened}"
        );
        assert!(owner.get(&invoice).await.text.contains("8 × 95.00 per hour"), "and so does the seller");
    });
}

// proves: A12
#[test]
fn a_list_of_what_is_open_ends_in_its_sum() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        issued(&mut owner).await;
        issued(&mut owner).await;
        let list = owner.get("/invoices?only=open").await.text;
        assert!(list.contains("<dt>Still open</dt><dd>226.10"), "{list}");
        assert!(!owner.get("/invoices").await.text.contains("<dt>Still open</dt>"), "of one thing alone");
    });
}
