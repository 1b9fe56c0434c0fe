//! Signing in and out, and links that begin something.

use super::people::role_name;
use super::refused::refused;
use crate::App;
use crate::form::Fields;
use crate::look::answer::{Html, go, go_with, go_without};
use crate::look::{Field, Wrong, outside};
use crate::visitor::{Anybody, Halfway, Inside, Passing};
use crate::words::Words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_identity::sign_in::{self, BeginSignIn, FinishSignIn};
use coffer_identity::{links, members, sessions};
use coffer_keys::Secret;
use maud::{Markup, html};

fn sign_in_page(words: &Words, email: &str, wrong: &Wrong) -> Markup {
    let body = html! {
        div.narrow.stack {
            h1 { (words.t("sign-in-title")) }
            (wrong.draw())
            form.stack method="post" action="/sign-in" {
                (Field::text("email", words.t("sign-in-email"), email).kind("email").required().complete("username").draw(words, wrong))
                (Field::text("password", words.t("sign-in-password"), "").kind("password").required().complete("current-password").draw(words, wrong))
                div.acts { button.btn.main { (words.t("sign-in-go")) } }
            }
        }
    };
    outside(words, &words.t("sign-in-aside"), &words.t("sign-in-title"), &body)
}

/// `GET /sign-in`
pub(crate) async fn sign_in(anybody: Anybody) -> Response {
    Html(StatusCode::OK, sign_in_page(anybody.words, "", &Wrong::default())).into_response()
}

/// `POST /sign-in`
pub(crate) async fn begin(State(app): State<App>, anybody: Anybody, fields: Fields) -> Response {
    let email = fields.get("email").to_owned();
    let order = BeginSignIn { email: email.clone(), password: Secret::new(fields.exact("password")) };
    match sign_in::begin(&app.door, anybody.origin, order).await {
        Ok(token) => go_with("/sign-in/code", token.expose()),
        Err(no) => {
            let page = sign_in_page(anybody.words, &email, &Wrong::of(&no));
            Html(crate::problem::status(coffer_kernel::Refuse::reason(&no)), page).into_response()
        }
    }
}

fn code_page(words: &Words, wrong: &Wrong) -> Markup {
    let hint = words.t("code-hint");
    let field = Field::text("code", words.t("code-label"), "").required().complete("one-time-code").hint(hint);
    let body = html! {
        div.narrow.stack {
            h1 { (words.t("code-title")) }
            (wrong.draw())
            form.stack method="post" action="/sign-in/code" {
                (field.draw(words, wrong))
                div.acts { button.btn.main { (words.t("sign-in-go")) } }
            }
        }
    };
    outside(words, &words.t("sign-in-aside"), &words.t("code-title"), &body)
}

/// `GET /sign-in/code`
pub(crate) async fn code(half: Halfway) -> Response {
    Html(StatusCode::OK, code_page(half.words, &Wrong::default())).into_response()
}

/// `POST /sign-in/code`
pub(crate) async fn finish(State(app): State<App>, half: Halfway, fields: Fields) -> Response {
    let order = FinishSignIn { session: half.session, code: fields.get("code").to_owned() };
    match sign_in::finish(&app.door, half.origin, order).await {
        Ok(token) => go_with("/", token.expose()),
        Err(no) => {
            Html(crate::problem::status(coffer_kernel::Refuse::reason(&no)), code_page(half.words, &Wrong::of(&no)))
                .into_response()
        }
    }
}

/// `POST /sign-out`
pub(crate) async fn sign_out(State(app): State<App>, inside: Inside) -> Response {
    let order = sessions::SignOut(inside.session.id);
    match sessions::sign_out(&app.books, &app.mint, &inside.actor, order).await {
        Ok(()) => go_without("/sign-in"),
        Err(no) => refused(inside.words, no),
    }
}

/// `GET /enter/{token}`: says what the link does. Looking at it uses nothing up.
pub(crate) async fn link(State(app): State<App>, passing: Passing, Path(token): Path<String>) -> Response {
    let words = passing.words;
    // What is not an invitation is a set-up link, or nothing: pressing the button tells.
    let invited = links::look(&app.door, passing.origin, &token).await.ok();
    let known = passing.session.is_some();
    let body = html! {
        div.narrow.stack {
            h1 { (words.t("enter-title")) }
            @if let Some(invited) = &invited {
                p.soft { (words.t1("enter-invited", "role", role_name(words, invited.role))) }
                @if let Some(email) = &invited.email { p { bdi { (email) } } }
            }
            @if known && invited.is_some() {
                form method="post" action={ "/enter/" (token) "/accept" } { button.btn.main { (words.t("enter-accept")) } }
            } @else {
                p.soft { (words.t("enter-why")) }
                form method="post" action={ "/enter/" (token) } { button.btn.main { (words.t("enter-go")) } }
                @if invited.is_some() { p.soft { (words.t("enter-known")) " " a href="/sign-in" { (words.t("sign-in-title")) } } }
            }
        }
    };
    Html(StatusCode::OK, outside(words, &words.t("sign-in-aside"), &words.t("enter-title"), &body)).into_response()
}

/// `POST /enter/{token}/accept`: whoever is signed in takes the invitation up.
pub(crate) async fn accept(State(app): State<App>, passing: Passing, Path(token): Path<String>) -> Response {
    let Some(session) = &passing.session else { return go("/sign-in") };
    match members::accept(&app.door, passing.origin, session, &token).await {
        Ok(token) => go_with("/", token.expose()),
        Err(no) => refused(passing.words, no),
    }
}

/// `POST /enter/{token}`
pub(crate) async fn enter(State(app): State<App>, anybody: Anybody, Path(token): Path<String>) -> Response {
    match links::enter(&app.door, &token, anybody.origin).await {
        Ok(token) => go_with("/set-up", token.expose()),
        Err(no) => refused(anybody.words, no),
    }
}
