//! Refusals as answers: RFC 9457 problems. The one place where a status is chosen.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use coffer_kernel::{Pointer, Reason, Refuse};
use serde::Serialize;

/// A refusal on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    code: String,
    detail: String,
    errors: Vec<Pointer>,
}

#[derive(Serialize)]
struct Wire<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    code: &'a str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<WireError<'a>>,
}

#[derive(Serialize)]
struct WireError<'a> {
    pointer: &'a str,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
}

impl Problem {
    /// A problem of the request's form, found before there was an order.
    #[must_use]
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), detail: detail.into(), errors: Vec::new() }
    }
}

impl<R: Refuse> From<R> for Problem {
    fn from(refused: R) -> Self {
        let status = status(refused.reason());
        // Nothing broke where a row was altered, but whoever runs this must hear of it.
        if status.is_server_error() || refused.code() == "row.altered" {
            // The operator reads what the caller does not: once, here, at the boundary.
            tracing::error!(code = refused.code(), fault = ?refused, "a request failed inside");
        }
        Self { status, code: refused.code().to_owned(), detail: refused.to_string(), errors: refused.pointers() }
    }
}

pub(crate) const fn status(reason: Reason) -> StatusCode {
    match reason {
        Reason::Unauthenticated => StatusCode::UNAUTHORIZED,
        Reason::Forbidden => StatusCode::FORBIDDEN,
        Reason::NotFound => StatusCode::NOT_FOUND,
        Reason::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Reason::Conflict => StatusCode::CONFLICT,
        Reason::Stale => StatusCode::PRECONDITION_FAILED,
        Reason::Gone => StatusCode::GONE,
        Reason::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Reason::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Reason::Broken => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Problem {
    /// The status, with the problem beside it: [`crate::edge`] writes it out, with the request's id.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl Problem {
    /// The same, about this field.
    pub(crate) fn at(mut self, pointer: Pointer) -> Self {
        self.errors.push(pointer);
        self
    }

    /// Makes the answer say it.
    pub(crate) fn write(&self, response: &mut Response, request_id: &str) {
        let errors = self.errors.iter();
        let wire = Wire {
            r#type: format!("urn:coffer:problem:{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Refused"),
            status: self.status.as_u16(),
            detail: &self.detail,
            code: &self.code,
            request_id,
            errors: errors
                .map(|error| WireError { pointer: &error.pointer, detail: &error.detail, rule: error.rule })
                .collect(),
        };
        // Plain texts: there is nothing in it that could fail.
        *response.body_mut() = serde_json::to_vec(&wire).unwrap_or_default().into();
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
    }
}
