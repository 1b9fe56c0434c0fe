//! What cannot be taken back is asked first, and whoever presses Enter in haste is led back: the page begins at the way out of it.

use crate::consequence::{EMAIL, issued, joins};
use crate::handed_over::reachable;
use crate::pages::founded;
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;

/// The one element of a page that it begins at.
fn begins_at(at: &str, page: &str) -> String {
    let tags: Vec<&str> = page.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect();
    let begins: Vec<&&str> = tags.iter().filter(|tag| tag.split_whitespace().any(|word| word == "autofocus")).collect();
    assert_eq!(begins.len(), 1, "{at}: {begins:?}");
    (*begins[0]).to_owned()
}

// proves: F8
#[test]
fn what_is_asked_before_it_is_done_begins_at_the_way_back() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let invoice = issued(&mut owner).await;
        owner.post(&format!("{invoice}/payments"), &[("amount", "10"), ("method", "transfer")]).await;
        let take_back = owner.get(&invoice).await.between(&format!("href=\"{invoice}/payments/"), "/take-back\"");
        let line =
            [("new_customer", "Koch"), ("line-0-name", "Sign"), ("line-0-net_price", "9"), ("line-0-tax", "S 19")];
        let draft = owner.post("/invoices", &line).await.location.replace("/edit", "");
        let item = [("name", "Sign"), ("net_price", "95"), ("currency", "EUR"), ("tax", "S 19")];
        owner.post("/items", &item).await;
        let items = owner.get("/items").await;
        let item = items
            .text
            .split("href=\"")
            .filter_map(|rest| rest.split('"').next())
            .find(|to| to.starts_with("/items/itm_"));
        let item = item.unwrap_or_else(|| panic!("no item in {}", items.text)).to_owned();
        joins(&world, &mut owner, "auditor").await;
        let somebody = format!("/people/{}", owner.get("/people").await.between("href=\"/people/", "/end\""));
        let key = format!("/settings/keys/{}", world.spare_key_of(founded(&world).await).await);
        reachable(&world).await;
        owner.post(&format!("{invoice}/link"), &[]).await;
        for (asks, back) in [
            (format!("{invoice}/links/end"), invoice.clone()),
            (format!("{key}/revoke"), "/settings/keys".to_owned()),
            (format!("{invoice}/sent"), invoice.clone()),
            (format!("{invoice}/void"), invoice.clone()),
            (format!("{invoice}/payments/{take_back}/take-back"), invoice.clone()),
            (format!("{draft}/delete"), format!("{draft}/edit")),
            (format!("{item}/retire"), item.clone()),
            (format!("{somebody}/end"), "/people".to_owned()),
        ] {
            let page = owner.get(&asks).await;
            assert_eq!(page.status, StatusCode::OK, "{asks}: {}", page.text);
            assert!(page.text.contains(&format!("action=\"{asks}\"")), "{asks}: it asks: {}", page.text);
            let begins = begins_at(&asks, &page.text);
            assert!(begins.starts_with("a ") && begins.contains(&format!("href=\"{back}\"")), "{asks}: {begins}");
        }
    });
}
