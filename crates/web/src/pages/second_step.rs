//! One's own second step, replaced; and new spare codes. Each asks for a fresh proof first.

use super::frame_for;
use super::refused::refused;
use super::set_up::{code_field, picture, spare_codes};
use crate::App;
use crate::form::Fields;
use crate::look::answer::Html;
use crate::look::{Head, Wrong, inside};
use crate::visitor::Inside;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_identity::people::{
    BeginSecondStep, ConfirmSecondStep, RenewSpareCodes, SecondStepRefused, begin_anew, confirm_anew, renew_spare_codes,
};
use maud::{Markup, html};

async fn page(app: &App, person: &Inside, title: &str, status: StatusCode, body: Markup) -> Response {
    let words = person.words;
    let title = words.t(title);
    let kicker = html! { a href="/settings" { (words.t("settings-title")) } };
    let head = Head { kicker: Some(kicker), title: &title, acts: None };
    let body = html! { div.narrow.stack { (body) } };
    Html(status, inside(words, &frame_for(app, person).await, "/settings", &head, &body)).into_response()
}

/// `POST /settings/second-step`: shows a new secret. The one in force stays in force until its first code fits.
pub(crate) async fn begin(State(app): State<App>, person: Inside) -> Response {
    show(&app, &person, &Wrong::default()).await
}

async fn show(app: &App, person: &Inside, wrong: &Wrong) -> Response {
    let words = person.words;
    let enrolment = match begin_anew(&app.door, &person.actor, BeginSecondStep { session: person.session.id }).await {
        Ok(enrolment) => enrolment,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        p.soft { (words.t("second-anew-why")) }
        (picture(words, &enrolment))
        (wrong.draw(words))
        form.stack method="post" action="/settings/second-step/code" {
            (code_field(words).draw(words, wrong))
            div.acts { button.btn.main { (words.t("second-go")) } a.btn href="/settings" { (words.t("proof-leave")) } }
        }
    };
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(app, person, "second-anew", status, body).await
}

/// `POST /settings/second-step/code`
pub(crate) async fn confirm(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let order = ConfirmSecondStep { session: person.session.id, code: fields.get("code").to_owned() };
    match confirm_anew(&app.door, &person.actor, order).await {
        Ok(codes) => {
            let body = spare_codes(person.words, &codes, "/settings");
            page(&app, &person, "spare-title", StatusCode::OK, body).await
        }
        Err(SecondStepRefused::Store(no)) => refused(person.words, no),
        // A wrong code is asked for again with the same picture: whoever scanned it has it.
        Err(no) => show(&app, &person, &Wrong::of(&no)).await,
    }
}

/// `POST /settings/spare-codes`: new ones; the old ones are worth nothing from then on.
pub(crate) async fn spare(State(app): State<App>, person: Inside) -> Response {
    match renew_spare_codes(&app.door, &person.actor, RenewSpareCodes { session: person.session.id }).await {
        Ok(codes) => {
            let body = spare_codes(person.words, &codes, "/settings");
            page(&app, &person, "spare-title", StatusCode::OK, body).await
        }
        Err(no) => refused(person.words, no),
    }
}
