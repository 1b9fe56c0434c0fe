//! One button, pressed more than once at the same moment.

use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_identity::links::{CreateSetupLink, set_up_link};
use coffer_kernel::BusinessId;
use coffer_testkit::Callers;
use futures_util::future::join_all;

const EMAIL: &str = "ingrid@ateliersor.example";

// proves: C85.f
#[test]
fn whoever_presses_eight_times_at_once_founds_one_business_and_ends_there_with_each() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let link = set_up_link(&world.test.books, &operator, CreateSetupLink).await.unwrap();
        let mut new = Visit::new(&world, EMAIL);
        new.through(link.expose()).await;
        let before = world.test.books.businesses().await.unwrap().len();
        let said = [("name", "Atelier Sør"), ("country", "DE"), ("vat_id", "DE318204977")];
        let press = async || {
            let mut press = Visit::new(&world, EMAIL);
            press.cookies.clone_from(&new.cookies);
            let ended = press.post("/set-up/business", &said).await;
            assert_eq!(
                (ended.status, ended.location.as_str()),
                (StatusCode::SEE_OTHER, "/set-up/look"),
                "{}",
                ended.text
            );
            press.cookies != new.cookies
        };
        let signed_in = join_all((0..8).map(|_| press())).await;
        assert_eq!(signed_in.into_iter().filter(|signed_in| *signed_in).count(), 1);
        assert_eq!(world.test.books.businesses().await.unwrap().len(), before + 1);
    });
}
