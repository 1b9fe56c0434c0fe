//! An invoice as a PDF, for whoever may read it.

use crate::App;
use crate::problem::Problem;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use coffer_billing::delivery::Opened;
use coffer_billing::invoices::Invoice;
use coffer_billing::{business, customers, invoices};
use coffer_documents::{Language, Paper, Pay, PrintRefused, Printed, Printer};
use coffer_kernel::{Actor, InvoiceId};
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;

/// How many documents are set at once.
static PRESSES: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// The page of an invoice: the one that was issued, or a draft as it would look.
pub(crate) async fn pdf(app: &App, actor: &Actor, id: InvoiceId) -> Result<Response, Problem> {
    let seen = invoices::see(&app.books, actor, id).await?;
    let business = business::get(&app.books, actor).await?;
    let customer = customers::get(&app.books, actor, seen.invoice.draft().customer).await?;
    let name = match &seen.invoice {
        Invoice::Draft(_) => "draft".to_owned(),
        Invoice::Issued(issued) => issued.number_text.clone(),
    };
    print(app, &name, move |printer| {
        let language = Language::of_tag(&customer.language);
        match &seen.invoice {
            Invoice::Draft(draft) => {
                let due_on = draft.due_on(seen.today, &business);
                let (seller, buyer) = (&business.particulars, &customer.party);
                printer.print(&Paper::Draft { draft, seller, buyer, due_on, language })
            }
            Invoice::Issued(issued) => {
                let pay = Pay::of(&business, issued).filter(|_| business.show_account);
                printer.print(&Paper::Issued { issued, pay: pay.as_ref(), language })
            }
        }
    })
    .await
}

/// The same page for whoever opened it by its link: the account stands on it, as it does beside it.
pub(crate) async fn of_opened(app: &App, opened: Opened) -> Result<Response, Problem> {
    let name = opened.issued.number_text.clone();
    print(app, &name, move |printer| {
        let Opened { issued, account, language, .. } = &opened;
        let pay = account.clone().map(|account| Pay { account, reference: issued.number_text.clone() });
        printer.print(&Paper::Issued { issued, pay: pay.as_ref(), language: Language::of_tag(language) })
    })
    .await
}

async fn print(
    app: &App,
    name: &str,
    set: impl FnOnce(&Printer) -> Result<Printed, PrintRefused> + Send + 'static,
) -> Result<Response, Problem> {
    let printer = Arc::clone(&app.printer);
    let busy = |_| {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too much is being printed. Try again in a few seconds.")
    };
    let _press = PRESSES.acquire().await.map_err(busy)?;
    let printed = tokio::task::spawn_blocking(move || set(&printer)).await.ok().and_then(|printed| {
        // The caller learns what to do; the operator which part gave up.
        printed.inspect_err(|why| tracing::error!(%why, "a document could not be printed")).ok()
    });
    let printed = printed.ok_or_else(|| {
        let detail = "This document could not be printed. Remove unusual signs from its texts, then try again.";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "document.not_printable", detail)
    })?;
    let mut response = printed.pdf.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Numbers have letters, digits, dots, slashes and hyphens only.
    if let Ok(value) = HeaderValue::from_str(&format!("inline; filename=\"{}.pdf\"", name.replace('/', "-"))) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
