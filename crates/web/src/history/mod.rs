//! The history of the business, seen from outside.

use crate::App;
use crate::api::domain::one_of;
use crate::api::shape::{Shape, Shapes, described, nullable};
use crate::body::{Asked, PageSize};
use crate::caller::Caller;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use coffer_identity::history::{self, Kept, ListHistory};
use coffer_kernel::{Timestamp, any_id};
use coffer_store::{Leaf, Outcome};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

described! {
    /// Which records of the history.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct HistoryQuery {
        /// Only what is about this: any id.
        about: Option<String> = json!({ "type": "string", "pattern": "^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$" }),
        /// Only what became of it so.
        outcome: Option<Became>,
        /// Only of whom alone: as `by` says in a record.
        by: Option<String>,
        /// Where the last page ended: its `next`.
        after: Option<String>,
        /// How many, 1 to 100; 50 where it is not said.
        limit: Option<PageSize>,
    }

    /// A page of the history, newest first.
    #[derive(Serialize)]
    pub(crate) struct HistoryPage {
        /// The records. Where what is asked for is rare, a page may hold few of them and go on all the same.
        records: Vec<Record>,
        /// What to send as `after` for the next page; null on the last one.
        next: Option<String>,
        /// The public key that verifies the exported history.
        verifier: String,
    }

    /// Something that was done, refused or shown.
    #[derive(Serialize)]
    pub(crate) struct Record {
        /// Its place in the log, from 0, without gaps.
        place: i64,
        /// When.
        at: Timestamp,
        /// Who: a kind and an id, such as `staff:usr_…`.
        by: String,
        /// What was asked for.
        action: String,
        /// What became of it.
        outcome: &'static str = one_of(&OUTCOMES),
        /// What happened, the refusal's code, or the kinds of data that were shown.
        what: String,
        /// What it is about: the bytes of an id, in hexadecimal; null where it is about no one thing.
        about: Option<String> = nullable(json!({ "type": "string", "pattern": "^[0-9a-f]{32}$" })),
        /// How often a repeated refusal happened in its minute; 1 otherwise.
        times: i64,
    }
}

/// What became of what was asked for.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Became {
    Done,
    Refused,
    Shown,
}

impl Shape for Became {
    fn schema(_: &mut Shapes) -> Value {
        one_of(&OUTCOMES)
    }
}

const OUTCOMES: [&str; 3] = ["done", "refused", "shown"];

impl From<Became> for Kept {
    fn from(became: Became) -> Self {
        match became {
            Became::Done => Self::Done,
            Became::Refused => Self::NotDone,
            Became::Shown => Self::Shown,
        }
    }
}

impl From<Leaf> for Record {
    fn from(leaf: Leaf) -> Self {
        let outcome = match leaf.out {
            Outcome::Done => "done",
            Outcome::Refused => "refused",
            Outcome::Shown => "shown",
        };
        let Leaf { n: place, at, by, action, what, about, times, .. } = leaf;
        Self { place, at, by, action, outcome, what, about, times }
    }
}

/// `GET /api/v1/history`
pub(crate) async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    Asked(asked): Asked<HistoryQuery>,
) -> Result<impl IntoResponse, Problem> {
    let unfit = || {
        let detail = "Nothing here has such an id. Send one as it was given to you, such as inv_….";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "query.unreadable", detail)
    };
    let about = asked.about.map(|id| any_id(&id).ok_or_else(unfit)).transpose()?;
    let kept = asked.outcome.map(Kept::from).unwrap_or_default();
    let query = ListHistory { kept, by: asked.by, about, after: asked.after, most: asked.limit.map(|size| size.0) };
    let page = history::list(&app.books, &actor, query).await?;
    let verifier = app.books.log_verifier(actor.business()).await?;
    let records = page.records.into_iter().map(Record::from).collect();
    Ok(axum::Json(HistoryPage { records, next: page.next, verifier }))
}

/// `GET /api/v1/history/export`
pub(crate) async fn export(State(app): State<App>, Caller(actor): Caller) -> Result<Response, Problem> {
    Ok(file(history::export(&app.books, &actor, Vec::new()).await?))
}

/// An exported history as an answer.
pub(crate) fn file(log: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"history.tlog\""),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, log).into_response()
}
