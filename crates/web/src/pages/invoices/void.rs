//! Voiding an invoice: it cannot be undone, so it is asked first, with the number in the button.

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
use coffer_billing::invoices::{self, Invoice, VoidInvoice};
use coffer_store::Refused;
use maud::html;

/// `GET /invoices/{invoice}/void`: says what it does, before the button.
pub(crate) async fn ask_to_void(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    let words = person.words;
    let found = async {
        let seen = invoices::see(&app.books, &person.actor, id_of(&id)?).await?;
        let which = Which::of(&app, &person, &seen).await?;
        Ok::<_, Refused>((seen, which))
    };
    let (seen, which) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let Invoice::Issued(issued) = &seen.invoice else { return go(&format!("/invoices/{id}")) };
    let question = Question {
        what: words.t("void-why"),
        about: html! {
            dl.facts {
                (which.whose(words))
                div { dt { (words.t("sum-to-pay")) } dd { (money(words, issued.draft.totals.amount_due)) } }
            }
        },
        stays: None,
        action: format!("/invoices/{id}/void"),
        along: Vec::new(),
        asks: None,
        safe: Safe::Leave(format!("/invoices/{id}")),
        act: Act::Danger(words.t1("void-number", "number", issued.number_text.as_str())),
    };
    ask(&app, &person, "/invoices", (which.kicker(), "void-title"), &question).await
}

/// `POST /invoices/{invoice}/void`
pub(crate) async fn void(State(app): State<App>, person: Inside, Path(id): Path<String>, _: Fields) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    match invoices::void(&app.books, &person.actor, VoidInvoice { invoice }).await {
        Ok(_) => go(&format!("/invoices/{id}?done=void")),
        Err(no) => shown(&app, &person, &id, &Now { wrong: Wrong::of(&no), ..Now::default() }).await,
    }
}
