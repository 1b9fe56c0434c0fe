//! The product's index: every route, with the action it needs.

use crate::api::operations;
use crate::edge::{Edge, guard};
use crate::limits::Limits;
use crate::problem::Problem;
use crate::{App, delivery, kept, pages};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use coffer_kernel::Action;

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
    let edge = Edge { entropy: app.books.world().entropy.clone(), limits };
    inside(app).layer(axum::middleware::from_fn_with_state(edge, guard))
}

/// What stands behind the edge: for a form that waited there and is sent on.
pub(crate) fn inside(app: App) -> Router {
    let keeping = || axum::middleware::from_fn_with_state(app.clone(), kept::around);
    let framing = || axum::middleware::from_fn_with_state(app.clone(), pages::refused::around);
    let router = entries().into_iter().fold(Router::new(), |router, (route, handler)| {
        // A page's form is not lost where its person has to sign in first, and its refusal is a page like any other.
        let page = route.action.is_some() && !route.path.starts_with("/api/");
        router.route(route.path, if page { handler.layer(framing()).layer(keeping()) } else { handler })
    });
    router.fallback(nothing_here).method_not_allowed_fallback(not_that_way).with_state(app)
}

async fn ready(State(app): State<App>) -> Result<&'static str, Problem> {
    app.books.log_verifier(coffer_kernel::BusinessId::INSTALLATION).await?;
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

async fn not_that_way() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method.not_allowed",
        "This address does not take this method. The header Allow says which it takes.",
    )
}
