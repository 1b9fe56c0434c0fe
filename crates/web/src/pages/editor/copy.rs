//! A new draft that says the same as another one, or as an invoice that was issued.

use super::kept;
use crate::App;
use crate::form::Fields;
use crate::look::answer::go;
use crate::pages::refused::refused;
use crate::visitor::Inside;
use axum::extract::{Path, State};
use axum::response::Response;
use coffer_billing::invoices::content::{Content, InvoiceLine};
use coffer_billing::invoices::{self, Draft, DraftInvoice};
use coffer_store::Once;

/// What is billed again, and to whom: without the days and times of the old one, what was paid on it and what rounded
/// its sum.
fn anew(content: &Content) -> Content {
    let line = |line: &InvoiceLine| InvoiceLine { period: None, ..line.clone() };
    Content {
        due_on: None,
        delivered_on: None,
        period: None,
        prepaid: None,
        rounding: None,
        lines: content.lines.iter().map(line).collect(),
        ..content.clone()
    }
}

pub(super) async fn copy(app: &App, person: &Inside, once: Option<Once>, draft: &Draft) -> Response {
    let order = DraftInvoice { customer: draft.customer, content: anew(&draft.content) };
    match invoices::draft(&app.books, &person.actor, once, order).await {
        Ok(invoice) => go(&format!("/invoices/{}/edit", invoice.id())),
        Err(no) => refused(person.words, no),
    }
}

/// `POST /invoices/{invoice}/copy`: of whatever stands there, a draft or an issued one.
pub(crate) async fn duplicate(
    State(app): State<App>,
    person: Inside,
    Path(id): Path<String>,
    fields: Fields,
) -> Response {
    match kept(&app, &person, &id).await {
        Ok(invoice) => copy(&app, &person, fields.once(), invoice.draft()).await,
        Err(no) => refused(person.words, no),
    }
}
