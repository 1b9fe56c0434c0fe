//! A page that asks before an act that nothing takes back.

use super::frame_for;
use crate::App;
use crate::look::answer::Html;
use crate::look::{Head, Question, inside};
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
    let words = person.words;
    let title = words.t(title);
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    let frame = frame_for(app, person).await;
    Html(StatusCode::OK, inside(words, &frame, here, &head, &question.draw(words))).into_response()
}
