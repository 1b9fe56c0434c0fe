//! From a cookie to whoever is behind it, for pages. Whoever may not be here is sent where they can become somebody.

use crate::App;
use crate::caller::Peer;
use crate::form::FormRefused;
use crate::gate::admit;
use crate::kept::{Lacks, lacking};
use crate::look::answer::go;
use crate::pages::refused::refused;
use crate::words::Words;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use coffer_identity::carried;
use coffer_identity::sessions::{Session, Unknown, Visitor, resume};
use coffer_kernel::{Actor, Origin, Role, UserId, Who};
use coffer_store::Refused;

/// A member of staff, signed in.
pub(crate) struct Inside {
    pub(crate) actor: Actor,
    pub(crate) session: Session,
    pub(crate) words: &'static Words,
}

impl Inside {
    /// As what they work here.
    pub(crate) fn role(&self) -> Option<Role> {
        if let Who::Staff { role, .. } = self.actor.who() { Some(*role) } else { None }
    }
}

/// Somebody setting up or joining.
pub(crate) struct Arriving {
    pub(crate) actor: Actor,
    pub(crate) session: Session,
    pub(crate) words: &'static Words,
    pub(crate) origin: Origin,
}

/// Somebody whose password was right.
pub(crate) struct Halfway {
    pub(crate) session: Session,
    pub(crate) words: &'static Words,
    pub(crate) origin: Origin,
}

/// Anybody.
pub(crate) struct Anybody {
    pub(crate) words: &'static Words,
    pub(crate) origin: Origin,
    /// The mark of their device, as it was presented.
    pub(crate) device: Option<String>,
}

/// Somebody at a link: signed in already, or not.
pub(crate) struct Passing {
    pub(crate) session: Option<Session>,
    pub(crate) words: &'static Words,
    pub(crate) origin: Origin,
}

fn origin(parts: &Parts) -> Origin {
    Origin { address: parts.extensions.get::<Peer>().map(|peer| peer.0.ip()) }
}

fn words(parts: &Parts) -> &'static Words {
    words_of(&parts.headers)
}

/// The words of whoever asks with these headers.
pub(crate) fn words_of(headers: &HeaderMap) -> &'static Words {
    Words::of_headers(headers)
}

async fn visitor(parts: &Parts, app: &App) -> Result<Option<Visitor>, Response> {
    if parts.method != Method::GET && !same_origin(&parts.headers, asked_as(parts)) {
        return Err(refused(words(parts), FormRefused::Foreign));
    }
    let Some(token) = token(&parts.headers) else { return Ok(None) };
    match resume(&app.books, &app.mint, token, origin(parts)).await {
        Ok(visitor) => Ok(Some(visitor)),
        Err(Unknown::Nobody) => Ok(None),
        Err(Unknown::Store(no)) => Err(refused(words(parts), no)),
    }
}

/// The session's token, from the cookie that only this host can set.
fn token(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, "__Host-session=")
}

/// The mark of the device, from the cookie that only this host can set.
pub(crate) fn device(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, "__Host-device=")
}

/// Who signed in on this device before, with both steps.
pub(crate) async fn signed_in_before(app: &App, headers: &HeaderMap) -> Result<Option<UserId>, Refused> {
    let device = carried::recognise(&app.door, device(headers).unwrap_or_default()).await?;
    Ok(device.map(|device| device.user))
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name))
}

/// To the sign-in: a form is kept for its person, of a page its address.
fn to_sign_in(parts: &Parts) -> Response {
    if parts.method == Method::GET {
        let back = parts.uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str);
        return go(&sign_in_and_back(back));
    }
    lacking(go("/sign-in"), Lacks::SignIn)
}

/// The sign-in's address, with where one comes from in it.
pub(crate) fn sign_in_and_back(back: &str) -> String {
    if back == "/" { "/sign-in".to_owned() } else { and_back("/sign-in", back) }
}

/// An address, with where one comes from in it: whoever is done there goes back.
pub(crate) fn and_back(address: &str, back: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    let written =
        back.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    format!("{address}?back={}", written.collect::<String>())
}

/// Where somebody may be sent back to: an address of ours, never another site's.
pub(crate) fn own_address(back: &str) -> &str {
    let ours =
        back.starts_with('/') && !back.starts_with("//") && back.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if ours { back } else { "/" }
}

/// Where somebody says they come from, if that is an address of ours; nothing otherwise.
pub(crate) fn came_from(back: &str) -> Option<String> {
    (!back.is_empty() && own_address(back) == back).then(|| back.to_owned())
}

