//! Offering an item no more: it is asked first, because the catalogue does not take it back.

use super::super::ask::ask;
use super::super::refused::refused;
use super::{id_of, price};
use crate::App;
use crate::form::Fields;
use crate::look::answer::go;
use crate::look::{Act, Question, Safe};
use crate::visitor::Inside;
use axum::extract::{Path, State};
use axum::response::Response;
use coffer_billing::catalogue::{self, RetireItem};
use maud::html;

/// `GET /items/{item}/retire`: says what it does, before the button.
pub(crate) async fn ask_to_retire(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    let words = person.words;
    let found = async { catalogue::get(&app.books, &person.actor, id_of(&id)?).await };
    let item = match found.await {
        Ok(item) if item.retired_at.is_none() => item,
        Ok(_) => return go(&format!("/items/{id}")),
        Err(no) => return refused(words, no),
    };
    let name = item.particulars.name.as_str();
    let question = Question {
        what: words.t("items-retire-why"),
        about: html! { dl.facts { div { dt { (words.t("line-price")) } dd { (price(words, &item)) } } } },
        stays: None,
        action: format!("/items/{id}/retire"),
        along: Vec::new(),
        asks: None,
        safe: Safe::Leave(format!("/items/{id}")),
        act: Act::Danger(words.t1("items-retire-go", "name", name)),
    };
    let kicker = html! { a href={ "/items/" (id) } { bdi { (name) } } };
    ask(&app, &person, "/items", (kicker, "items-retire-title"), &question).await
}

/// `POST /items/{item}/retire`
pub(crate) async fn retire(State(app): State<App>, person: Inside, Path(id): Path<String>, _: Fields) -> Response {
    let item = match id_of(&id) {
        Ok(item) => item,
        Err(no) => return refused(person.words, no),
    };
    match catalogue::retire(&app.books, &person.actor, RetireItem { item }).await {
        Ok(_) => go("/items?done=retired"),
        Err(no) => refused(person.words, no),
    }
}
