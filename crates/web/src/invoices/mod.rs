//! Invoices, seen from outside.

pub(crate) mod views;

use crate::App;
use crate::api::domain::one_of;
use crate::api::shape::described;
use crate::body::{Asked, Bare, Body, Id, Keyed, PageSize, Perhaps, Seen};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use coffer_billing::delivery::{self, MarkSent};
use coffer_billing::invoices::content::Content;
use coffer_billing::invoices::{
    self, DeleteDraft, DraftInvoice, IssueAtOnce, IssueInvoice, ListInvoices, Listed, ReviseDraft, Unfinished,
    VoidInvoice,
};
use coffer_billing::settlement::Standing;
use coffer_kernel::{Actor, CustomerId, Date, InvoiceId};
use serde::{Deserialize, Serialize};
pub(crate) use views::Invoice;
use views::{InvoiceRow, view};

described! {
    /// An invoice, as it shall be.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct NewInvoice {
        /// Who is billed.
        customer: CustomerId,
        /// What it says.
        content: Content,
    }

    /// An invoice that was handed over.
    #[derive(Deserialize, Default)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct Sent {
        /// On which day; today where it is not said.
        sent_on: Option<Date>,
    }

    /// Which invoices of the list.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct InvoiceQuery {
        /// Only those.
        only: Option<String> = one_of(&Listed::ALL.map(Listed::code)),
        /// Only this customer's.
        customer: Option<CustomerId>,
        /// Only those whose number holds this, or whose customer's name fits it.
        q: Option<String>,
        /// Where the last page ended: its `next`.
        after: Option<String>,
        /// How many, 1 to 100; 50 where it is not said.
        limit: Option<PageSize>,
    }

    /// A page of invoices, newest first; of what is overdue, the longest overdue first.
    #[derive(Serialize)]
    pub(crate) struct InvoicePage {
        /// The invoices.
        invoices: Vec<InvoiceRow>,
        /// What to send as `after` for the next page; null on the last one.
        next: Option<String>,
    }
}

impl From<NewInvoice> for DraftInvoice {
    fn from(new: NewInvoice) -> Self {
        Self { customer: new.customer, content: new.content, unfinished: Unfinished::default() }
    }
}

/// `POST /api/v1/invoices`
pub(crate) async fn draft(
    State(app): State<App>,
    Caller(actor): Caller,
    body: Body<NewInvoice>,
) -> Result<impl IntoResponse, Problem> {
    let invoice = invoices::draft(&app.books, &actor, body.once, body.value.into()).await?;
    Ok((StatusCode::CREATED, view(&invoice, None)))
}

/// `PUT /api/v1/invoices/{invoice}`
pub(crate) async fn revise(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    Seen(version): Seen,
    body: Body<NewInvoice>,
) -> Result<impl IntoResponse, Problem> {
    let NewInvoice { customer, content } = body.value;
    let order = ReviseDraft { invoice, version, customer, content, unfinished: Unfinished::default() };
    Ok(view(&invoices::revise(&app.books, &actor, None, order).await?, None))
}

/// `DELETE /api/v1/invoices/{invoice}`
pub(crate) async fn delete(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    Seen(version): Seen,
) -> Result<StatusCode, Problem> {
    invoices::delete(&app.books, &actor, DeleteDraft { invoice, version }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/v1/invoices/issue`
pub(crate) async fn issue_at_once(
    State(app): State<App>,
    Caller(actor): Caller,
    body: Keyed<NewInvoice>,
) -> Result<impl IntoResponse, Problem> {
    let order = IssueAtOnce(body.value.into());
    let issued = invoices::issue_at_once(&app.books, &actor, Some(body.once), order).await?;
    Ok((StatusCode::CREATED, view(&issued, Standing::of_new(&issued).as_ref())))
}

/// `POST /api/v1/invoices/{invoice}/issue`
pub(crate) async fn issue(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    Seen(version): Seen,
    body: Bare,
) -> Result<impl IntoResponse, Problem> {
    let order = IssueInvoice { invoice, version };
    let issued = invoices::issue(&app.books, &actor, body.once, order).await?;
    Ok(view(&issued, Standing::of_new(&issued).as_ref()))
}

/// `POST /api/v1/invoices/{invoice}/void`
pub(crate) async fn void(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    _: Bare,
) -> Result<impl IntoResponse, Problem> {
    invoices::void(&app.books, &actor, VoidInvoice { invoice }).await?;
    see(&app, &actor, invoice).await
}

/// `POST /api/v1/invoices/{invoice}/mark-sent`
pub(crate) async fn mark_sent(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    Perhaps(Sent { sent_on }): Perhaps<Sent>,
) -> Result<impl IntoResponse, Problem> {
    delivery::mark_sent(&app.books, &actor, MarkSent { invoice, sent_on }).await?;
    see(&app, &actor, invoice).await
}

/// `GET /api/v1/invoices/{invoice}`
pub(crate) async fn get(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(id): Id<InvoiceId>,
) -> Result<impl IntoResponse, Problem> {
    see(&app, &actor, id).await
}

async fn see(app: &App, actor: &Actor, id: InvoiceId) -> Result<impl IntoResponse + use<>, Problem> {
    let seen = invoices::see(&app.books, actor, id).await?;
    Ok(view(&seen.invoice, seen.standing.as_ref()))
}

/// `GET /api/v1/invoices`
pub(crate) async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    Asked(asked): Asked<InvoiceQuery>,
) -> Result<impl IntoResponse, Problem> {
    let unknown = || {
        let detail = "There is no such list. Ask for drafts, open, overdue, paid or void.";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "query.unreadable", detail)
    };
    let only = asked.only.map(|code| Listed::from_code(&code).ok_or_else(unknown)).transpose()?;
    let query = ListInvoices {
        only,
        customer: asked.customer,
        search: asked.q,
        after: asked.after,
        most: asked.limit.map(|size| size.0),
    };
    let page = invoices::list(&app.books, &actor, query).await?;
    let rows = page.rows.into_iter().map(|row| InvoiceRow::of(row, page.today)).collect();
    Ok(axum::Json(InvoicePage { invoices: rows, next: page.next }))
}

/// `GET /api/v1/invoices/{invoice}/pdf`
pub(crate) async fn pdf(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(id): Id<InvoiceId>,
) -> Result<impl IntoResponse, Problem> {
    crate::paper::pdf(&app, &actor, id).await
}
