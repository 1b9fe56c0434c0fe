//! A NUL in what is asked for: PostgreSQL takes none in a text, and elsewhere a text ends at it. On both engines it finds nothing
//! or is refused, whatever it is asked of.

use crate::consequence::EMAIL;
use crate::forms::{address, pages};
use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{State, World, on_both_engines};
use axum::http::StatusCode;
use coffer_web::router::routes;

/// What addresses are asked with.
const ASKED: [&str; 14] = [
    "q", "only", "after", "limit", "customer", "currency", "by", "about", "outcome", "before", "of", "from", "done",
    "back",
];

// proves: C95.d
#[test]
fn a_search_for_a_nul_finds_nothing_in_any_list() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let key = key_to(&world, founded(&world).await).await;
        world.records(&key).await;
        for (typed, finds) in [("Vogel", true), ("%00", false), ("V%00", false), ("%00Vogel", false), ("%25%00", false)]
        {
            for (path, rows) in [("/api/v1/customers", "customers"), ("/api/v1/invoices", "invoices")] {
                let (status, page) = world.send("GET", &format!("{path}?q={typed}"), &key, None).await;
                let found = page[rows].as_array().is_some_and(|rows| !rows.is_empty());
                assert_eq!((status, found), (StatusCode::OK, finds), "{path} {typed}: {page}");
            }
            for path in ["/customers", "/invoices"] {
                let page = owner.get(&format!("{path}?q={typed}")).await;
                let found = page.text.contains("Bäckerei");
                assert_eq!((page.status, found), (StatusCode::OK, finds), "{path} {typed}: {}", page.text);
            }
        }
        let sign = async |owner: &mut Visit<'_>, typed: &str| {
            let page = owner.get(&format!("/items?q={typed}")).await;
            (page.status, page.text.contains("Shop sign"))
        };
        assert_eq!(sign(&mut owner, "sign").await, (StatusCode::OK, true));
        assert_eq!(sign(&mut owner, "sign%00").await, (StatusCode::OK, false));
    });
}

// proves: C95.d
#[test]
fn a_nul_in_any_parameter_of_any_address_breaks_nothing() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut owner = Visit::owner(&world, EMAIL).await;
        let key = key_to(&world, founded(&world).await).await;
        let records = world.paid_records(&key).await;
        let mut broken = Vec::new();
        let programs = routes().into_iter().filter(|route| route.method == "GET" && route.path.starts_with("/api/"));
        let at: Vec<String> = programs
            .chain(pages("GET").map(|(route, _)| route))
            // What is printed or written whole is asked for by its address alone.
            .filter(|route| !["/pdf", "/export", "/paper"].iter().any(|file| route.path.ends_with(file)))
            .map(|route| address(&route, &records, State::Issued))
            .collect();
        for path in &at {
            for name in ASKED {
                let to = format!("{path}?{name}=%00");
                // A page that breaks ends the test where it is asked for.
                let status = if path.starts_with("/api/") {
                    world.send("GET", &to, &key, None).await.0
                } else {
                    owner.get(&to).await.status
                };
                broken.extend(status.is_server_error().then_some(to));
            }
        }
        assert!(broken.is_empty() && at.len() > 30, "{} addresses: {broken:?}", at.len());
    });
}
