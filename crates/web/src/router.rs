//! The product's index: every route, with the action it needs.

use crate::edge::{Edge, guard};
use crate::limits::Limits;
use crate::problem::Problem;
use crate::{App, catalogue, customers, delivery, invoices, kept, pages, payments};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{MethodRouter, get, post, put};
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

/// The API.
fn api() -> Vec<Entry> {
    vec![
        (open("GET", "/healthz"), get(|| async { "ok" })),
        (open("GET", "/readyz"), get(ready)),
        (route("GET", "/api/v1/customers", Action::ReadCustomers), get(customers::list)),
        (route("POST", "/api/v1/customers", Action::AddCustomer), post(customers::add)),
        (route("POST", "/api/v1/customers/import", Action::ImportCustomers), post(customers::import)),
        (route("GET", "/api/v1/customers/{customer}", Action::ReadCustomers), get(customers::get)),
        (route("PUT", "/api/v1/customers/{customer}", Action::ReviseCustomer), put(customers::revise)),
        (route("GET", "/api/v1/items", Action::ReadCatalogue), get(catalogue::list)),
        (route("POST", "/api/v1/items", Action::AddItem), post(catalogue::add)),
        (route("GET", "/api/v1/items/{item}", Action::ReadCatalogue), get(catalogue::get)),
        (route("PUT", "/api/v1/items/{item}", Action::ReviseItem), put(catalogue::revise)),
        (route("POST", "/api/v1/items/{item}/retire", Action::ReviseItem), post(catalogue::retire)),
        (route("GET", "/api/v1/invoices", Action::ReadInvoices), get(invoices::list)),
        (route("POST", "/api/v1/invoices", Action::DraftInvoice), post(invoices::draft)),
        (route("POST", "/api/v1/invoices/issue", Action::IssueInvoice), post(invoices::issue_at_once)),
        (route("GET", "/api/v1/invoices/{invoice}", Action::ReadInvoices), get(invoices::get)),
        (route("PUT", "/api/v1/invoices/{invoice}", Action::ReviseInvoice), put(invoices::revise)),
        (route("GET", "/api/v1/invoices/{invoice}/pdf", Action::ReadInvoices), get(invoices::pdf)),
        (route("POST", "/api/v1/invoices/{invoice}/issue", Action::IssueInvoice), post(invoices::issue)),
        (route("POST", "/api/v1/invoices/{invoice}/void", Action::VoidInvoice), post(invoices::void)),
        (route("POST", "/api/v1/invoices/{invoice}/mark-sent", Action::SendInvoice), post(invoices::mark_sent)),
        (route("POST", "/api/v1/invoices/{invoice}/send", Action::SendInvoice), post(delivery::letters::send)),
        (route("GET", "/api/v1/invoices/{invoice}/letters", Action::ReadInvoices), get(delivery::letters::of_invoice)),
        (route("GET", "/api/v1/invoices/{invoice}/payments", Action::ReadPayments), get(payments::of_invoice)),
        (route("POST", "/api/v1/invoices/{invoice}/payments", Action::RecordPayment), post(payments::record)),
        (open("GET", "/.well-known/coffer/{text}"), get(delivery::echo)),
        (route("GET", "/api/v1/settings/delivery", Action::ReviseSettings), get(delivery::get)),
        (route("PUT", "/api/v1/settings/delivery", Action::ReviseSettings), put(delivery::set_up)),
        (route("POST", "/api/v1/settings/delivery/test-mail", Action::ReviseSettings), post(delivery::test_mail)),
        (
            route("POST", "/api/v1/settings/delivery/test-public-url", Action::ReviseSettings),
            post(delivery::test_public_url),
        ),
        (route("POST", "/api/v1/payments/{payment}/reverse", Action::ReversePayment), post(payments::reverse)),
    ]
}

/// Every route.
#[must_use]
pub fn routes() -> Vec<Route> {
    entries().into_iter().map(|(route, _)| route).collect()
}

fn entries() -> Vec<Entry> {
    [api(), pages::routes()].into_iter().flatten().collect()
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
    let router = entries().into_iter().fold(Router::new(), |router, (route, handler)| {
        // A page's form is not lost where its person has to sign in first.
        let page = route.action.is_some() && !route.path.starts_with("/api/");
        router.route(route.path, if page { handler.layer(keeping()) } else { handler })
    });
    router.fallback(nothing_here).method_not_allowed_fallback(not_that_way).with_state(app)
}

async fn ready(axum::extract::State(app): axum::extract::State<App>) -> Result<&'static str, Problem> {
    app.books.log_verifier(coffer_kernel::BusinessId::INSTALLATION).await?;
    Ok("ready")
}

async fn nothing_here() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address. Check its spelling.")
}

async fn not_that_way() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method.not_allowed",
        "This address does not take this method. The header Allow says which it takes.",
    )
}
