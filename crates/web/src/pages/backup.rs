//! Backup: how well the books are kept, a button for a backup, and what home says until there is one.

use super::frame_for;
use super::refused::refused;
use crate::App;
use crate::backup::{file, in_the_installation};
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
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_kernel::{Action, Who};
use coffer_store::backup::Kept;
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
            @if let Some(at) = kept.last_backup { p { (words.t1("backup-last", "at", moment(words, &calendar, at))) } }
            @else { p { (words.t("backup-none")) } }
            @if kept.sheet.is_some() {
                form method="post" action="/backup" { button.btn.main { (words.t("backup-make")) } }
                p.hint { (words.t("backup-keep")) }
            }
        }
    };
    let title = words.t("backup-title");
    let head = Head { kicker: None, title: &title, acts: None };
    Html(StatusCode::OK, inside(words, &name, "/backup", &head, &body)).into_response()
}

/// `POST /backup`: the file, as it is read.
pub(crate) async fn make(State(app): State<App>, person: Inside, _: Fields) -> Response {
    match app.books.back_up(&in_the_installation(&app.mint, &person.actor)).await {
        Ok(made) => file(made, app.books.world().clock.now()),
        Err(no) => refused(person.words, no),
    }
}

/// What home says to whoever can mend it: there is no sheet, or no backup yet.
pub(super) async fn warning(app: &App, person: &Inside) -> Option<Markup> {
    if !may(person, Action::BackUp) {
        return None;
    }
    // Where this cannot be told, the rest of home still can.
    let kept = app.books.kept(&in_the_installation(&app.mint, &person.actor)).await.ok()?;
    warned(person.words, &kept)
}

fn warned(words: &Words, kept: &Kept) -> Option<Markup> {
    let (what, why, act, to) = match kept {
        Kept { sheet: None, .. } => ("warn-no-sheet", "warn-no-sheet-why", "sheet-make", "/recovery-sheet"),
        Kept { last_backup: None, .. } => ("warn-no-backup", "warn-no-backup-why", "warn-to-backup", "/backup"),
        Kept { .. } => return None,
    };
    Some(html! {
        div.banner.care { div { b { (words.t(what)) } p { (words.t(why)) } } a.btn href=(to) { (words.t(act)) } }
    })
}

fn may(person: &Inside, action: Action) -> bool {
    matches!(person.actor.who(), Who::Staff { role, .. } if reach(action, Party::Role(*role)) != Reach::None)
}
