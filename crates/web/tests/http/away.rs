//! The database is away: everybody is told so, and when to come again.

use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use coffer_kernel::Role;
use coffer_store::{Dialect, Failure, Faults, Step};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tower::ServiceExt;

const EMAIL: &str = "ingrid@ateliersor.example";

/// The database, while it is told to be away.
#[derive(Default)]
struct Gone(AtomicBool);

impl Faults for Gone {
    fn at(&self, _: Step) -> Option<Failure> {
        self.0.load(Ordering::Acquire).then_some(Failure::GoAway)
    }
}

// proves: C96.e
#[test]
fn while_the_database_is_away_pages_and_programs_are_told_to_come_again() {
    on_both_engines(|mut test| async move {
        test.books.close();
        let gone = Arc::new(Gone::default());
        let with = Arc::clone(&gone) as Arc<dyn Faults>;
        let opened = std::thread::scope(|scope| scope.spawn(|| test.home.open(Some(with))).join());
        test.books = opened.unwrap().unwrap();
        let world = World::new(test).await;
        let owner = Visit::owner(&world, EMAIL).await;
        let key = world.key(1, Role::Owner).await;
        let cookie = owner.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let asks = async |method: &str, path: &str, header: (&str, &str)| {
            let request = Request::builder().method(method).uri(path).header(header.0, header.1);
            let request = request.header("host", "books.example").header("sec-fetch-site", "same-origin");
            let request = request.header("accept", if header.0 == "cookie" { "text/html" } else { "application/json" });
            let request = request.header("content-type", "application/x-www-form-urlencoded").body(Body::empty());
            let answer = world.router.clone().oneshot(request.unwrap()).await.unwrap();
            let (status, again) = (answer.status(), answer.headers().contains_key("retry-after"));
            let text = String::from_utf8(to_bytes(answer.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap();
            (status, again, text)
        };
        // What balances load asks without a key: whether it runs, and whether it can be used.
        let pulse = async |path: &str| asks("GET", path, ("x-nothing", "here")).await;
        // The clock of a test is not the one PostgreSQL goes by, and a node whose clock is wrong is not to be used.
        let apart = world.test.books.dialect() == Dialect::Postgres;
        let there = async || {
            let (status, again, text) = pulse("/readyz").await;
            let said = if apart { text.contains("\"code\":\"clocks.differ\"") } else { text == "ready" };
            assert_eq!((status.is_success(), again, said), (!apart, apart, true), "{text}");
        };
        there().await;
        gone.0.store(true, Ordering::Release);
        let (status, again, text) = pulse("/readyz").await;
        assert_eq!((status, again), (StatusCode::SERVICE_UNAVAILABLE, true), "{text}");
        assert!(text.contains("\"code\":\"database.away\""), "{text}");
        assert_eq!(pulse("/healthz").await.0, StatusCode::OK, "it runs all the same");
        for (method, path) in [("GET", "/"), ("GET", "/invoices"), ("POST", "/settings"), ("GET", "/set-up")] {
            let (status, again, text) = asks(method, path, ("cookie", &cookie)).await;
            assert_eq!((status, again), (StatusCode::SERVICE_UNAVAILABLE, true), "{method} {path}: {text}");
            assert!(text.contains("One moment") && text.contains("<html"), "{method} {path}: {text}");
        }
        let (status, again, text) = asks("GET", "/api/v1/items", ("authorization", &format!("Bearer {key}"))).await;
        assert_eq!((status, again), (StatusCode::SERVICE_UNAVAILABLE, true), "{text}");
        assert!(text.contains("\"code\":\"database.away\""), "{text}");
        gone.0.store(false, Ordering::Release);
        let (status, ..) = asks("GET", "/invoices", ("cookie", &cookie)).await;
        assert_eq!(status, StatusCode::OK, "it is back, and so are they");
        there().await;
    });
}
