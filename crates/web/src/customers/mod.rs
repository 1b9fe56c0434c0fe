//! Customers, seen from outside.

mod import;

pub(crate) use import::import;

use crate::App;
use crate::body::{Asked, Body, Id, PageQuery, if_match};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use coffer_billing::customers::{self, AddCustomer, Customer, ListCustomers, ReviseCustomer};
use coffer_billing::invoices::content::Party;
use coffer_kernel::CustomerId;
use coffer_kernel::money::Currency;
use serde::{Deserialize, Serialize};

/// What is sent to add a customer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCustomer {
    party: Party,
    currency: Option<Currency>,
    language: Option<String>,
}

#[derive(Serialize)]
struct List {
    customers: Vec<View>,
    next: Option<String>,
}

#[derive(Serialize)]
struct View {
    id: CustomerId,
    version: i64,
    currency: Currency,
    language: String,
    created_at: coffer_kernel::Timestamp,
    party: Party,
}

impl From<Customer> for View {
    fn from(customer: Customer) -> Self {
        let Customer { id, version, scope: _, currency, language, created_at, party } = customer;
        Self { id, version, currency, language, created_at, party }
    }
}

fn view(customer: Customer) -> impl IntoResponse {
    ([(header::ETAG, format!("\"{}\"", customer.version))], axum::Json(View::from(customer)))
}

/// `POST /api/v1/customers`
pub(crate) async fn add(
    State(app): State<App>,
    Caller(actor): Caller,
    body: Body<NewCustomer>,
) -> Result<impl IntoResponse, Problem> {
    let NewCustomer { party, currency, language } = body.value;
    let customer = customers::add(&app.books, &actor, body.once, AddCustomer { party, currency, language }).await?;
    Ok((StatusCode::CREATED, view(customer)))
}

/// `GET /api/v1/customers/{customer}`
pub(crate) async fn get(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(id): Id<CustomerId>,
) -> Result<impl IntoResponse, Problem> {
    Ok(view(customers::get(&app.books, &actor, id).await?))
}

/// `GET /api/v1/customers`
pub(crate) async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    Asked(page): Asked<PageQuery>,
) -> Result<impl IntoResponse, Problem> {
    let query = ListCustomers { after: page.after, most: page.limit };
    let page = customers::list(&app.books, &actor, query).await?;
    Ok(axum::Json(List { customers: page.rows.into_iter().map(View::from).collect(), next: page.next }))
}

/// `PUT /api/v1/customers/{customer}`
pub(crate) async fn revise(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(customer): Id<CustomerId>,
    headers: HeaderMap,
    body: Body<NewCustomer>,
) -> Result<impl IntoResponse, Problem> {
    let NewCustomer { party, currency, language } = body.value;
    let order = ReviseCustomer { customer, version: if_match(&headers)?, party, currency, language };
    Ok(view(customers::revise(&app.books, &actor, order).await?))
}
