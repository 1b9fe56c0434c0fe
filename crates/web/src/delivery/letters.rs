//! Letters, seen from outside.

use crate::App;
use crate::api::domain::{one_of, text};
use crate::api::shape::{described, nullable};
use crate::body::{Body, Id};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use coffer_billing::delivery::letters::{self, SendInvoice};
use coffer_kernel::{DeliveryId, InvoiceId, Timestamp};
use serde::{Deserialize, Serialize};

described! {
    /// A letter to be sent.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct NewLetter {
        /// To which address; to the customer's own where it is not said.
        recipient: Option<String>,
        /// Words of one's own, above the link.
        words: Option<String> = nullable(text(2_000)),
    }

    /// A letter with a link to an invoice, and how far it got.
    #[derive(Serialize)]
    pub(crate) struct Letter {
        /// The id.
        id: DeliveryId,
        /// To which invoice its link leads.
        invoice: InvoiceId,
        /// How far it got.
        state: &'static str = one_of(&letters::State::ALL.map(letters::State::code)),
        /// To which address it goes.
        recipient: String,
        /// Words of one's own; null where there are none.
        words: Option<String>,
        /// In which language it is written, BCP 47.
        language: String,
        /// When somebody sent it.
        sent_at: Timestamp,
        /// How often it was tried.
        attempts: i64,
        /// When it is tried again, while it waits.
        next_at: Option<Timestamp>,
        /// When it came to its end; null before.
        ended_at: Option<Timestamp>,
        /// What went wrong last, by its stable name; null where nothing did.
        problem: Option<String>,
        /// The mail server's reply code (RFC 5321); null where it said none.
        reply: Option<i64>,
        /// What the mail server said with it.
        said: Option<String>,
    }

    /// The letters with an invoice.
    #[derive(Serialize)]
    pub(crate) struct LetterList {
        /// The letters.
        letters: Vec<Letter>,
    }
}

impl From<letters::Letter> for Letter {
    fn from(letter: letters::Letter) -> Self {
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
    Ok((StatusCode::ACCEPTED, axum::Json(Letter::from(letter))))
}

/// `GET /api/v1/invoices/{invoice}/letters`
pub(crate) async fn of_invoice(
    State(app): State<App>,
    Caller(actor): Caller,
    Id(invoice): Id<InvoiceId>,
) -> Result<impl IntoResponse, Problem> {
    let letters = letters::of_invoice(&app.books, &actor, invoice).await?;
    Ok(axum::Json(LetterList { letters: letters.into_iter().map(Letter::from).collect() }))
}
