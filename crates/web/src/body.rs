//! Bodies and the headers that go with them.

use crate::App;
use crate::problem::Problem;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode};
use coffer_store::Once;
use serde::de::DeserializeOwned;

/// The most a request's body may weigh, in bytes.
const LARGEST: usize = 1024 * 1024;
/// The longest idempotency key.
const LONGEST_KEY: usize = 255;

/// A JSON body, with what makes the request repeatable.
pub(crate) struct Body<T> {
    pub(crate) value: T,
    /// The idempotency key, if one was sent, with the bytes it came with.
    pub(crate) once: Option<Once>,
}

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &App) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, LARGEST).await.map_err(|_| {
            Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "body.too_large",
                "The body is larger than 1 MiB. Send less at a time.",
            )
        })?;
        let once = once(&parts.headers, parts.uri.path(), &bytes)?;
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            let detail = format!("The body cannot be read: {error}. Send JSON as the API's description says.");
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "body.unreadable", detail)
        })?;
        Ok(Self { value, once })
    }
}

/// The idempotency key of a request, bound to its path and bytes.
fn once(headers: &HeaderMap, path: &str, bytes: &Bytes) -> Result<Option<Once>, Problem> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
    let key = key.ok_or_else(|| {
        let detail = "An Idempotency-Key has 1 to 255 visible ASCII characters.";
        Problem::new(StatusCode::BAD_REQUEST, "idempotency_key.unfit", detail)
    })?;
    let request = [path.as_bytes(), b"\n", bytes].concat();
    Ok(Some(Once { key: key.to_owned(), request }))
}

/// The version in `If-Match: "3"`, if one was sent.
pub(crate) fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(value) = headers.get("if-match") else { return Ok(None) };
    let version = value.to_str().ok().map(|tag| tag.trim_matches('"')).and_then(|tag| tag.parse().ok());
    let detail = "If-Match names the version you have seen, as in its ETag: \"3\".";
    version.map(Some).ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "if_match.unfit", detail))
}

/// The id in a path. What is not an id is nothing that could be found.
pub(crate) struct Id<T>(pub(crate) T);

impl<T: std::str::FromStr + Send> axum::extract::FromRequestParts<App> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, app: &App) -> Result<Self, Problem> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, app).await.ok();
        path.and_then(|path| path.0.parse().ok()).map(Self).ok_or_else(|| coffer_store::Refused::NotFound.into())
    }
}

/// What stands behind the question mark. A name nobody knows is refused, like a field.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned> axum::extract::FromRequestParts<App> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &App) -> Result<Self, Problem> {
        axum::extract::Query::try_from_uri(&parts.uri).map(|query| Self(query.0)).map_err(|error| {
            let detail = format!("The address cannot be read: {error}. Use the names of the API's description.");
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "query.unreadable", detail)
        })
    }
}

/// Which page of a list.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    /// Where the last page ended: its `next`.
    pub(crate) after: Option<String>,
    /// How many rows, 1 to 100; 50 where it is not said.
    pub(crate) limit: Option<u16>,
}
