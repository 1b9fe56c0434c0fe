//! A refusal as a page of its own, where there is no form to say it in.

use crate::look::answer::Html;
use crate::look::outside;
use crate::problem::{Problem, status};
use crate::words::Words;
use axum::response::{IntoResponse, Response};
use coffer_kernel::{Reason, Refuse};
use maud::html;

/// The page that says no.
pub(crate) fn refused(words: &Words, refused: impl Refuse) -> Response {
    let reason = refused.reason();
    if let Some(asks) = crate::kept::asks_for_proof(&refused) {
        return asks;
    }
    let said = words.refusal(refused.code(), &[]).unwrap_or_else(|| refused.to_string());
    if matches!(reason, Reason::Broken | Reason::Unavailable) {
        // Logged once, at the boundary, like any other.
        drop(Problem::from(refused));
    }
    page(words, &said, reason)
}

fn page(words: &Words, detail: &str, reason: Reason) -> Response {
    let title = match reason {
        Reason::NotFound | Reason::Gone => words.t("refused-nothing"),
        Reason::Forbidden | Reason::Unauthenticated => words.t("refused-not-yours"),
        Reason::Broken | Reason::Unavailable => words.t("refused-broken"),
        Reason::Invalid | Reason::Conflict | Reason::Stale | Reason::TooMany => words.t("refused-not-so"),
    };
    let body = html! {
        h1 { (title) }
        p.soft { (detail) }
        div.acts { a.btn href="/" { (words.t("refused-home")) } }
    };
    Html(status(reason), outside(words, "", &title, &body)).into_response()
}
