//! The product's index: every route, with the action it needs.

use crate::problem::Problem;
use crate::{App, customers, invoices, payments};
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

const fn route(method: &'static str, path: &'static str, action: Action) -> Route {
    Route { method, path, action: Some(action) }
}

const fn open(method: &'static str, path: &'static str) -> Route {
    Route { method, path, action: None }
}

/// Every route.
pub const ROUTES: &[Route] = &[
    open("GET", "/healthz"),
    open("GET", "/readyz"),
    route("GET", "/api/v1/customers", Action::ReadCustomers),
    route("POST", "/api/v1/customers", Action::AddCustomer),
    route("GET", "/api/v1/customers/{customer}", Action::ReadCustomers),
    route("PUT", "/api/v1/customers/{customer}", Action::ReviseCustomer),
    route("GET", "/api/v1/invoices", Action::ReadInvoices),
    route("POST", "/api/v1/invoices", Action::DraftInvoice),
    route("POST", "/api/v1/invoices/issue", Action::IssueInvoice),
    route("GET", "/api/v1/invoices/{invoice}", Action::ReadInvoices),
    route("PUT", "/api/v1/invoices/{invoice}", Action::ReviseInvoice),
    route("POST", "/api/v1/invoices/{invoice}/issue", Action::IssueInvoice),
    route("POST", "/api/v1/invoices/{invoice}/void", Action::VoidInvoice),
    route("GET", "/api/v1/invoices/{invoice}/payments", Action::ReadPayments),
    route("POST", "/api/v1/invoices/{invoice}/payments", Action::RecordPayment),
    route("POST", "/api/v1/payments/{payment}/reverse", Action::ReversePayment),
];

/// The handler of each route, in the order of [`ROUTES`].
fn handlers() -> [MethodRouter<App>; 16] {
    [
        get(|| async { "ok" }),
        get(ready),
        get(customers::list),
        post(customers::add),
        get(customers::get),
        put(customers::revise),
        get(invoices::list),
        post(invoices::draft),
        post(invoices::issue_at_once),
        get(invoices::get),
        put(invoices::revise),
        post(invoices::issue),
        post(invoices::void),
        get(payments::of_invoice),
        post(payments::record),
        post(payments::reverse),
    ]
}

/// The whole of it.
pub fn router(app: App) -> Router {
    let routes = ROUTES.iter().zip(handlers());
    let router = routes.fold(Router::new(), |router, (route, handler)| router.route(route.path, handler));
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
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method.not_allowed", "This address does not take this method.")
}
