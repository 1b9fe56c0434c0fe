//! The recovery sheet: what it is for, the sheet itself (shown once), and a part of it typed back. The last screen of the
//! set-up, and a page of its own later.

use super::refused::refused;
use super::set_up::steps;
use crate::App;
use crate::backup::{in_all_books, in_the_installation};
use crate::form::Fields;
use crate::look::answer::{Html, go};
use crate::look::{Field, Wrong, outside};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_documents::numbers;
use coffer_kernel::{Action, SheetId};
use coffer_keys::RecoverySheet;
use coffer_keys::recovery::slip;
use coffer_store::backup::{ASKED, SheetRefused, TrySheet};
use maud::{Markup, html};

/// `GET /recovery-sheet`
pub(crate) async fn ask(person: Inside) -> Response {
    asked(person.words, false)
}

/// `GET /set-up/sheet`
pub(crate) async fn ask_first(State(app): State<App>, person: Inside) -> Response {
    // Where a sheet is in force already, the set-up is over.
    match app.books.kept(&in_the_installation(&app.mint, &person.actor)).await {
        Ok(kept) if kept.sheet.is_some() => go("/"),
        Ok(_) | Err(_) => asked(person.words, true),
    }
}

fn asked(words: &Words, first: bool) -> Response {
    let body = html! {
        p.soft { (words.t("sheet-why")) }
        p.soft { (words.t("sheet-keep")) }
        form method="post" action="/recovery-sheet" {
            (mark(first))
            div.acts {
                button.btn.main { (words.t("sheet-show")) }
                @if first { a.btn.quiet href="/" { (words.t("sheet-later")) } }
            }
        }
    };
    screen(words, first, &words.t("sheet-title"), &body)
}

/// `POST /recovery-sheet`
pub(crate) async fn make(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    if let Err(no) = app.books.admit(&person.actor, Action::MakeRecoverySheet).await {
        return refused(person.words, no);
    }
    match app.books.make_sheet(&in_all_books(&app.mint, &person.actor)).await {
        Ok((id, sheet)) => {
            let business = coffer_billing::business::name(&app.books, &person.actor).await.unwrap_or_default();
            let today = coffer_billing::business::calendar(&app.books, &person.actor).await.ok();
            let today = today.map(|calendar| numbers::date(person.words.language, calendar.today));
            let paper = Paper { id, sheet: &sheet, business, today: today.unwrap_or_default() };
            shown(person.words, &paper, fields.ticked("first"))
        }
        Err(no) => refused(person.words, no),
    }
}

/// What stands on the paper: found again in ten years, it says by itself what it is.
struct Paper<'a> {
    id: SheetId,
    sheet: &'a RecoverySheet,
    business: String,
    today: String,
}

fn shown(words: &Words, paper: &Paper<'_>, first: bool) -> Response {
    let (id, name) = (paper.id, paper.sheet.id().to_string());
    let body = html! {
        p.soft.unprinted { (words.t("sheet-write")) }
        dl.facts {
            div { dt { (words.t("sheet-whose")) } dd { b { bdi { (paper.business) } } } }
            div { dt { (words.t("sheet-made")) } dd { (paper.today) } }
            div { dt { (words.t("sheet-opens")) } dd { (words.t1("sheet-opens-what", "name", name)) } }
        }
        ol.codes.counted { @for group in paper.sheet.groups() { li { (group) } } }
        ol.printed.howto {
            li { (words.t("sheet-use-one")) p.command { code { (words.t("sheet-command")) } } }
            @for step in ["sheet-use-two", "sheet-use-three"] { li { (words.t(step)) } }
        }
        p.printed { b { (words.t("sheet-keep")) } }
        div.acts data-print hidden { button.btn type="button" { (words.t("sheet-print")) } }
        (form(words, id, first, &[String::new(), String::new()], &Wrong::default()))
        p.unprinted { (later(words, first)) }
    };
    screen(words, first, &words.t("sheet-title"), &body)
}

/// Part of the sheet, typed back: what was typed stays, whichever of it was right.
fn form(words: &Words, id: SheetId, first: bool, typed: &[String; 2], wrong: &Wrong) -> Markup {
    let [one, two] = ASKED.map(|number| words.t1("sheet-group", "number", number));
    let form = html! {
        form.stack method="post" action="/recovery-sheet/try" {
            (mark(first))
            input type="hidden" name="sheet" value=(id);
            div.row {
                (Field::text("one", one, &typed[0]).required().draw(words, wrong))
                (Field::text("two", two, &typed[1]).required().draw(words, wrong))
            }
            div.acts { button.btn.main { (words.t("sheet-try")) } }
        }
    };
    html! { p.soft.unprinted { (words.t("sheet-back-why")) } (wrong.above(words, &form)) }
}

/// The way out without a sheet. Home says that there is none until there is one.
fn later(words: &Words, first: bool) -> Markup {
    html! { a.btn.quiet href=(if first { "/" } else { "/backup" }) { (words.t("sheet-later")) } }
}

/// Where what was typed is not on the paper: it may be that there is no such paper.
fn without(words: &Words, first: bool) -> Markup {
    html! {
        section.sec {
            header { h2 { (words.t("sheet-not-there")) } }
            p.soft { (words.t("sheet-not-there-why")) }
            div.acts {
                form method="post" action="/recovery-sheet" { (mark(first)) button.btn { (words.t("sheet-make-new")) } }
                (later(words, first))
            }
        }
    }
}

/// `POST /recovery-sheet/try`
pub(crate) async fn try_back(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let (words, first) = (person.words, fields.ticked("first"));
    let Ok(sheet) = fields.get("sheet").parse::<SheetId>() else { return go("/recovery-sheet") };
    let typed = FIELDS.map(|name| fields.get(name).to_owned());
    let order = TrySheet { sheet, typed: typed.clone() };
    match app.books.try_sheet(&in_all_books(&app.mint, &person.actor), order).await {
        Ok(()) => go(if first { "/" } else { "/backup" }),
        Err(no) => {
            let wrong = wrong(&no, &fields);
            let body = html! { (form(words, sheet, first, &typed, &wrong)) (without(words, first)) };
            screen(words, first, &words.t("sheet-title"), &body)
        }
    }
}

/// The fields of the groups that are asked back.
const FIELDS: [&str; 2] = ["one", "two"];

/// What was refused, at the group that was mistyped where its own check tells which.
fn wrong(no: &SheetRefused, fields: &Fields) -> Wrong {
    let mut wrong = Wrong::of(no);
    if *no == SheetRefused::Other {
        for (number, name) in ASKED.into_iter().zip(FIELDS) {
            if u8::try_from(number).is_ok_and(|number| slip(number, fields.get(name)).is_some()) {
                wrong.add(name, "field.sheet_group", Vec::new());
            }
        }
    }
    wrong
}

fn mark(first: bool) -> Markup {
    html! { @if first { input type="hidden" name="first" value="yes"; } }
}

fn screen(words: &Words, first: bool, title: &str, body: &Markup) -> Response {
    let body = html! {
        @if first { (steps(words, 4)) }
        div.narrow.stack { h1 { (title) } (body) }
    };
    let aside = words.t(if first { "set-up-aside" } else { "sheet-aside" });
    Html(StatusCode::OK, outside(words, &aside, title, &body)).into_response()
}
