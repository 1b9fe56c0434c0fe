//! Invoices, seen from outside.

mod views;

use crate::App;
use crate::body::{Body, Id, if_match};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use coffer_billing::invoices::content::Content;
use coffer_billing::invoices::{self, DraftInvoice, IssueAtOnce, IssueInvoice};
use coffer_kernel::{CustomerId, InvoiceId};
use serde::Deserialize;
use views::view;

/// What is sent to draft an invoice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewInvoice {
    customer: CustomerId,
    content: Content,
}

impl From<NewInvoice> for DraftInvoice {
    fn from(new: NewInvoice) -> Self {
        Self { customer: new.customer, content: new.content }
    }
}

/// Nothing: the body of a request that needs none.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// `POST /api/v1/invoices`
pub(crate) async fn draft(
    State(app): State<App>,
    Caller(actor): Caller,
    body: Body<NewInvoice>,
) -> Result<impl IntoResponse, Problem> {
    let invoice = invoices::draft(&app.books, &actor, body.once, body.value.into()).await?;
    Ok((StatusCode::CREATED, view(&invoice)))
}

/// `POST /api/v1/invoices/issue`
pub(crate) async fn issue_at_once(
    State(app): State<App>,
    Caller(actor): Caller,
    body: Body<NewInvoice>,
) -> Result<impl IntoResponse, Problem> {
    let invoice = invoices::issue_at_once(&app.books, &actor, body.once, IssueAtOnce(body.value.into())).await?;
    Ok((StatusCode::CREATED, view(&invoice)))
}

/// `POST /api/v1/invoices/{invoice}/issue`
pub(crate) async fn issue(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    headers: HeaderMap,
    body: Body<Nothing>,
) -> Result<impl IntoResponse, Problem> {
    let order = IssueInvoice { invoice, version: if_match(&headers)? };
    Ok(view(&invoices::issue(&app.books, &actor, body.once, order).await?))
}

/// `GET /api/v1/invoices/{invoice}`
pub(crate) async fn get(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(id): Id<InvoiceId>,
) -> Result<impl IntoResponse, Problem> {
    Ok(view(&invoices::get(&app.books, &actor, id).await?))
}
