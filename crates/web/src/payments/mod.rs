//! Payments, seen from outside.

use crate::App;
use crate::body::{Bare, Body, Id};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use coffer_billing::payments::{self, Method, Particulars, Payment, RecordPayment, ReversePayment};
use coffer_kernel::money::Currency;
use coffer_kernel::{CustomerId, Date, InvoiceId, PaymentId};
use serde::{Deserialize, Serialize};

/// What is sent to record a payment.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPayment {
    amount: String,
    received_on: Option<Date>,
    method: Method,
    #[serde(default)]
    particulars: Particulars,
}

#[derive(Serialize)]
struct View {
    id: PaymentId,
    customer: CustomerId,
    currency: Currency,
    amount: String,
    received_on: Date,
    method: Method,
    reversed_on: Option<Date>,
    particulars: Particulars,
    allocations: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    invoice: InvoiceId,
    amount: String,
}

#[derive(Serialize)]
struct List {
    payments: Vec<View>,
}

impl From<Payment> for View {
    fn from(payment: Payment) -> Self {
        let parts = payment.allocations.iter();
        Self {
            id: payment.id,
            customer: payment.customer,
            currency: payment.amount.currency(),
            amount: payment.amount.amount_text(),
            received_on: payment.received_on,
            method: payment.method,
            reversed_on: payment.reversed_on,
            allocations: parts.map(|part| Part { invoice: part.invoice, amount: part.amount.amount_text() }).collect(),
            particulars: payment.particulars,
        }
    }
}

/// `POST /api/v1/invoices/{invoice}/payments`
pub(crate) async fn record(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    body: Body<NewPayment>,
) -> Result<impl IntoResponse, Problem> {
    let NewPayment { amount, received_on, method, particulars } = body.value;
    let order = RecordPayment { invoice, amount, received_on, method, particulars };
    let payment = payments::record(&app.books, &actor, body.once, order).await?;
    Ok((StatusCode::CREATED, axum::Json(View::from(payment))))
}

/// `GET /api/v1/invoices/{invoice}/payments`
pub(crate) async fn of_invoice(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
) -> Result<impl IntoResponse, Problem> {
    let payments = payments::of_invoice(&app.books, &actor, invoice).await?;
    Ok(axum::Json(List { payments: payments.into_iter().map(View::from).collect() }))
}

/// `POST /api/v1/payments/{payment}/reverse`
pub(crate) async fn reverse(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(payment): Id<PaymentId>,
    _: Bare,
) -> Result<impl IntoResponse, Problem> {
    let payment = payments::reverse(&app.books, &actor, ReversePayment { payment }).await?;
    Ok(axum::Json(View::from(payment)))
}
