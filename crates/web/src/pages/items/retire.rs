//! Offering an item no more: it is asked first, because the catalogue does not take it back.

use super::super::frame_for;
use super::super::refused::refused;
use super::{id_of, price};
use crate::App;
use crate::form::Fields;
use crate::look::answer::{Html, go};
use crate::look::{Head, inside};
use crate::visitor::Inside;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
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
    let body = html! {
        div.narrow.stack {
            p { (words.t("items-retire-why")) }
            dl.facts { div { dt { (words.t("line-price")) } dd { (price(words, &item)) } } }
            form.acts method="post" action={ "/items/" (id) "/retire" } {
                a.btn href={ "/items/" (id) } autofocus { (words.t("form-leave")) }
                button.btn.danger.solid { (words.t1("items-retire-go", "name", name)) }
            }
        }
    };
    let kicker = html! { a href={ "/items/" (id) } { bdi { (name) } } };
    let title = words.t("items-retire-title");
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    Html(StatusCode::OK, inside(words, &frame_for(&app, &person).await, "/items", &head, &body)).into_response()
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
