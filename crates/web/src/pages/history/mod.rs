//! The history of the business: who did what and when, in words; and the whole of it as a file that anybody can verify.

mod rows;
mod sending;

use super::refused::refused;
use crate::App;
use crate::look::answer::Html;
use crate::look::{Head, choice, inside};
use crate::pages::together::Together;
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_identity::history::{self, Kept, Lines, ListHistory};
use coffer_kernel::UserId;
use maud::{Markup, html};
use rows::Told;
pub(super) use rows::who;

/// The filters, by their names in the address.
const FILTERS: [(&str, Kept, &str); 4] = [
    ("done", Kept::Done, "history-done"),
    ("shown", Kept::Shown, "history-shown"),
    ("refused", Kept::Refused, "history-refused"),
    ("all", Kept::All, "history-all"),
];

/// What stands behind the question mark.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    after: Option<String>,
}

/// `GET /history`
pub(crate) async fn list(Together(app): Together, person: Inside, Query(asked): Query<Asked>) -> Response {
    let words = person.words;
    let kept = FILTERS.iter().find(|(name, ..)| *name == asked.only).map_or(Kept::Done, |(_, kept, _)| *kept);
    let by = asked.by.parse::<UserId>().ok().map(|user| format!("staff:{user}"));
    let query = ListHistory { kept, by, after: asked.after.clone(), ..ListHistory::default() };
    let lines = match history::told(&app.door, &person.actor, query).await {
        Ok(lines) => lines,
        Err(no) => return refused(words, no),
    };
    let told = match Told::of(&app, &person, &lines.page.records).await {
        Ok(told) => told,
        Err(no) => return refused(words, no),
    };
    let verifier = match app.books.log_verifier(person.actor.business()).await {
        Ok(verifier) => verifier,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        (filters(words, &asked, &lines))
        @if lines.page.records.is_empty() {
            section.empty { h2 { (words.t("history-none")) } a.btn href="/history?only=all" { (words.t("filter-clear")) } }
        }
        @else {
            (left_out(words, kept, &asked, &lines))
            table.tbl.log { tbody { (told.rows(words, &lines.page.records)) } }
        }
        @if let Some(next) = &lines.page.next {
            p { a href={ "/history?only=" (asked.only) "&by=" (asked.by) "&after=" (next) } { (words.t("page-older")) } }
        }
        section.sec {
            header { h2 { (words.t("history-proof")) } }
            p.soft { (words.t("history-proof-why")) }
            p { code { "coffer audit verify history.tlog --key '" (verifier) "'" } }
            div.acts { a.btn href="/history/export" { (words.t("history-export")) } }
        }
    };
    let title = words.t("history-title");
    let head = Head { kicker: None, title: &title, acts: None };
    Html(StatusCode::OK, inside(words, &told.frame, "/history", &head, &body)).into_response()
}

/// How many records between these lines are not shown, once for all of them: the numbers at the end of the lines show where.
fn left_out(words: &Words, kept: Kept, asked: &Asked, lines: &Lines) -> Markup {
    let numbers = || lines.page.records.iter().map(|line| line.record.leaf.n);
    let places = numbers().max().zip(numbers().min()).map_or(0, |(last, first)| last - first + 1);
    let shown = i64::try_from(lines.page.records.len()).unwrap_or(i64::MAX);
    let between = places.saturating_sub(shown);
    let key = if kept == Kept::Done && asked.by.is_empty() { "history-gap-looks" } else { "history-gap" };
    html! {
        @if between > 0 { p.hint { (words.t1(key, "count", between)) " " a href="/history?only=all" { (words.t("history-all")) } } }
    }
}

fn filters(words: &Words, asked: &Asked, lines: &Lines) -> Markup {
    let kinds: Vec<(String, String)> =
        FILTERS.iter().map(|(name, _, key)| ((*name).to_owned(), words.t(key))).collect();
    let everybody = std::iter::once((String::new(), words.t("history-everybody")));
    let people = lines.people.iter().map(|(user, name)| (user.to_string(), name.clone()));
    html! {
        form.row method="get" action="/history" {
            (choice("only", &words.t("history-what"), &kinds, &asked.only))
            (choice("by", &words.t("history-who"), &everybody.chain(people).collect::<Vec<_>>(), &asked.by))
            div.acts { button.btn { (words.t("history-show")) } }
        }
    }
}

/// `GET /history/export`: every record and every signed state, for `coffer audit verify`.
pub(crate) async fn export(State(app): State<App>, person: Inside) -> Response {
    match history::export(&app.books, &person.actor, Vec::new()).await {
        Err(no) => refused(person.words, no),
        Ok(log) => crate::history::file(log),
    }
}
