//! Links to an invoice, seen from outside: made to be handed over by whoever asks, and ended.

use crate::App;
use crate::api::shape::described;
use crate::body::{Bare, Id};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use coffer_billing::delivery::{self, EndLinks, MakeLink};
use coffer_kernel::InvoiceId;
use serde::Serialize;

described! {
    /// A link that was just made.
    #[derive(Serialize)]
    pub(crate) struct MadeLink {
        /// Whoever has it opens this one document. It is shown once, here.
        link: String,
    }

    /// What became of the links of an invoice.
    #[derive(Serialize)]
    pub(crate) struct EndedLinks {
        /// How many opened it until now.
        ended: u64,
    }
}

/// `POST /api/v1/invoices/{invoice}/links`
pub(crate) async fn make(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    body: Bare,
) -> Result<impl IntoResponse, Problem> {
    let link = delivery::make_link(&app.books, &actor, body.once, MakeLink { invoice }).await?;
    Ok((StatusCode::CREATED, axum::Json(MadeLink { link: link.expose().to_owned() })))
}

/// `POST /api/v1/invoices/{invoice}/links/end`
pub(crate) async fn end(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    _: Bare,
) -> Result<impl IntoResponse, Problem> {
    let ended = delivery::end_links(&app.books, &actor, EndLinks { invoice }).await?;
    Ok(axum::Json(EndedLinks { ended }))
}
