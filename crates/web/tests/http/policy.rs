//! What a browser is told that it may do with an answer: each kind has one policy, and each of them begins with nothing.

use crate::pages::{founded, key_to};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use tower::ServiceExt;

/// The headers of an answer.
async fn head(world: &World, path: &str, name: &str, value: &str) -> HeaderMap {
    let request = Request::get(path).header(name, value).body(Body::empty()).unwrap();
    world.router.clone().oneshot(request).await.unwrap().headers().clone()
}

// proves: C93.a
#[test]
fn what_is_answered_may_load_and_run_nothing_but_what_its_kind_needs() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let owner = Visit::owner(&world, "ingrid@ateliersor.example").await;
        let cookies: Vec<String> = owner.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let key = key_to(&world, founded(&world).await).await;
        let records = world.records(&key).await;
        let (invoice, draft) = (format!("/invoices/{}", records.issued), format!("/invoices/{}", records.draft));
        let by_key = format!("Bearer {key}");
        let paper = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; form-action 'none'; \
                     base-uri 'none'; frame-ancestors 'self'";
        let (cookie, program) = (("cookie", cookies.join("; ")), ("authorization", by_key));
        for (path, (name, value), kind, policy) in [
            (format!("{invoice}/pdf"), &cookie, "application/pdf", paper),
            (format!("{invoice}/pdf?save=yes"), &cookie, "application/pdf", paper),
            (format!("{draft}/pdf"), &cookie, "application/pdf", paper),
            ("/settings/look/paper?v=1".to_owned(), &cookie, "application/pdf", paper),
            (format!("/api/v1{invoice}/pdf"), &program, "application/pdf", paper),
            (format!("/api/v1{invoice}"), &program, "application/json", "default-src 'none'; frame-ancestors 'none'"),
        ] {
            let head = head(&world, &path, name, value).await;
            assert_eq!(head["content-type"], kind, "{path}");
            let said: Vec<_> = head.get_all("content-security-policy").iter().collect();
            assert_eq!(said, [policy], "{path}");
        }
        let page = head(&world, &invoice, cookie.0, &cookie.1).await;
        let said = page["content-security-policy"].to_str().unwrap();
        assert!(said.starts_with("default-src 'none'; ") && !said.contains("unsafe"), "{said}");
        assert!(said.ends_with("frame-ancestors 'none'"), "{said}");
    });
}
