//! The product's index: every route, with the action it needs.

use crate::api::operations;
use crate::edge::{Edge, guard};
use crate::gate::Needs;
use crate::limits::Limits;
use crate::look::answer::go;
use crate::problem::Problem;
use crate::{App, delivery, kept, pages};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Extension, Router};
use coffer_kernel::Action;
use coffer_store::World;

/// A route, as the authorization matrix and the documentation see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path, with `{…}` for ids.
    pub path: &'static str,
    /// The action it needs; [`None`] for what tells nobody anything.
    pub action: Option<Action>,
}

/// A route with its handler.
pub(crate) type Entry = (Route, MethodRouter<App>);

pub(crate) const fn route(method: &'static str, path: &'static str, action: Action) -> Route {
    Route { method, path, action: Some(action) }
}

pub(crate) const fn open(method: &'static str, path: &'static str) -> Route {
    Route { method, path, action: None }
}

/// What tells whoever runs this that it runs, and that it is reached.
fn pulse() -> Vec<Entry> {
    vec![
        (open("GET", "/healthz"), get(|| async { "ok" })),
        (open("GET", "/readyz"), get(ready)),
        (open("GET", "/.well-known/coffer/{text}"), get(delivery::echo)),
    ]
}

fn api() -> Vec<Entry> {
    operations().into_iter().map(|operation| (operation.route, operation.handler)).collect()
}

/// Every route.
#[must_use]
pub fn routes() -> Vec<Route> {
    entries().into_iter().map(|(route, _)| route).collect()
}

fn entries() -> Vec<Entry> {
    [pulse(), api(), pages::routes()].into_iter().flatten().collect()
}

/// The whole of it.
pub fn router(app: App) -> Router {
    router_within(app, Limits::default())
}

/// The whole of it, within these limits.
pub(crate) fn router_within(app: App, limits: Limits) -> Router {
    let World { clock, entropy } = app.books.world().clone();
    let edge = Edge { entropy, clock, limits };
    inside(app).layer(axum::middleware::from_fn_with_state(edge, guard))
}

/// What stands behind the edge: for a form that waited there and is sent on.
pub(crate) fn inside(app: App) -> Router {
    let keeping = || axum::middleware::from_fn_with_state(app.clone(), kept::around);
    let recording = || axum::middleware::from_fn_with_state(app.clone(), pages::together::together);
    let framing = || axum::middleware::from_fn_with_state(app.clone(), pages::refused::around);
    let router = entries().into_iter().fold(Router::new(), |router, (route, handler)| {
        // A page's form is not lost where its person has to sign in first, and its refusal is a page like any other.
        let page = route.action.is_some() && !route.path.starts_with("/api/");
        let handler = if page && route.method == "GET" { handler.layer(recording()) } else { handler };
        let handler = if page { handler.layer(keeping()).layer(framing()) } else { handler };
        let handler = match route.action {
            Some(action) => handler.layer(Extension(Needs(action))),
            None => handler,
        };
        router.route(route.path, handler)
    });
    router.fallback(nothing_here).method_not_allowed_fallback(not_that_way).with_state(app)
}

/// Whether the database answers, and its clock and ours agree: leases of several nodes are worth what their clocks are.
async fn ready(State(app): State<App>) -> Result<&'static str, Problem> {
    if app.books.facts().await?.clocks_differ() {
        let detail = "The database's clock and this machine's differ by more than two seconds. Keep both set.";
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "clocks.differ", detail));
    }
    Ok("ready")
}

/// A program is told so, a person sees a page.
async fn nothing_here(State(app): State<App>, request: Request) -> Response {
    if is_of_programs(request.uri().path()) {
        let detail = "There is nothing at this address. Check its spelling.";
        return Problem::new(StatusCode::NOT_FOUND, "not_found", detail).into_response();
    }
    pages::refused::no_such_page(&app, request.into_parts().0).await
}

fn is_of_programs(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || path.starts_with("/.well-known/") || path.starts_with("/static/")
}

/// A form's address that somebody looks at, in a tab come back or typed: the page that its form stands on is shown.
async fn not_that_way(request: Request) -> Response {
    let path = request.uri().path();
    if request.method() == Method::GET && !is_of_programs(path) {
        return go(&page_above(path));
    }
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method.not_allowed",
        "This address does not take this method. The header Allow says which it takes.",
    )
    .into_response()
}

/// The nearest page above an address.
fn page_above(path: &str) -> String {
    let pages: Vec<Route> = pages::routes().into_iter().map(|(route, _)| route).collect();
    let mut above = path.rsplit_once('/').map_or("", |(above, _)| above);
    while !above.is_empty() {
        if pages.iter().any(|page| page.method == "GET" && is_at(page.path, above)) {
            return above.to_owned();
        }
        above = above.rsplit_once('/').map_or("", |(above, _)| above);
    }
    "/".to_owned()
}

/// Whether an address is one of this pattern's.
fn is_at(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut parts) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), parts.next()) {
            (None, None) => return true,
            (Some(wanted), Some(part)) if wanted == part || wanted.starts_with('{') && !part.is_empty() => {}
            (Some(_) | None, _) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::page_above;

    #[test]
    fn a_forms_address_leads_to_the_page_it_stands_on() {
        for (path, page) in [
            ("/set-up/you", "/set-up"),
            ("/set-up/code", "/set-up"),
            ("/sign-out", "/"),
            ("/recovery-sheet/try", "/recovery-sheet"),
            ("/settings/keys/key_1/revoke", "/settings/keys"),
            ("/invoices/inv_1/link", "/invoices/inv_1"),
            ("/invoices/inv_1/payments", "/invoices/inv_1"),
            ("/d/abc/pdf", "/d/abc"),
            ("/people/usr_1", "/people"),
        ] {
            assert_eq!(page_above(path), page, "{path}");
        }
    }
}
