//! Ending the links to an invoice: whoever holds one is turned away from then on, and nothing takes that back, so it is asked first.

use super::super::ask::ask;
use super::super::refused::refused;
use super::{Which, id_of};
use crate::App;
use crate::form::Fields;
use crate::look::answer::go;
use crate::look::{Act, Question, Safe};
use crate::visitor::Inside;
use axum::extract::{Path, State};
use axum::response::Response;
use coffer_billing::delivery::{self, EndLinks, Links};
use coffer_billing::invoices::{self, Invoice};
use coffer_store::Refused;
use maud::html;

/// `GET /invoices/{invoice}/links/end`: says what it does, before the button. Where no link opens it there is nothing to ask.
pub(crate) async fn ask_to_end_links(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    let words = person.words;
    let found = async {
        let seen = invoices::see(&app.books, &person.actor, id_of(&id)?).await?;
        let links = delivery::links(&app.books, &person.actor, seen.invoice.id()).await?;
        let which = Which::of(&app, &person, &seen).await?;
        Ok::<_, Refused>((seen, links, which))
    };
    let (seen, links, which) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let (Invoice::Issued(issued), Links::Live) = (&seen.invoice, links) else {
        return go(&format!("/invoices/{id}"));
    };
    let question = Question {
        what: words.t("link-end-why"),
        about: html! { dl.facts { (which.whose(words)) } },
        stays: Some(words.t("link-end-then")),
        action: format!("/invoices/{id}/links/end"),
        along: Vec::new(),
        asks: None,
        safe: Safe::Leave(format!("/invoices/{id}")),
        act: Act::Danger(words.t1("link-end-number", "number", issued.number_text.as_str())),
    };
    ask(&app, &person, "/invoices", (which.kicker(), "link-end-title"), &question).await
}

/// `POST /invoices/{invoice}/links/end`: no link opens it from now on.
pub(crate) async fn end_links(State(app): State<App>, person: Inside, Path(id): Path<String>, _: Fields) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    match delivery::end_links(&app.books, &person.actor, EndLinks { invoice }).await {
        Ok(_) => go(&format!("/invoices/{id}?done=links-ended")),
        Err(no) => refused(person.words, no),
    }
}
