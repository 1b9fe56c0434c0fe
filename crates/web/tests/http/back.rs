//! Whoever goes elsewhere to mend what an invoice lacks comes back to where they were, and nowhere else.

use crate::visit::{Seen, Visit};
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;

/// An address that is no place of ours, in each way that it can be written.
const FOREIGN: [&str; 7] = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "javascript:alert(1)",
    "evil.example",
    "/in voices",
];

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A draft that lacks both addresses; its own.
async fn draft(owner: &mut Visit<'_>) -> String {
    let line = [("new_customer", "Vogel"), ("line-0-name", "Sign"), ("line-0-net_price", "95"), ("line-0-tax", "S 19")];
    owner.post("/invoices", &line).await.location.replace("/edit", "")
}

/// Saves the settings as they are, with this way back.
async fn settings(owner: &mut Visit<'_>, back: &str) -> Seen {
    let version = owner.get("/settings").await.hidden("version");
    let said = [("version", version.as_str()), ("back", back), ("name", "Atelier Sør"), ("terms_days", "14")];
    owner.post("/settings", &said).await
}

// proves: A4
#[test]
fn whoever_mends_something_elsewhere_comes_back_to_where_they_read_of_it() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let draft = draft(&mut owner).await;
        for page in ["edit", "issue"].map(|page| format!("{draft}/{page}")) {
            let read = owner.get(&page).await;
            let to_settings = format!("/settings?back={page}");
            assert!(read.text.contains(&format!("href=\"{to_settings}#street\"")), "{}", read.text);
            let customer = format!("/customers/{}", read.between("href=\"/customers/", "/edit?back="));
            let to_customer = format!("{customer}/edit?back={page}");
            assert!(read.text.contains(&format!("href=\"{to_customer}#street\"")), "{}", read.text);
            if page.ends_with("/edit") {
                let always = format!("<a data-change href=\"{to_customer}\">Change this customer</a>");
                assert!(read.text.contains(&always), "whether or not anything is missing: {}", read.text);
            }
            for way in [to_settings, to_customer] {
                let form = owner.get(&way).await;
                assert_eq!(form.hidden("back"), page);
                assert!(
                    form.text.contains(&format!("<a class=\"btn quiet\" href=\"{page}\">Back</a>")),
                    "{}",
                    form.text
                );
            }
            assert_eq!(settings(&mut owner, &page).await.location, page);
            let wrong = owner.post(&customer, &[("name", ""), ("back", &page)]).await;
            assert_eq!((wrong.status, wrong.hidden("back")), (StatusCode::UNPROCESSABLE_ENTITY, page.clone()));
            assert_eq!(owner.post(&customer, &[("name", "Vogel"), ("back", &page)]).await.location, page);
        }
        // Who comes from nowhere stays.
        assert_eq!(settings(&mut owner, "").await.status, StatusCode::OK);
    });
}

// proves: A4
#[test]
fn whoever_is_refused_for_what_their_business_lacks_comes_back_from_the_settings() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let draft = draft(&mut owner).await;
        // Without a VAT number there is no VAT on an invoice.
        settings(&mut owner, "").await;
        let refused = owner.post(&format!("{draft}/issue"), &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        let banner = refused.between("role=\"alert\"", "</ul>");
        let way = banner.split_once("href=\"/settings?back=").unwrap_or_else(|| panic!("{banner}")).1;
        let (back, field) = way.split_once('"').unwrap().0.split_once('#').unwrap();
        assert_eq!((back, field), (format!("{draft}/edit").as_str(), "vat_id"));
        let form = owner.get(&format!("/settings?back={back}")).await;
        assert!(form.hidden("back") == back && form.text.contains("id=\"vat_id\""), "{}", form.text);
    });
}

// proves: A4
#[test]
fn a_way_back_leads_to_no_other_site() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@atelier.example").await;
        let draft = draft(&mut owner).await;
        let read = owner.get(&format!("{draft}/issue")).await;
        let customer = format!("/customers/{}", read.between("href=\"/customers/", "/edit?back="));
        for foreign in FOREIGN {
            for form in ["/settings".to_owned(), format!("{customer}/edit")] {
                let form = owner.get(&format!("{form}?back={}", escaped(foreign))).await;
                assert_eq!(form.status, StatusCode::OK, "{foreign}");
                assert!(
                    !form.text.contains("name=\"back\"") && !form.text.contains("evil"),
                    "{foreign}: {}",
                    form.text
                );
            }
            let saved = settings(&mut owner, foreign).await;
            assert_eq!((saved.status, saved.location.as_str()), (StatusCode::OK, ""), "{foreign}");
            let saved = owner.post(&customer, &[("name", "Vogel"), ("back", foreign)]).await;
            assert_eq!(saved.location, customer, "{foreign}");
        }
    });
}
