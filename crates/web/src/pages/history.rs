//! The history of the business: who did what and when, in words; and the whole of it as a file that anybody can verify.

use super::frame_for;
use super::refused::refused;
use crate::App;
use crate::look::answer::Html;
use crate::look::role_name;
use crate::look::{Head, choice, inside};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_identity::history::{self, Kept, Line, Lines, ListHistory};
use coffer_kernel::{Action, InvoiceId, Role, TypedId, UserId};
use coffer_store::{Leaf, Outcome};
use maud::{Markup, html};

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
pub(crate) async fn list(State(app): State<App>, person: Inside, Query(asked): Query<Asked>) -> Response {
    let words = person.words;
    let kept = FILTERS.iter().find(|(name, ..)| *name == asked.only).map_or(Kept::Done, |(_, kept, _)| *kept);
    let by = asked.by.parse::<UserId>().ok().map(|user| format!("staff:{user}"));
    let query = ListHistory { kept, by, after: asked.after.clone(), ..ListHistory::default() };
    let lines = match history::told(&app.door, &person.actor, query).await {
        Ok(lines) => lines,
        Err(no) => return refused(words, no),
    };
    let verifier = match app.books.log_verifier(person.actor.business()).await {
        Ok(verifier) => verifier,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        (filters(words, &asked, &lines))
        @if lines.page.records.is_empty() { p.muted { (words.t("history-none")) } }
        @else {
            table.tbl.log { tbody { @for line in &lines.page.records { (row(words, line)) } } }
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
    Html(StatusCode::OK, inside(words, &frame_for(&app, &person).await, "/history", &head, &body)).into_response()
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

fn row(words: &Words, line: &Line) -> Markup {
    let leaf = &line.record.leaf;
    html! {
        tr {
            td { (leaf.at.strftime("%Y-%m-%d %H:%M").to_string()) }
            td { bdi { (who(words, line)) } }
            td.wide {
                (what(words, leaf))
                @if let Some(about) = &line.about { " · " bdi { (about) } }
                @if let Some(role) = role(line) { " · " (role_name(words, role)) }
                @if let Some(invoice) = invoice(leaf) { " · " a href={ "/invoices/" (invoice) } { (words.t("history-see")) } }
                @if leaf.times > 1 { " · " (words.t1("history-times", "count", leaf.times)) }
            }
            td.num { (leaf.n) }
        }
    }
}

/// Who it was: a person's name, or what else there is.
fn who(words: &Words, line: &Line) -> String {
    if let Some(name) = &line.name {
        return name.clone();
    }
    let by = line.record.leaf.by.as_str();
    match by.split_once(':').map_or(by, |(kind, _)| kind) {
        "staff" => words.t("by-staff"),
        "key" => words.t("by-key"),
        "link" => words.t("by-link"),
        "operator" => words.t("by-operator"),
        "system" => words.t("by-system"),
        "setup" | "joining" => words.t("by-arriving"),
        _ => words.t("by-nobody"),
    }
}

/// What it was.
fn what(words: &Words, leaf: &Leaf) -> String {
    let action = || {
        let known = Action::from_code(&leaf.action);
        known.map_or_else(|| leaf.action.clone(), |action| action.words().to_owned())
    };
    match leaf.out {
        // An event of a version that was before or comes after this one is named by its action.
        Outcome::Done => words.event(&leaf.what).unwrap_or_else(action),
        Outcome::Refused => words.t1("history-was-refused", "what", action()),
        Outcome::Shown => {
            let tables = leaf.what.split(' ').filter_map(|kind| kind.split('.').next());
            let mut kinds: Vec<String> =
                tables.map(|table| words.shown(table).unwrap_or_else(|| table.replace('_', " "))).collect();
            kinds.dedup();
            words.t1("history-was-shown", "what", kinds.join(", "))
        }
    }
}

fn role(line: &Line) -> Option<Role> {
    let detail: serde_json::Value = serde_json::from_str(line.record.detail.as_deref()?).ok()?;
    Role::from_code(detail.get("role")?.as_str()?)
}

/// The invoice a record is about.
fn invoice(leaf: &Leaf) -> Option<InvoiceId> {
    let about = leaf.about.as_ref().filter(|_| leaf.what.starts_with("invoice."))?;
    let mut bytes = [0; 16];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(about.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(InvoiceId::from_bytes(bytes))
}

/// `GET /history/export`: every record and every signed state, for `coffer audit verify`.
pub(crate) async fn export(State(app): State<App>, person: Inside) -> Response {
    match history::export(&app.books, &person.actor).await {
        Err(no) => refused(person.words, no),
        Ok(exported) => crate::history::file(exported),
    }
}
