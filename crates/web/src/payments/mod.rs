//! Payments, seen from outside.

use crate::App;
use crate::api::domain::amount;
use crate::api::shape::described;
use crate::body::{Bare, Id, Keyed};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use coffer_billing::payments::{self, Method, Particulars, RecordPayment, ReversePayment};
use coffer_kernel::money::Currency;
use coffer_kernel::{CustomerId, Date, InvoiceId, PaymentId};
use serde::{Deserialize, Serialize};

described! {
    /// Money that came in for an invoice.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct NewPayment {
        /// How much, in the invoice's currency, in major units.
        amount: String = amount(),
        /// When it came; today where it is not said.
        received_on: Option<Date>,
        /// How it came.
        method: Method,
        /// What it said.
        #[serde(default)]
        particulars: Particulars,
    }

    /// Money that came in, and where it counts.
    #[derive(Serialize)]
    pub(crate) struct Payment {
        /// The id.
        id: PaymentId,
        /// From whom.
        customer: CustomerId,
        /// In which currency, ISO 4217.
        currency: Currency,
        /// How much, in major units.
        amount: String = amount(),
        /// When it came.
        received_on: Date,
        /// How it came.
        method: Method,
        /// When it was taken back; null where it was not.
        reversed_on: Option<Date>,
        /// What it said.
        particulars: Particulars,
        /// Where it counts; what is left is the customer's credit.
        allocations: Vec<Allocation>,
    }

    /// What of a payment counts on which invoice.
    #[derive(Serialize)]
    pub(crate) struct Allocation {
        /// Which.
        invoice: InvoiceId,
        /// How much, in major units.
        amount: String = amount(),
    }

    /// The payments that count on an invoice.
    #[derive(Serialize)]
    pub(crate) struct PaymentList {
        /// The payments, in the order in which they came.
        payments: Vec<Payment>,
    }
}

impl From<payments::Payment> for Payment {
    fn from(payment: payments::Payment) -> Self {
        let parts = payment.allocations.iter();
        Self {
            id: payment.id,
            customer: payment.customer,
            currency: payment.amount.currency(),
            amount: payment.amount.amount_text(),
            received_on: payment.received_on,
            method: payment.method,
            reversed_on: payment.reversed_on,
            allocations: parts
                .map(|part| Allocation { invoice: part.invoice, amount: part.amount.amount_text() })
                .collect(),
            particulars: payment.particulars,
        }
    }
}

/// `POST /api/v1/invoices/{invoice}/payments`
pub(crate) async fn record(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    body: Keyed<NewPayment>,
) -> Result<impl IntoResponse, Problem> {
    let NewPayment { amount, received_on, method, particulars } = body.value;
    let order = RecordPayment { invoice, amount, received_on, method, particulars };
    let payment = payments::record(&app.books, &actor, Some(body.once), order).await?;
    Ok((StatusCode::CREATED, axum::Json(Payment::from(payment))))
}

/// `GET /api/v1/invoices/{invoice}/payments`
pub(crate) async fn of_invoice(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
) -> Result<impl IntoResponse, Problem> {
    let payments = payments::of_invoice(&app.books, &actor, invoice).await?;
    Ok(axum::Json(PaymentList { payments: payments.into_iter().map(Payment::from).collect() }))
}

/// `POST /api/v1/payments/{payment}/reverse`
pub(crate) async fn reverse(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(payment): Id<PaymentId>,
    _: Bare,
) -> Result<impl IntoResponse, Problem> {
    let payment = payments::reverse(&app.books, &actor, ReversePayment { payment }).await?;
    Ok(axum::Json(Payment::from(payment)))
}
