//! Backup: how well the books are kept, a button for a backup, and what home says until there is one.

use super::frame_for;
use super::refused::refused;
use crate::App;
use crate::backup::{file, in_the_installation, made};
use crate::form::Fields;
use crate::look::answer::Html;
use crate::look::moment::moment;
use crate::look::{Head, inside};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business;
use coffer_documents::numbers;
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_kernel::{Action, Timestamp, Who};
use coffer_store::backup::{Kept, LastBackup};
use maud::{Markup, html};

/// `GET /backup`
pub(crate) async fn see(State(app): State<App>, person: Inside) -> Response {
    let words = person.words;
    let name = frame_for(&app, &person).await;
    let kept = match app.books.kept(&in_the_installation(&app.mint, &person.actor)).await {
        Ok(kept) => kept,
        Err(no) => return refused(words, no),
    };
    let calendar = match business::calendar(&app.books, &person.actor).await {
        Ok(calendar) => calendar,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        section.sec {
            header { h2 { (words.t("backup-sheet")) } }
            @if let Some(sheet) = &kept.sheet { p { (words.t1("backup-sheet-in-force", "name", sheet.name.as_str())) } }
            @else { p { (words.t("backup-sheet-none")) } }
            @if may(&person, Action::MakeRecoverySheet) {
                a.btn.main[kept.sheet.is_none()] href="/recovery-sheet" { (words.t(if kept.sheet.is_none() { "sheet-make" } else { "sheet-make-new" })) }
            } @else if kept.sheet.is_none() { p.soft { (words.t("backup-sheet-owner")) } }
        }
        section.sec {
            header { h2 { (words.t("backup-file")) } }
            p.soft { (words.t("backup-why")) }
            @let at = kept.last_backup.as_ref().map(|last| last.made_at);
            div #last-backup role="status" data-at=[at] data-writing=(words.t("backup-writing")) {
                @if let Some(last) = &kept.last_backup { p { (words.t1("backup-last", "at", moment(words, &calendar, last.made_at))) " " (went(words, last)) } }
                @else { p { (words.t("backup-none")) } }
            }
            @if kept.sheet.is_some() {
                form method="post" action="/backup" data-backup { button.btn.main { (words.t("backup-make")) } }
                p.hint { (words.t("backup-counts")) " " (words.t("backup-keep")) }
            }
        }
    };
    let title = words.t("backup-title");
    let head = Head { kicker: None, title: &title, acts: None };
    Html(StatusCode::OK, inside(words, &name, "/backup", &head, &body)).into_response()
}

/// `POST /backup`: the file, as it is read.
pub(crate) async fn make(State(app): State<App>, person: Inside, _: Fields) -> Response {
    match made(&app, &person.actor).await {
        Ok(made) => file(&app, made),
        Err(no) => refused(person.words, no),
    }
}

/// After so many days home asks for the next backup.
const OLD: i64 = 7;

/// How well the books are kept, for whoever can mend it. Where this cannot be told, the rest of home still can.
pub(super) async fn kept(app: &App, person: &Inside) -> Option<Kept> {
    if !may(person, Action::BackUp) {
        return None;
    }
    app.books.kept(&in_the_installation(&app.mint, &person.actor)).await.ok()
}

/// What home asks for: there is no sheet, or no backup yet.
pub(super) fn warning(words: &Words, kept: &Kept) -> Option<Markup> {
    let (what, why, act, to) = match kept {
        Kept { sheet: None, untried: true, .. } => {
            ("warn-no-sheet", "warn-sheet-untried-why", "sheet-make-new", "/recovery-sheet")
        }
        Kept { sheet: None, .. } => ("warn-no-sheet", "warn-no-sheet-why", "sheet-make", "/recovery-sheet"),
        Kept { last_backup: None, .. } => ("warn-no-backup", "warn-no-backup-why", "warn-to-backup", "/backup"),
        Kept { .. } => return None,
    };
    Some(html! {
        div.banner.care { div { b { (words.t(what)) } p { (words.t(why)) } } a.btn href=(to) { (words.t(act)) } }
    })
}

/// What home says at its end: how old the last backup is, and what opens it.
pub(super) fn strip(words: &Words, kept: &Kept, now: Timestamp) -> Option<Markup> {
    let Kept { sheet: Some(sheet), last_backup: Some(last), .. } = kept else { return None };
    Some(strip_of(words, &sheet.name, last, now))
}

/// How large the last backup was, and which way it went.
fn went(words: &Words, last: &LastBackup) -> String {
    let way = match last.made_by.as_deref().and_then(|by| by.split(':').next()) {
        Some("staff") => "backup-went-browser",
        Some("operator") => "backup-went-machine",
        Some("key") => "backup-went-program",
        _ => "backup-went",
    };
    words.t1(way, "size", numbers::size(words.language, last.bytes))
}

fn strip_of(words: &Words, sheet: &str, last: &LastBackup, now: Timestamp) -> Markup {
    let days = now.duration_since(last.made_at).as_hours() / 24;
    let old = days >= OLD;
    html! {
        section.sec aria-label=(words.t("safety-title")) {
            p.soft {
                span.care[old] { (words.t1("safety-backup", "days", days)) } " " (went(words, last)) " " (words.t1("safety-opens", "name", sheet)) " "
                a href="/backup" { (words.t(if old { "backup-make" } else { "backup-title" })) }
            }
        }
    }
}

fn may(person: &Inside, action: Action) -> bool {
    matches!(person.actor.who(), Who::Staff { role, .. } if reach(action, Party::Role(*role)) != Reach::None)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn home_says_that_there_is_no_sheet_or_that_the_one_shown_is_not_in_force() {
        let english = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static("en"))]);
        let said = |untried| {
            let kept = Kept { sheet: None, untried, last_backup: None };
            warning(Words::of_headers(&english), &kept).map(Markup::into_string).unwrap_or_default()
        };
        assert!(said(false).contains("There is no recovery sheet yet") && !said(false).contains("in force"));
        assert!(said(true).contains("not in force yet") && !said(true).contains("There is no recovery sheet"));
    }

    #[test]
    fn home_says_how_old_the_last_backup_is_and_asks_for_the_next_one_in_time() {
        let english = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static("en"))]);
        let made = |made_by: &str| LastBackup {
            made_at: Timestamp::UNIX_EPOCH,
            bytes: 1_250_000,
            made_by: Some(made_by.to_owned()),
        };
        let day = |days: u64| Timestamp::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(days * 86_400)).unwrap();
        let of = |by: &str, days| strip_of(Words::of_headers(&english), "K7QX", &made(by), day(days)).into_string();
        let said = |days| of("staff:usr_1", days);
        assert!(said(1).contains("1.3\u{a0}MB, saved from a browser"), "{}", said(1));
        assert!(of("operator:account 0", 1).contains("written at the machine"));
        for (days, age) in [(0, "within the last day"), (1, "a day old"), (6, "6 days old"), (7, "7 days old")] {
            let said = said(days);
            assert!(said.contains(age) && said.contains("K7QX"), "{said}");
            assert_eq!((said.contains("care"), said.contains("Make a backup now")), (days >= 7, days >= 7), "{said}");
        }
    }
}
