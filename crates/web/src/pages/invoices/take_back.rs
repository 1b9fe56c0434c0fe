//! Taking a payment back: another entry in the books, so it is asked first.

use super::super::ask::ask;
use super::super::refused::refused;
use super::see::{Now, shown};
use super::{Which, id_of};
use crate::App;
use crate::form::Fields;
use crate::look::answer::go;
use crate::look::{Act, Question, Safe, Wrong, money};
use crate::visitor::Inside;
use axum::extract::{Path, State};
use axum::response::Response;
use coffer_billing::invoices;
use coffer_billing::payments::{self, Payment, ReversePayment};
use coffer_documents::numbers;
use coffer_kernel::PaymentId;
use coffer_store::Refused;
use maud::html;

/// The payment of this invoice with that id.
async fn payment(app: &App, person: &Inside, id: &str, payment: &str) -> Result<Payment, Refused> {
    let payment: PaymentId = payment.parse().map_err(|_| Refused::NotFound)?;
    let all = payments::of_invoice(&app.books, &person.actor, id_of(id)?).await?;
    all.into_iter().find(|known| known.id == payment).ok_or(Refused::NotFound)
}

/// `GET /invoices/{invoice}/payments/{payment}/take-back`: says what it does, before the button.
pub(crate) async fn ask_to_take_back(
    State(app): State<App>,
    person: Inside,
    Path((id, of)): Path<(String, String)>,
) -> Response {
    let words = person.words;
    let found = async {
        let payment = payment(&app, &person, &id, &of).await?;
        let seen = invoices::see(&app.books, &person.actor, id_of(&id)?).await?;
        Ok::<_, Refused>((payment, Which::of(&app, &person, &seen).await?))
    };
    let (payment, which) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let question = Question {
        what: words.t("take-back-why"),
        about: html! {
            dl.facts {
                (which.whose(words))
                div { dt { (words.t("payment-amount")) } dd { (money(words, payment.amount)) } }
                div { dt { (words.t("payment-day")) } dd { (numbers::date(words.language, payment.received_on)) } }
                @if let Some(reference) = &payment.particulars.reference { div { dt { (words.t("payment-reference")) } dd { bdi { (reference) } } } }
            }
        },
        stays: None,
        action: format!("/invoices/{id}/payments/{of}/take-back"),
        along: Vec::new(),
        asks: None,
        safe: Safe::Leave(format!("/invoices/{id}")),
        act: Act::Danger(words.t("take-back-go")),
    };
    ask(&app, &person, "/invoices", (which.kicker(), "take-back-title"), &question).await
}

/// `POST /invoices/{invoice}/payments/{payment}/take-back`
pub(crate) async fn take_back(
    State(app): State<App>,
    person: Inside,
    Path((id, of)): Path<(String, String)>,
    _: Fields,
) -> Response {
    let payment = match payment(&app, &person, &id, &of).await {
        Ok(payment) => payment.id,
        Err(no) => return refused(person.words, no),
    };
    match payments::reverse(&app.books, &person.actor, ReversePayment { payment }).await {
        Ok(_) => go(&format!("/invoices/{id}?done=taken-back")),
        Err(no) => shown(&app, &person, &id, &Now { wrong: Wrong::of(&no), ..Now::default() }).await,
    }
}
