//! Bodies and the headers that go with them.

use crate::App;
use crate::accept::sends_json;
use crate::api::shape::{Shape, Shapes};
use crate::limits::{LARGEST_BODY, LARGEST_LETTERHEAD, LONGEST_KEY, MOST_TAKEN};
use crate::pace::Late;
use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use coffer_kernel::Pointer;
use coffer_store::Once;
use coffer_store::cursor::LARGEST_PAGE;
use futures_util::StreamExt;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::Error as _;
use serde_json::{Value, json};
use serde_path_to_error::{Path, Segment};

/// A JSON body, with what makes the request repeatable.
pub(crate) struct Body<T> {
    pub(crate) value: T,
    /// The idempotency key, if one was sent, with the bytes it came with.
    pub(crate) once: Option<Once>,
}

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &App) -> Result<Self, Problem> {
        sends_json(request.headers())?;
        let (bytes, once) = arrived(request).await?;
        Ok(Self { value: read(&bytes)?, once })
    }
}

/// No body, or one that says nothing: for what the address says already.
pub(crate) struct Bare {
    /// The idempotency key, if one was sent.
    pub(crate) once: Option<Once>,
}

impl FromRequest<App> for Bare {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &App) -> Result<Self, Problem> {
        let kind = request.headers().contains_key(header::CONTENT_TYPE).then(|| sends_json(request.headers()));
        let (bytes, once) = arrived(request).await?;
        if !bytes.is_empty() {
            kind.unwrap_or_else(|| sends_json(&HeaderMap::new()))?;
            read::<Nothing>(&bytes)?;
        }
        Ok(Self { once })
    }
}

/// A JSON body that may be left out: for what the address says nearly all of.
pub(crate) struct Perhaps<T>(pub(crate) T);

impl<T: DeserializeOwned + Default> FromRequest<App> for Perhaps<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &App) -> Result<Self, Problem> {
        let kind = request.headers().contains_key(header::CONTENT_TYPE).then(|| sends_json(request.headers()));
        let (bytes, _) = arrived(request).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        kind.unwrap_or_else(|| sends_json(&HeaderMap::new()))?;
        Ok(Self(read(&bytes)?))
    }
}

/// What `{}` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

async fn arrived(request: Request) -> Result<(Bytes, Option<Once>), Problem> {
    let (parts, body) = request.into_parts();
    let announced = parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let asked_first = parts.headers.contains_key(header::EXPECT);
    let most = largest(parts.uri.path());
    if announced.is_some_and(|length: usize| length > MOST_TAKEN || (asked_first && length > most)) {
        return Err(too_large(most));
    }
    let bytes = taken(body, most).await?;
    let once = once(&parts.headers, parts.uri.path(), &bytes)?;
    Ok((bytes, once))
}

/// The most that is taken here, in bytes.
fn largest(path: &str) -> usize {
    if path.ends_with("/letterhead") { LARGEST_LETTERHEAD } else { LARGEST_BODY }
}

/// The bytes of a body. What is too large is let run out for a while before it is refused: a connection that is closed
/// against somebody who still talks takes the answer with it.
async fn taken(body: axum::body::Body, most: usize) -> Result<Bytes, Problem> {
    let (mut stream, mut kept, mut seen) = (body.into_data_stream(), Vec::new(), 0);
    while let Some(bytes) = stream.next().await {
        let bytes = bytes.map_err(|error| if Late::is_in(&error) { late() } else { broken_off() })?;
        seen += bytes.len();
        if seen > MOST_TAKEN {
            break;
        }
        if seen <= most {
            kept.extend_from_slice(&bytes);
        }
    }
    if seen > most { Err(too_large(most)) } else { Ok(kept.into()) }
}

fn broken_off() -> Problem {
    let detail = "The body broke off before its end, so nothing was done. Send it again.";
    Problem::new(StatusCode::BAD_REQUEST, "body.broken_off", detail)
}

fn too_large(most: usize) -> Problem {
    let detail = format!("The body is larger than {} KiB. Send less at a time.", most / 1024);
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body.too_large", detail)
}

pub(crate) fn late() -> Problem {
    let detail = "The body did not arrive in time, so nothing was done. Send it again over a better connection.";
    Problem::new(StatusCode::REQUEST_TIMEOUT, "body.late", detail)
}

