//! Asking for the head of a page alone opens what the page shows, and is recorded like the page.

use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_kernel::BusinessId;
use coffer_store::{Leaf, Outcome};

/// What the log of these books says was shown, in its order.
async fn shown(world: &World, business: BusinessId) -> Vec<String> {
    world.test.books.sign_log(business).await.unwrap();
    let log = world.test.books.export_log(business, Vec::new()).await.unwrap();
    let leaves = std::str::from_utf8(&log).unwrap().lines().filter_map(|line| Leaf::from_bytes(line.as_bytes()));
    leaves
        .filter(|leaf| leaf.out == Outcome::Shown)
        .map(|leaf| format!("{} {} {}", leaf.by, leaf.action, leaf.what))
        .collect()
}

// proves: C73.a
#[test]
fn the_head_of_a_page_is_recorded_as_the_page_is() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let business = founded(&world).await;
        let records = world.records(&key_to(&world, business).await).await;
        let pages =
            [format!("/customers/{}", records.customer), format!("/invoices/{}", records.issued), "/".to_owned()];
        for page in pages {
            let before = shown(&world, business).await.len();
            assert_eq!(owner.get(&page).await.status, StatusCode::OK, "{page}");
            let by_page = shown(&world, business).await.split_off(before);
            assert!(!by_page.is_empty(), "{page}");
            let head = owner.head(&page).await;
            assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0), "{page}");
            let by_head = shown(&world, business).await.split_off(before + by_page.len());
            assert_eq!(by_head, by_page, "{page}");
        }
    });
}
