//! Pages as answers, and the headers that go with every page (ASVS 3.4).

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;

/// Nothing inline, nothing from elsewhere, one script of our own; the preview of a document may stand in a page of ours.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; object-src 'self'; frame-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page.
pub(crate) struct Html(pub(crate) StatusCode, pub(crate) Markup);

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        let mut response = (self.0, self.1.into_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        for (name, value) in EVERY_PAGE {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        response
    }
}

/// On every page.
const EVERY_PAGE: [(&str, &str); 6] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// To another page, after something was done.
pub(crate) fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// To another page, with a sign-in of its own.
pub(crate) fn go_with(to: &str, token: &str) -> Response {
    let mut response = go(to);
    cookie(&mut response, token);
    response
}

/// Gives the browser a sign-in.
pub(crate) fn cookie(response: &mut Response, token: &str) {
    set(response, &format!("__Host-session={token}; Path=/; Secure; HttpOnly; SameSite=Lax"));
}

/// Marks the browser as one that somebody signed in on, for 400 days.
pub(crate) fn mark_device(response: &mut Response, mark: &str) {
    set(response, &format!("__Host-device={mark}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=34560000"));
}

/// Has the browser say from now on in which language it is to be answered, for 400 days.
pub(crate) fn speak(response: &mut Response, language: &str) {
    set(response, &format!("__Host-language={language}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=34560000"));
}

fn set(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// To another page, signed out: the browser forgets everything it kept of us.
pub(crate) fn go_without(to: &str) -> Response {
    let mut response = go(to);
    let headers = response.headers_mut();
    let gone = "__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";
    headers.insert(header::SET_COOKIE, HeaderValue::from_static(gone));
    headers.insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
    response
}
