//! A page that asks before an act that nothing takes back.

use super::frame_for;
use crate::App;
use crate::look::answer::Html;
use crate::look::{Head, Question, Wrong, inside};
use crate::visitor::Inside;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;

/// The page of a question. `here` is the place it belongs to, `kicker` the way back to what it is about.
pub(super) async fn ask(
    app: &App,
    person: &Inside,
    here: &str,
    (kicker, title): (Markup, &str),
    question: &Question<'_>,
) -> Response {
    ask_again(app, person, here, (kicker, title), (question, &Wrong::default())).await
}

/// The same, with what is wrong with an answer to it.
pub(super) async fn ask_again(
    app: &App,
    person: &Inside,
    here: &str,
    (kicker, title): (Markup, &str),
    (question, wrong): (&Question<'_>, &Wrong),
) -> Response {
    let words = person.words;
    let title = words.t(title);
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    let frame = frame_for(app, person).await;
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &frame, here, &head, &question.draw(words, wrong))).into_response()
}
