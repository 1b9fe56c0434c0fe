//! Deleting a draft: what is gone for good is said before the button.

use super::super::ask::ask;
use super::super::refused::refused;
use super::id_of;
use super::see::{Now, shown};
use crate::App;
use crate::form::Fields;
use crate::look::answer::go;
use crate::look::{Act, Question, Safe, Wrong, money};
use crate::visitor::Inside;
use axum::extract::{Path, State};
use axum::response::Response;
use coffer_billing::customers;
use coffer_billing::invoices::{self, DeleteDraft, Invoice};
use coffer_store::Refused;
use maud::html;

/// `GET /invoices/{invoice}/delete`: says what it does, before the button.
pub(crate) async fn ask_to_delete(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    let words = person.words;
    let found = async {
        let invoice = invoices::get(&app.books, &person.actor, id_of(&id)?).await?;
        let customer = customers::get(&app.books, &person.actor, invoice.draft().customer).await?;
        Ok::<_, Refused>((invoice, customer.party.name))
    };
    let (draft, customer) = match found.await {
        Ok((Invoice::Draft(draft), customer)) => (draft, customer),
        Ok((Invoice::Issued(_), _)) => return go(&format!("/invoices/{id}")),
        Err(no) => return refused(words, no),
    };
    let question = Question {
        what: words.t("delete-why"),
        about: html! {
            dl.facts {
                div { dt { (words.t("invoice-customer")) } dd { bdi { (customer) } } }
                div { dt { (words.t("sum-to-pay")) } dd { (money(words, draft.totals.amount_due)) } }
                // What is unfinished goes, too.
                @let half = draft.unfinished.lines.values().filter_map(|typed| typed.get("name"));
                @for name in draft.content.lines.iter().map(|line| &line.name).chain(half).take(3) { div { dt { (words.t("line-what")) } dd { bdi { (name) } } } }
            }
        },
        stays: None,
        action: format!("/invoices/{id}/delete"),
        along: vec![("version", draft.version.to_string())],
        asks: None,
        safe: Safe::Leave(format!("/invoices/{id}/edit")),
        act: Act::Danger(words.t("delete-go")),
    };
    let kicker = html! { a href={ "/invoices/" (id) } { (words.t("status-draft")) } };
    ask(&app, &person, "/invoices", (kicker, "delete-title"), &question).await
}

/// `POST /invoices/{invoice}/delete`
pub(crate) async fn delete(State(app): State<App>, person: Inside, Path(id): Path<String>, fields: Fields) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    let order = DeleteDraft { invoice, version: fields.get("version").parse().ok() };
    match invoices::delete(&app.books, &person.actor, order).await {
        Ok(()) => go("/invoices?only=drafts&done=deleted"),
        Err(no) => shown(&app, &person, &id, &Now { wrong: Wrong::of(&no), ..Now::default() }).await,
    }
}
