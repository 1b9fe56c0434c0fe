//! Payments, seen from outside.

use crate::App;
use crate::api::domain::{amount, one_of};
use crate::api::shape::described;
use crate::body::{Asked, Bare, Id, Keyed, PageSize};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use coffer_billing::payments::{self, ListPayments, Method, Particulars, RecordPayment, ReversePayment, Taken};
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

    /// Which payments of the list.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct PaymentQuery {
        /// Only those.
        only: Option<String> = one_of(&Taken::ALL.map(Taken::code)),
        /// Only this customer's.
        customer: Option<CustomerId>,
        /// Where the last page ended: its `next`.
        after: Option<String>,
        /// How many, 1 to 100; 50 where it is not said.
        limit: Option<PageSize>,
    }

    /// A page of payments, the newest received first.
    #[derive(Serialize)]
    pub(crate) struct PaymentPage {
        /// The payments.
        payments: Vec<Payment>,
        /// What to send as `after` for the next page; null on the last one.
        next: Option<String>,
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

/// `GET /api/v1/payments`
pub(crate) async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    Asked(asked): Asked<PaymentQuery>,
) -> Result<impl IntoResponse, Problem> {
    let unknown = || {
        let detail = "There is no such list. Ask for taken_back, or for all.";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "query.unreadable", detail)
    };
    let only = asked.only.map(|code| Taken::from_code(&code).ok_or_else(unknown)).transpose()?;
    let most = asked.limit.map(|size| size.0);
    let query = ListPayments { only, customer: asked.customer, after: asked.after, most };
    let page = payments::list(&app.books, &actor, query).await?;
    Ok(axum::Json(PaymentPage { payments: page.rows.into_iter().map(Payment::from).collect(), next: page.next }))
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