/// The name and port this server was asked by: in the request's own address (HTTP/2), or in its header.
fn asked_as(parts: &Parts) -> Option<&str> {
    let header = || parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
    parts.uri.authority().map(axum::http::uri::Authority::as_str).or_else(header)
}

/// Where this server is, as the one who asks knows it: for links that are handed on.
pub(crate) struct Here(pub(crate) String);

impl FromRequestParts<App> for Here {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Response> {
        Ok(Self(format!("https://{}", asked_as(parts).unwrap_or("localhost"))))
    }
}

/// Whether a form comes from a page of ours (ASVS 3.5.1): the browser says so, or names our own host as its origin.
fn same_origin(headers: &HeaderMap, host: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), host) {
        (Some(site), _, _) => site == "same-origin",
        (None, Some(origin), Some(host)) => origin == format!("https://{host}"),
        (None, _, _) => false,
    }
}

impl FromRequestParts<App> for Inside {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match visitor(parts, app).await? {
            Some(Visitor::Staff { session, actor }) => {
                admit(parts, app, &actor).await.map_err(|no| refused(words(parts), no))?;
                Ok(Self { actor, session, words: words(parts) })
            }
            Some(Visitor::Arriving { .. }) => Err(go("/set-up")),
            Some(Visitor::Half(_)) => Err(go("/sign-in/code")),
            Some(Visitor::Homeless(_)) => Err(crate::pages::door::homeless(words(parts))),
            None => Err(to_sign_in(parts)),
        }
    }
}

impl FromRequestParts<App> for Arriving {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match visitor(parts, app).await? {
            Some(Visitor::Arriving { session, actor }) => {
                Ok(Self { actor, session, words: words(parts), origin: origin(parts) })
            }
            // The set-up goes on, where there is something left of it.
            Some(Visitor::Staff { .. }) => Err(go("/set-up/look")),
            Some(Visitor::Half(_) | Visitor::Homeless(_)) | None => Err(go("/sign-in")),
        }
    }
}

impl FromRequestParts<App> for Halfway {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match visitor(parts, app).await? {
            Some(Visitor::Half(session)) => Ok(Self { session, words: words(parts), origin: origin(parts) }),
            Some(Visitor::Staff { .. }) => Err(go("/")),
            Some(Visitor::Arriving { .. } | Visitor::Homeless(_)) | None => Err(go("/sign-in")),
        }
    }
}

impl FromRequestParts<App> for Anybody {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        visitor(parts, app).await?;
        let device = device(&parts.headers).map(str::to_owned);
        Ok(Self { words: words(parts), origin: origin(parts), device })
    }
}

impl FromRequestParts<App> for Passing {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let session = match visitor(parts, app).await? {
            Some(Visitor::Staff { session, .. } | Visitor::Homeless(session)) => Some(session),
            Some(Visitor::Arriving { .. } | Visitor::Half(_)) | None => None,
        };
        Ok(Self { session, words: words(parts), origin: origin(parts) })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    // proves: C41.a
    #[test]
    fn a_form_of_another_site_is_told_by_what_the_browser_says() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect::<HeaderMap>()
        };
        let host = Some("books.example");
        assert!(same_origin(&headers(&[("sec-fetch-site", "same-origin")]), host));
        assert!(same_origin(&headers(&[("origin", "https://books.example")]), host));
        for foreign in [
            &[("sec-fetch-site", "cross-site"), ("origin", "https://books.example")][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://evil.example")],
            &[("origin", "http://books.example")],
            &[("origin", "null")],
            &[],
        ] {
            assert!(!same_origin(&headers(foreign), host), "{foreign:?}");
        }
    }

    #[test]
    fn one_is_sent_back_to_an_address_of_ours_alone() {
        for ours in ["/", "/invoices?only=open", "/enter/civ_x"] {
            assert_eq!((own_address(ours), came_from(ours).as_deref()), (ours, Some(ours)));
        }
        for foreign in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a b", "/\u{e9}"] {
            assert_eq!((own_address(foreign), came_from(foreign)), ("/", None), "{foreign}");
        }
        assert_eq!(sign_in_and_back("/invoices?only=open"), "/sign-in?back=/invoices%3Fonly%3Dopen");
    }

    #[test]
    fn the_token_is_read_from_its_own_cookie_alone() {
        let headers = |text: &'static str| [(header::COOKIE, text.parse().unwrap())].into_iter().collect::<HeaderMap>();
        assert_eq!(token(&headers("a=b; __Host-session=cse_x; c=d")), Some("cse_x"));
        assert_eq!(token(&headers("x__Host-session=cse_x; session=cse_y")), None);
        assert_eq!(device(&headers("__Host-session=cse_x; __Host-device=abc")), Some("abc"));
    }
}
