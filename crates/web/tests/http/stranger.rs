//! Nobody known: told nothing, led to where one signs in.

use crate::world::{World, on_both_engines};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use coffer_web::router::routes;
use tower::ServiceExt;

fn path(pattern: &str) -> String {
    let ids = [
        ("{customer}", "cus"),
        ("{invoice}", "inv"),
        ("{payment}", "pay"),
        ("{user}", "usr"),
        ("{link}", "lnk"),
        ("{key}", "key"),
        ("{item}", "itm"),
    ];
    ids.into_iter().fold(pattern.to_owned(), |path, (name, prefix)| {
        path.replace(name, &format!("{prefix}_00000000000000000000000000"))
    })
}

// proves: C42.c, C36.c
#[test]
fn without_a_key_or_a_sign_in_no_route_with_an_action_does_anything() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        for route in routes().into_iter().filter(|route| route.action.is_some()) {
            let request =
                Request::builder().method(route.method).uri(path(route.path)).header("sec-fetch-site", "same-origin");
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let answer = world.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            if route.path.starts_with("/api/") {
                assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{route:?}");
            } else {
                // A page is led back to after signing in; a form is kept in the sign-in itself.
                let expected = if route.method == "GET" { StatusCode::SEE_OTHER } else { StatusCode::UNAUTHORIZED };
                assert_eq!(answer.status(), expected, "{route:?}");
                let led = answer.headers().get("location").is_none_or(|to| to.as_bytes().starts_with(b"/sign-in"));
                assert!(led, "{route:?}");
            }
        }
    });
}

// proves: C41.b
#[test]
fn no_form_is_taken_from_another_site() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        for route in routes().into_iter().filter(|route| route.method == "POST" && !route.path.starts_with("/api/")) {
            let request =
                Request::builder().method("POST").uri(path(route.path)).header("sec-fetch-site", "cross-site");
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let answer = world.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{route:?}");
        }
    });
}
