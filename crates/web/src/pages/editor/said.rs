//! What the editor answers to its script: sums and sentences, as the pages themselves say them. Nothing is reckoned in the
//! browser.

use super::form::sums;
use super::row::{TypedAdjustment, TypedLine};
use super::typed::Typed;
use crate::look::{Wrong, money};
use crate::words::Words;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use coffer_billing::invoices::content::Totals;
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
    /// What stands in the way as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
}

/// The sums of what was typed, or what is wrong with it, or what became of it.
pub(super) fn answer(
    words: &Words,
    typed: &Typed,
    totals: Option<&Totals>,
    wrong: &Wrong,
    kept: Option<Kept>,
    stale: bool,
) -> Response {
    let net = |(place, line): (usize, &TypedLine)| {
        let net = totals?.line_nets.get(place)?;
        Some((line.number, money(words, *net).into_string()))
    };
    let wrong_fields = wrong.each(words).into_iter().map(|(name, said)| (in_the_form(name, typed), said)).collect();
    let answer = Answer {
        nets: typed.lines.iter().enumerate().filter_map(net).collect(),
        sums: totals.map(|totals| sums(words, totals).into_string()),
        wrong: wrong_fields,
        kept,
        said: wrong.whole(words),
    };
    let status = match (stale, wrong.any()) {
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

/// The name of a field as it stands in the form, where rows taken out leave gaps.
fn in_the_form(name: &str, typed: &Typed) -> String {
    let of_line = || {
        let (place, rest) = name.strip_prefix("line-")?.split_once('-')?;
        let line = typed.lines.get(place.parse::<usize>().ok()?)?;
        let rest = of_adjustment(rest, &line.adjustments).unwrap_or_else(|| rest.to_owned());
        Some(format!("line-{}-{rest}", line.number))
    };
    of_line().or_else(|| of_adjustment(name, &typed.adjustments)).unwrap_or_else(|| name.to_owned())
}

fn of_adjustment(name: &str, typed: &[TypedAdjustment]) -> Option<String> {
    let (place, rest) = name.strip_prefix("adjustment-")?.split_once('-')?;
    let adjustment = typed.get(place.parse::<usize>().ok()?)?;
    Some(format!("adjustment-{}-{rest}", adjustment.number))
}
