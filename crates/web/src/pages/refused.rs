//! A refusal as a page of its own, where there is no form to say it in. Whoever is signed in sees it inside the frame, so
//! that the way on is where it always is.

use super::frame_for;
use crate::App;
use crate::look::answer::Html;
use crate::look::{Head, inside, outside};
use crate::problem::{Problem, status};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use coffer_kernel::{Reason, Refuse};
use coffer_store::Refused;
use maud::{Markup, html};

/// What a page says no with; said to [`around`] by whoever made the answer.
#[derive(Clone)]
struct No {
    status: StatusCode,
    title: String,
    said: String,
}

/// The page that says no.
pub(crate) fn refused(words: &Words, refused: impl Refuse) -> Response {
    let reason = refused.reason();
    if let Some(asks) = crate::kept::asks_for_proof(&refused) {
        return asks;
    }
    let said = words.refusal(refused.code(), &[]).unwrap_or_else(|| refused.to_string());
    // What is for the operator is logged once, at the boundary, like any other.
    drop(Problem::from(refused));
    let title = words.t(match reason {
        Reason::NotFound | Reason::Gone => "refused-nothing",
        Reason::Forbidden | Reason::Unauthenticated => "refused-not-yours",
        Reason::Unavailable => "refused-moment",
        Reason::Broken => "refused-broken",
        Reason::Invalid | Reason::Conflict | Reason::Stale | Reason::TooMany => "refused-not-so",
    });
    let no = No { status: status(reason), title, said };
    let mut answer = alone(words, &no);
    answer.extensions_mut().insert(no);
    answer
}

fn body(words: &Words, no: &No) -> Markup {
    html! {
        p.soft { (no.said) }
        div.acts { a.btn href="/" { (words.t("refused-home")) } }
    }
}

/// For whoever is nobody here.
fn alone(words: &Words, no: &No) -> Response {
    let body = html! { h1 { (no.title) } (body(words, no)) };
    Html(no.status, outside(words, "", &no.title, &body)).into_response()
}

/// For whoever is signed in.
async fn framed(app: &App, person: &Inside, no: &No) -> Response {
    let head = Head { kicker: None, title: &no.title, acts: None };
    let page = inside(person.words, &frame_for(app, person).await, "", &head, &body(person.words, no));
    Html(no.status, page).into_response()
}

/// Whether somebody will look at the answer: not where a browser asks for an icon, or a script for a part of a page.
fn shows_pages(parts: &Parts) -> bool {
    let accepts = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepts.is_some_and(|kinds| kinds.contains("text/html"))
}

/// Around every page for people who are signed in: a refusal stands inside the frame.
pub(crate) async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let asked = Request::from_parts(parts.clone(), body);
    let answer = next.run(asked).await;
    let Some(no) = answer.extensions().get::<No>().cloned().filter(|_| shows_pages(&parts)) else { return answer };
    match Inside::from_request_parts(&mut parts, &app).await {
        Ok(person) => framed(&app, &person, &no).await,
        Err(_) => answer,
    }
}

/// There is no such page: said as a page, inside the frame to whoever is signed in.
pub(crate) async fn no_such_page(app: &App, mut parts: Parts) -> Response {
    let words = Words::of_headers(&parts.headers);
    let answer = refused(words, Refused::NotFound);
    let Some(no) = answer.extensions().get::<No>().cloned().filter(|_| shows_pages(&parts)) else { return answer };
    // Looking for a page is no act that another site could send somebody to.
    parts.method = axum::http::Method::GET;
    match Inside::from_request_parts(&mut parts, app).await {
        Ok(person) => framed(app, &person, &no).await,
        Err(_) => answer,
    }
}
