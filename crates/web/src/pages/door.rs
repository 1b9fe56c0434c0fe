//! Signing in and out, and links that begin something.

use super::refused::refused;
use super::set_up::inviting;
use crate::App;
use crate::form::Fields;
use crate::kept::{self, Asking};
use crate::look::answer::{Html, cookie, go, go_with, go_without, mark_device};
use crate::look::{Field, Wrong, outside, role_name};
use crate::visitor::{self, Anybody, Halfway, Passing};
use crate::words::Words;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_identity::links::EnterRefused;
use coffer_identity::sign_in::{self, BeginSignIn, FinishSignIn};
use coffer_identity::{carried, links, members, sessions};
use coffer_kernel::UserId;
use coffer_keys::Secret;
use maud::{Markup, html};

/// Where somebody goes on after signing in: a form that waits, or a page.
#[derive(Debug, Default)]
struct Onward {
    kept: String,
    back: String,
    /// Whether a file was sent that is not kept.
    lost: bool,
}

impl Onward {
    fn of(fields: &Fields) -> Self {
        Self { kept: fields.get("kept").to_owned(), back: fields.get("back").to_owned(), lost: false }
    }

    fn hidden(&self) -> Markup {
        html! {
            (kept::hidden(&self.kept))
            @if !self.back.is_empty() { input type="hidden" name="back" value=(self.back); }
        }
    }
}

/// What stands behind the question mark of a sign-in's address.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Back {
    #[serde(default)]
    back: String,
}

fn sign_in_page(words: &Words, email: &str, onward: &Onward, wrong: &Wrong) -> Markup {
    let body = html! {
        div.narrow.stack {
            h1 { (words.t("sign-in-title")) }
            @if !onward.kept.is_empty() {
                div.banner role="status" { div { b { (words.t("sign-in-over")) } p { (words.t("sign-in-kept")) } } }
            }
            @if onward.lost {
                div.banner.care role="status" { div { b { (words.t("sign-in-over")) } p { (words.t("sign-in-file-again")) } } }
            }
            @let form = html! {
                form.stack method="post" action="/sign-in" novalidate {
                    (onward.hidden())
                    (Field::text("email", words.t("sign-in-email"), email).kind("email").required().complete("username").first().draw(words, wrong))
                    (Field::text("password", words.t("sign-in-password"), "").kind("password").required().complete("current-password").draw(words, wrong))
                    div.acts { button.btn.main { (words.t("sign-in-go")) } }
                }
            };
            (wrong.above(words, &form))
        }
    };
    outside(words, &words.t("sign-in-aside"), &words.t("sign-in-title"), &body)
}

/// `GET /sign-in`
pub(crate) async fn sign_in(anybody: Anybody, Query(Back { back }): Query<Back>) -> Response {
    let onward = Onward { back, ..Onward::default() };
    Html(StatusCode::OK, sign_in_page(anybody.words, "", &onward, &Wrong::default())).into_response()
}

/// The sign-in of somebody whose form waits.
pub(crate) fn sign_in_again(words: &Words, kept: String) -> Response {
    let onward = Onward { kept, ..Onward::default() };
    Html(StatusCode::UNAUTHORIZED, sign_in_page(words, "", &onward, &Wrong::default())).into_response()
}

/// Signed in, and nobody anywhere: they left, or were let go.
pub(crate) fn homeless(words: &Words) -> Response {
    let body = html! {
        div.narrow.stack {
            h1 { (words.t("homeless-title")) }
            p.soft { (words.t("homeless-why")) }
            form method="post" action="/sign-out" { button.btn { (words.t("rail-sign-out")) } }
        }
    };
    let page = outside(words, &words.t("sign-in-aside"), &words.t("homeless-title"), &body);
    Html(StatusCode::FORBIDDEN, page).into_response()
}

/// The sign-in of somebody whose file has to be chosen again, on the page where it was.
pub(crate) fn choose_again(words: &Words, back: String) -> Response {
    let onward = Onward { back, lost: true, ..Onward::default() };
    Html(StatusCode::UNAUTHORIZED, sign_in_page(words, "", &onward, &Wrong::default())).into_response()
}

/// `POST /sign-in`
pub(crate) async fn begin(State(app): State<App>, anybody: Anybody, fields: Fields) -> Response {
    let (email, onward) = (fields.get("email").to_owned(), Onward::of(&fields));
    let password = Secret::new(fields.exact("password"));
    let order = BeginSignIn { email: email.clone(), password, device: anybody.device };
    match sign_in::begin(&app.door, anybody.origin, order).await {
        Ok(token) if onward.kept.is_empty() => {
            let code =
                visitor::sign_in_and_back(visitor::own_address(&onward.back)).replacen("/sign-in", "/sign-in/code", 1);
            go_with(&code, token.expose())
        }
        // A form too long for an address goes on in the page itself.
        Ok(token) => {
            let page = code_page(anybody.words, &onward, &Wrong::default());
            let mut answer = Html(StatusCode::OK, page).into_response();
            cookie(&mut answer, token.expose());
            answer
        }
        Err(no) => {
            let page = sign_in_page(anybody.words, &email, &onward, &Wrong::of(&no));
            Html(crate::problem::status(coffer_kernel::Refuse::reason(&no)), page).into_response()
        }
    }
}