/// The value in these bytes, or where it is not what it should be: a place in the text where it is no JSON, a pointer
/// to the field where it is.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // What stands in a list would be taken for fields in their order.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(misshapen(String::new(), &serde_json::Error::custom("a list stands where an object is meant")));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let place = pointer(error.path());
        let error = error.into_inner();
        if error.is_data() { misshapen(place, &error) } else { malformed(&error) }
    })?;
    json.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

fn malformed(error: &serde_json::Error) -> Problem {
    let detail = format!("The body is not JSON: {error}. Mend it there and send it again.");
    Problem::new(StatusCode::BAD_REQUEST, "body.malformed", detail)
}

fn misshapen(pointer: String, error: &serde_json::Error) -> Problem {
    let detail = "The body is not what this address takes. What is wrong stands in errors; the API's description says what fits.";
    let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "body.unreadable", detail);
    problem.at(Pointer::new(pointer, "body.unreadable", format!("This cannot be read: {error}.")))
}

/// RFC 6901.
fn pointer(path: &Path) -> String {
    let known = path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    known.fold(String::new(), |pointer, segment| pointer + "/" + &segment)
}

/// The idempotency key of a request, bound to its path and bytes.
fn once(headers: &HeaderMap, path: &str, bytes: &Bytes) -> Result<Option<Once>, Problem> {
    let mut keys = headers.get_all("idempotency-key").iter();
    let Some(key) = keys.next() else { return Ok(None) };
    let key = key.to_str().ok().filter(|key| (1..=LONGEST_KEY).contains(&key.len()) && keys.next().is_none());
    let key = key.ok_or_else(|| {
        let detail =
            "An Idempotency-Key has 1 to 255 visible ASCII characters, and there is one. Send one such as a UUID.";
        Problem::new(StatusCode::BAD_REQUEST, "idempotency_key.unfit", detail)
    })?;
    let request = [path.as_bytes(), b"\n", bytes].concat();
    Ok(Some(Once { key: key.to_owned(), request }))
}

/// A JSON body that must come with an idempotency key: what it makes counts as money.
pub(crate) struct Keyed<T> {
    pub(crate) value: T,
    /// The idempotency key, with the bytes it came with.
    pub(crate) once: Once,
}

impl<T: DeserializeOwned> FromRequest<App> for Keyed<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let body = Body::from_request(request, app).await?;
        let once = body.once.ok_or_else(|| {
            let detail = "This is done once for each Idempotency-Key. Send a new one, such as a UUID; the same one to repeat it.";
            Problem::new(StatusCode::BAD_REQUEST, "idempotency_key.missing", detail)
        })?;
        Ok(Self { value: body.value, once })
    }
}

/// The version in `If-Match: "3"`; [`None`] for `*`, which is whatever there is. An invoice's tag goes on after a
/// point with how it stands, which no change of the invoice is about.
pub(crate) struct Seen(pub(crate) Option<i64>);

impl axum::extract::FromRequestParts<App> for Seen {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &App) -> Result<Self, Problem> {
        let mut tags = parts.headers.get_all(header::IF_MATCH).iter();
        let tag = tags.next().ok_or_else(|| {
            let detail = "Say which version you have seen, in If-Match: read it first and send its ETag.";
            Problem::new(StatusCode::PRECONDITION_REQUIRED, "if_match.missing", detail)
        })?;
        seen(tag.to_str().unwrap_or_default()).filter(|_| tags.next().is_none()).map(Self).ok_or_else(|| {
            let detail = "If-Match names the version you have seen, as in its ETag: \"3\".";
            Problem::new(StatusCode::BAD_REQUEST, "if_match.unfit", detail)
        })
    }
}

fn seen(tag: &str) -> Option<Option<i64>> {
    if tag == "*" {
        return Some(None);
    }
    let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
    let version = inner.split('.').next().filter(|version| version.bytes().all(|byte| byte.is_ascii_digit()))?;
    version.parse().ok().map(Some)
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

/// How many rows a page has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageSize(pub(crate) u16);

impl<'de> Deserialize<'de> for PageSize {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = u16::deserialize(deserializer)?;
        let fits = (1..=LARGEST_PAGE).contains(&rows);
        fits.then_some(Self(rows)).ok_or_else(|| serde::de::Error::custom("a page has 1 to 100 rows"))
    }
}

impl Shape for PageSize {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "integer", "minimum": 1, "maximum": LARGEST_PAGE })
    }
}
