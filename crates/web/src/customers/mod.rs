//! Customers, seen from outside.

use crate::App;
use crate::body::{Body, Id};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use coffer_billing::customers::{self, AddCustomer, Customer};
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
struct View {
    id: CustomerId,
    version: i64,
    currency: Currency,
    language: String,
    created_at: coffer_kernel::Timestamp,
    party: Party,
}

fn view(customer: Customer) -> impl IntoResponse {
    let Customer { id, version, scope: _, currency, language, created_at, party } = customer;
    (
        [(header::ETAG, format!("\"{version}\""))],
        axum::Json(View { id, version, currency, language, created_at, party }),
    )
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
