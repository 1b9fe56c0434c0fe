//! Letters, seen from outside.

use crate::App;
use crate::body::{Body, Id};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use coffer_billing::delivery::letters::{self, Letter, SendInvoice};
use coffer_kernel::{DeliveryId, InvoiceId, Timestamp};
use serde::{Deserialize, Serialize};

/// What is sent to send an invoice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLetter {
    recipient: Option<String>,
    words: Option<String>,
}

#[derive(Serialize)]
struct View {
    id: DeliveryId,
    invoice: InvoiceId,
    state: &'static str,
    recipient: String,
    words: Option<String>,
    language: String,
    sent_at: Timestamp,
    attempts: i64,
    /// When it is tried again, while it waits.
    next_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
    problem: Option<String>,
    reply: Option<i64>,
    said: Option<String>,
}

impl From<Letter> for View {
    fn from(letter: Letter) -> Self {
        Self {
            next_at: Some(letter.due_at).filter(|_| letter.state == letters::State::Waiting),
            id: letter.id,
            invoice: letter.invoice,
            state: letter.state.code(),
            recipient: letter.recipient,
            words: letter.words,
            language: letter.language,
            sent_at: letter.made_at,
            attempts: letter.attempts,
            ended_at: letter.ended_at,
            problem: letter.problem,
            reply: letter.reply,
            said: letter.said,
        }
    }
}

#[derive(Serialize)]
struct List {
    letters: Vec<View>,
}

/// `POST /api/v1/invoices/{invoice}/send`
pub(crate) async fn send(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
    body: Body<NewLetter>,
) -> Result<impl IntoResponse, Problem> {
    let NewLetter { recipient, words } = body.value;
    let order = SendInvoice { invoice, recipient, words };
    let letter = letters::send(&app.books, &actor, body.once, order).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(View::from(letter))))
}

/// `GET /api/v1/invoices/{invoice}/letters`
pub(crate) async fn of_invoice(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
) -> Result<impl IntoResponse, Problem> {
    let letters = letters::of_invoice(&app.books, &actor, invoice).await?;
    Ok(axum::Json(List { letters: letters.into_iter().map(View::from).collect() }))
}
