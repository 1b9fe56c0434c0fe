//! What the editor answers to its script: sums and sentences, as the pages themselves say them. Nothing is reckoned in the
//! browser.

use super::form::{add_new, summed};
use super::half::says_something;
use super::lines::net_of;
use super::prepare::ALIKE;
use super::reckon::Reckoned;
use super::row::in_the_form;
use super::typed::Typed;
use crate::look::Wrong;
use crate::words::Words;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of a draft.
#[derive(Serialize)]
pub(super) struct Kept {
    pub(super) id: String,
    pub(super) version: i64,
    pub(super) customer: String,
    /// The mark for the next time.
    pub(super) once: String,
    /// What stands in the form's head from now on.
    pub(super) said: String,
    /// What the page is called from now on.
    pub(super) title: String,
    /// What stands in the way of issuing it, drawn.
    pub(super) before: String,
}

/// What came of what was typed.
#[derive(Default)]
pub(super) struct Came {
    pub(super) reckoned: Option<Reckoned>,
    pub(super) kept: Option<Kept>,
    /// Whether somebody else was quicker.
    pub(super) stale: bool,
    /// Why there is no VAT, in its usual words by category.
    pub(super) reasons: Option<BTreeMap<&'static str, &'static str>>,
}

#[derive(Serialize)]
struct Answer {
    /// The net of each line, by its number in the form.
    nets: BTreeMap<usize, String>,
    /// The sums, drawn; [`None`] where they cannot be reckoned yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    sums: Option<String>,
    /// What is wrong, by the name of the field in the form.
    wrong: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<Kept>,
    /// What the button is called that adds somebody whose name is a part of others'.
    #[serde(skip_serializing_if = "Option::is_none")]
    add: Option<String>,
    /// What stands in the way as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
    /// What a draft that is not begun yet needs before it can be: nothing is wrong with it until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<String>,
    /// The usual words for why there is no VAT, by each category that needs them.
    #[serde(skip_serializing_if = "Option::is_none")]
    reasons: Option<BTreeMap<&'static str, &'static str>>,
}

/// Whether a draft is kept.
pub(super) enum Saved<'a> {
    /// Not as it stands in the form.
    Not(&'a Typed),
    Before,
    /// Just now, by the clock on the business's wall.
    At(String),
}

/// What a form lacks before anything of it can be kept.
fn needs(words: &Words, typed: &Typed) -> Option<String> {
    if typed.customer.is_empty() && typed.new_customer.is_empty() {
        return Some(words.t("editor-needs-customer"));
    }
    (typed.version.is_none() && !says_something(typed)).then(|| words.t("editor-needs-line"))
}

/// The same in words.
pub(super) fn said(words: &Words, saved: Saved<'_>, unfinished: bool) -> String {
    match (saved, unfinished) {
        (Saved::Not(typed), _) => needs(words, typed).unwrap_or_else(|| words.t("editor-unread")),
        (Saved::Before, false) => words.t("editor-kept"),
        (Saved::Before, true) => words.t("editor-kept-half"),
        (Saved::At(at), false) => words.t1("editor-kept-at", "at", at),
        (Saved::At(at), true) => words.t1("editor-kept-half-at", "at", at),
    }
}

/// The sums of what was typed, or what is wrong with it, or what became of it.
pub(super) fn answer(words: &Words, typed: &Typed, wrong: &Wrong, came: Came) -> Response {
    let Came { reckoned, kept, stale, reasons } = came;
    let nets = reckoned.iter().flat_map(|reckoned| typed.lines.iter().zip(&reckoned.nets));
    let wrong_fields = wrong.each(words).into_iter().map(|(name, said)| (in_the_form(name, typed), said)).collect();
    let answer = Answer {
        nets: nets.filter_map(|(line, net)| Some((line.number, net_of(words, (*net)?).into_string()))).collect(),
        sums: reckoned.as_ref().filter(|it| it.totals.is_some()).map(|it| summed(words, typed, it).into_string()),
        wrong: wrong_fields,
        kept,
        add: wrong.is("new_customer", ALIKE).then(|| add_new(words, &typed.new_customer)),
        said: wrong.whole(words),
        needs: needs(words, typed),
        reasons,
    };
    // What is kept is kept, whatever of it does not read yet.
    let status = match (stale, wrong.any() && answer.kept.is_none()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    let mut response = (status, Json(answer)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
        .headers_mut()
        .insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    response
}
