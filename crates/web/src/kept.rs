//! Nothing typed is lost: a form sent when the sign-in was over, or when a fresh proof is asked for, comes back sealed in
//! the page that asks, and is sent on once its person has answered. The server keeps nothing of it.
//!
//! A form with a file is kept where it is small enough to go on with a sign-in; of a larger one the person is told that the
//! file has to be chosen again.
//!
//! It is kept for somebody: for whoever is signed in, or who signed in on this device before. What comes from anybody else is
//! not even read, and nobody sends on what another person typed.

use crate::App;
use crate::act::Act;
use crate::caller::Peer;
use crate::form::{Fields, whole};
use crate::look::answer::{Html, cookie, go_with};
use crate::look::{Field, Head, Wrong, inside as framed_page};
use crate::pages::door::{choose_again, sign_in_again};
use crate::pages::frame_for;
use crate::pages::refused::refused;
use crate::problem::Problem;
use crate::router::inside;
use crate::upload::is_upload;
use crate::visitor::{self, Inside};
use crate::words::chosen;
use axum::body::{Body, HttpBody};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use coffer_identity::carried::{self, Form};
use coffer_identity::sessions::{self, Reauthenticate};
use coffer_kernel::{Action, Refuse, UserId};
use coffer_store::Refused;
use maud::{Markup, html};
use tower::ServiceExt;

/// What an answer lacks, said to [`around`] by whoever made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lacks {
    /// Somebody signed in.
    SignIn,
    /// A fresh proof of who they are.
    Proof,
}

/// Marks an answer.
pub(crate) fn lacking(mut response: Response, what: Lacks) -> Response {
    response.extensions_mut().insert(what);
    response
}

/// The answer to a refusal that asks for a fresh proof; [`None`] for any other.
pub(crate) fn asks_for_proof(refused: &impl Refuse) -> Option<Response> {
    let asks = refused.code() == "sign_in.not_fresh";
    asks.then(|| lacking(StatusCode::UNAUTHORIZED.into_response(), Lacks::Proof))
}

/// Around every form of a page: whose it is and whether they may send it is asked before any of it is read; what it lacks
/// then is asked for, with the form kept.
pub(crate) async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    match sent(&request) {
        Sent::Fields | Sent::File => {}
        Sent::LargeFile => return too_large_to_keep(request, next).await,
        Sent::Other => return next.run(request).await,
    }
    let (mut parts, body) = request.into_parts();
    let whose = match whose(&mut parts, &app).await {
        Ok(whose) => whose,
        Err(answer) => return answer,
    };
    let (parts, body) = match whole(Request::from_parts(parts, body), &app).await {
        Ok(read) => read,
        Err(refused) => return refused,
    };
    let (path, headers) = (parts.uri.path().to_owned(), parts.headers.clone());
    // Whoever sent it is looked at once more: it may have been on its way for a while.
    let answer = next.run(Request::from_parts(parts, Body::from(body.clone()))).await;
    let Some(lacks) = answer.extensions().get::<Lacks>().copied() else { return answer };
    ask(&app, &headers, (lacks, whose), Form { path, body: body.to_vec() }).await
}

/// For whom a form would be kept: somebody signed in, or who was.
struct Whose {
    user: UserId,
    /// Where they are signed in.
    person: Option<Inside>,
}

/// For whom a form would be kept, by its head alone: for whoever is signed in and may send it, or who signed in on this device
/// before. Anybody else has their answer.
async fn whose(parts: &mut Parts, app: &App) -> Result<Whose, Response> {
    let answer = match Inside::from_request_parts(parts, app).await {
        Ok(person) => match person.session.user {
            Some(user) => return Ok(Whose { user, person: Some(person) }),
            None => refused(person.words, Refused::NotFound),
        },
        Err(answer) => answer,
    };
    if answer.extensions().get::<Lacks>().is_none() {
        return Err(answer);
    }
    match visitor::signed_in_before(app, &parts.headers).await {
        Ok(Some(user)) => Ok(Whose { user, person: None }),
        Ok(None) => Err(sign_in_again(visitor::words_of(&parts.headers), String::new())),
        Err(no) => Err(Problem::from(no).into_response()),
    }
}

/// The largest form with a file that is kept, in bytes: sealed and written in letters it still fits into a sign-in's own form.
const LARGEST_FILE: u64 = 640 * 1_024;

/// What is sent.
enum Sent {
    /// A form's fields.
    Fields,
    /// A form with a file in it.
    File,
    /// The same, but too large to be kept, or of a size that nobody says.
    LargeFile,
    /// Something else.
    Other,
}

fn sent(request: &Request) -> Sent {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.to_ascii_lowercase();
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let size: Option<u64> = said.or_else(|| request.body().size_hint().exact());
    if kind.starts_with("application/x-www-form-urlencoded") {
        Sent::Fields
    } else if !is_upload(request.headers()) {
        Sent::Other
    } else if size.is_some_and(|size| size <= LARGEST_FILE) {
        Sent::File
    } else {
        Sent::LargeFile
    }
}

/// Lets it through. Where somebody has to sign in first, they are told that the file is not kept, and come back to its page.
async fn too_large_to_keep(request: Request, next: Next) -> Response {
    let (page, words) = (request.uri().path().to_owned(), visitor::words_of(request.headers()));
    let answer = next.run(request).await;
    match answer.extensions().get::<Lacks>() {
        Some(Lacks::SignIn) => choose_again(words, page),
        Some(Lacks::Proof) | None => answer,
    }
}