fn code_page(words: &Words, onward: &Onward, wrong: &Wrong) -> Markup {
    let hint = words.t("code-hint");
    let field = Field::text("code", words.t("code-label"), "").required().complete("one-time-code").first().hint(hint);
    let body = html! {
        div.narrow.stack {
            h1 { (words.t("code-title")) }
            @let form = html! {
                form.stack method="post" action="/sign-in/code" novalidate {
                    (onward.hidden())
                    (field.draw(words, wrong))
                    div.acts { button.btn.main { (words.t("sign-in-go")) } }
                }
            };
            (wrong.above(words, &form))
        }
    };
    outside(words, &words.t("sign-in-aside"), &words.t("code-title"), &body)
}

/// `GET /sign-in/code`
pub(crate) async fn code(half: Halfway, Query(Back { back }): Query<Back>) -> Response {
    let onward = Onward { back, ..Onward::default() };
    Html(StatusCode::OK, code_page(half.words, &onward, &Wrong::default())).into_response()
}

/// `POST /sign-in/code`
pub(crate) async fn finish(State(app): State<App>, half: Halfway, Asking(asking): Asking, fields: Fields) -> Response {
    let (onward, user) = (Onward::of(&fields), half.session.user);
    let order = FinishSignIn { session: half.session, code: fields.get("code").to_owned() };
    let token = match sign_in::finish(&app.door, half.origin, order).await {
        Ok(token) => token,
        Err(no) => {
            let page = code_page(half.words, &onward, &Wrong::of(&no));
            return Html(crate::problem::status(coffer_kernel::Refuse::reason(&no)), page).into_response();
        }
    };
    let back = visitor::own_address(&onward.back);
    let Some(user) = user else { return go_with(back, token.expose()) };
    let answer = kept::send_on(&app, &asking, user, &onward.kept, token.expose(), back).await;
    marked(&app, Some(user), answer).await
}

/// The answer that signs somebody in, with the mark of a device on which they did.
pub(crate) async fn marked(app: &App, user: Option<UserId>, mut answer: Response) -> Response {
    let Some(user) = user else { return answer };
    // Without the mark one signs in all the same; it spares them waiting for what others try, and a form of theirs its loss.
    if let Ok(mark) = carried::mark(&app.door, user).await {
        mark_device(&mut answer, &mark);
    }
    answer
}

/// `POST /sign-out`
pub(crate) async fn sign_out(State(app): State<App>, passing: Passing) -> Response {
    let Some(session) = &passing.session else { return go_without("/sign-in") };
    match sessions::leave(&app.books, &app.mint, session, passing.origin).await {
        Ok(()) => go_without("/sign-in"),
        Err(no) => refused(passing.words, no),
    }
}

/// `GET /enter/{token}`: says what the link does. Looking at it uses nothing up.
pub(crate) async fn link(State(app): State<App>, passing: Passing, Path(token): Path<String>) -> Response {
    let words = passing.words;
    let known = passing.session.is_some();
    let invited = match links::look(&app.door, passing.origin, &token, known).await {
        Ok(invited) => Some(invited),
        // What is not an invitation is a set-up link, or nothing: pressing the button tells.
        Err(EnterRefused::Spent) => None,
        Err(no) => return refused(words, no),
    };
    let business = match &invited {
        Some(invited) => inviting(&app, invited.business, passing.origin).await,
        None => None,
    };
    let body = html! {
        div.narrow.stack {
            h1 { (words.t("enter-title")) }
            @if let Some(invited) = &invited {
                @if let Some(name) = &business { p { (words.t("enter-from")) " " b { bdi { (name) } } } }
                p.soft { (words.t1("enter-invited", "role", role_name(words, invited.role))) }
                @if let Some(email) = &invited.email { p { (words.t("enter-address")) " " b { bdi { (email) } } } }
            }
            @if known && invited.is_some() {
                form method="post" action={ "/enter/" (token) "/accept" } { button.btn.main { (words.t("enter-accept")) } }
            } @else {
                p.soft { (words.t("enter-why")) }
                form method="post" action={ "/enter/" (token) } { button.btn.main { (words.t("enter-go")) } }
                @if invited.is_some() {
                    p.soft { (words.t("enter-known")) " " a href=(visitor::sign_in_and_back(&format!("/enter/{token}"))) { (words.t("sign-in-title")) } }
                }
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