async fn ask(app: &App, headers: &HeaderMap, (lacks, whose): (Lacks, Whose), form: Form) -> Response {
    let words = visitor::words_of(headers);
    match (carried::keep(&app.door, whose.user, &form).await, lacks, whose.person) {
        (Err(no), ..) => Problem::from(no).into_response(),
        (Ok(kept), Lacks::Proof, Some(person)) => {
            proof_page(app, &person, (&kept, Act::of(&form).await), &Wrong::default()).await
        }
        // Who was signed in a moment ago, and is no more, signs in.
        (Ok(kept), Lacks::SignIn | Lacks::Proof, _) => sign_in_again(words, kept),
    }
}

/// Asks for a code, and says what for: within the rail, because nobody has left.
async fn proof_page(app: &App, person: &Inside, (kept, act): (&str, Option<Act>), wrong: &Wrong) -> Response {
    let words = person.words;
    let said = match &act {
        Some(act) => act.said(app, person).await,
        None => String::new(),
    };
    let field = Field::text("code", words.t("code-label"), "").required().complete("one-time-code");
    let place = act.map_or("/", |act| act.place);
    let body = html! {
        div.narrow.stack {
            @if !said.is_empty() { p { b { bdi { (said) } } } }
            p.soft { (words.t("proof-why")) }
            (wrong.draw(words))
            form.stack method="post" action="/proof" {
                (hidden(kept))
                (field.hint(words.t("code-hint")).draw(words, wrong))
                div.acts { button.btn.main { (words.t("proof-go")) } a.btn href=(place) { (words.t("proof-leave")) } }
            }
        }
    };
    let title = words.t("proof-title");
    let head = Head { kicker: None, title: &title, acts: None };
    let page = framed_page(words, &frame_for(app, person).await, place, &head, &body);
    Html(StatusCode::UNAUTHORIZED, page).into_response()
}

/// The kept form, in the form that asks.
pub(crate) fn hidden(kept: &str) -> Markup {
    html! { @if !kept.is_empty() { input type="hidden" name="kept" value=(kept); } }
}

/// `POST /proof`: a code of the second step; then the form that waited goes its way.
pub(crate) async fn proof(State(app): State<App>, person: Inside, Asking(asking): Asking, fields: Fields) -> Response {
    let kept = fields.get("kept").to_owned();
    let act = act_of(&app, &person, &kept).await;
    let purpose = act.as_ref().map_or((Action::ReviseSignIn, None), Act::purpose);
    let order = Reauthenticate { session: person.session.id, code: fields.get("code").to_owned(), purpose };
    match (sessions::reauthenticate(&app.door, &person.actor, order).await, person.session.user) {
        (Ok(token), Some(user)) => send_on(&app, &asking, user, &kept, token.expose(), "/").await,
        (Ok(token), None) => go_with("/", token.expose()),
        (Err(no), _) => proof_page(&app, &person, (&kept, act), &Wrong::of(&no)).await,
    }
}

/// What the form that waits is for, where there is one of this person's.
async fn act_of(app: &App, person: &Inside, kept: &str) -> Option<Act> {
    let form = carried::take_up(&app.door, person.session.user?, kept).await.ok()??;
    Act::of(&form).await
}

/// The headers and the peer of a request that sends another one on.
pub(crate) struct Asking(pub(crate) (HeaderMap, Option<Peer>));

impl FromRequestParts<App> for Asking {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        Ok(Self((parts.headers.clone(), parts.extensions.get::<Peer>().copied())))
    }
}

/// What kind of form was kept: one with a file begins with what stands between its parts (RFC 2046 §5.1.1), as browsers write
/// it, and a name that begins like that is none of ours.
fn kind_of(body: &[u8]) -> Option<HeaderValue> {
    let Some(rest) = body.strip_prefix(b"--") else {
        return Some(HeaderValue::from_static("application/x-www-form-urlencoded"));
    };
    let line = rest.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let boundary = std::str::from_utf8(line).ok()?;
    HeaderValue::from_str(&format!("multipart/form-data; boundary=\"{boundary}\"")).ok()
}

/// Sends a kept form on under a new sign-in; where there is none, or it is somebody else's, the person goes to `to`.
pub(crate) async fn send_on(
    app: &App,
    (headers, peer): &(HeaderMap, Option<Peer>),
    user: UserId,
    kept: &str,
    token: &str,
    to: &str,
) -> Response {
    let form = match carried::take_up(&app.door, user, kept).await {
        Ok(Some(form)) => form,
        Ok(None) => return go_with(to, token),
        Err(no) => return Problem::from(no).into_response(),
    };
    let Some(kind) = kind_of(&form.body) else { return go_with(to, token) };
    let mut request = Request::new(Body::from(form.body));
    *request.method_mut() = Method::POST;
    let Ok(uri) = form.path.parse() else { return go_with(to, token) };
    *request.uri_mut() = uri;
    let copied = [header::HOST, header::ACCEPT_LANGUAGE].into_iter();
    let mut sent: HeaderMap = copied.filter_map(|name| Some((name.clone(), headers.get(name)?.clone()))).collect();
    // The page that asked was ours, and so was the form: both were looked at when they came.
    sent.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
    sent.insert(header::CONTENT_TYPE, kind);
    let spoken = chosen(headers).map(|language| format!("; __Host-language={}", language.code())).unwrap_or_default();
    if let Ok(value) = HeaderValue::from_str(&format!("__Host-session={token}{spoken}")) {
        sent.insert(header::COOKIE, value);
    }
    *request.headers_mut() = sent;
    if let Some(peer) = peer {
        request.extensions_mut().insert(*peer);
    }
    let mut answer = match inside(app.clone()).oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    // An answer that brings a sign-in of its own keeps it.
    if !answer.headers().contains_key(header::SET_COOKIE) {
        cookie(&mut answer, token);
    }
    answer
}
