//! A form with a file in it (`multipart/form-data`, RFC 7578), as browsers send it. It is read whole, up to a limit; a body
//! that is larger is let run out and forgotten, so that its sender is there to hear why. What is large is taken apart on a thread
//! apart, a few at once: the requests beside it go on meanwhile.

use crate::App;
use crate::body::late;
use crate::limits::{LARGEST_UPLOAD, MOST_UPLOADED};
use crate::pace::Late;
use crate::pages::refused::refused;
use crate::words::Words;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use coffer_store::{Refused, Room, refusals};
use futures_util::StreamExt;
use std::ops::Range;
use std::sync::LazyLock;

/// The most fields a form with a file has.
const MOST_PARTS: usize = 512;

/// Where files are taken apart: two at once, sixteen wait, and who comes after them is asked to come back.
static DESKS: LazyLock<Room> = LazyLock::new(|| Room::new(2, 16));

/// Does something with a file apart from the requests.
///
/// # Errors
/// [`Refused::Busy`] where too many wait.
pub(crate) async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
    DESKS.apart(work).await
}

refusals! {
    /// Why an upload is not even looked at.
    pub(crate) enum UploadRefused {
        /// It is no form with a file, or broke off.
        Unreadable => Invalid, "upload.unreadable", "What was sent cannot be read, or broke off. Choose the file and send it once more.";
    }
}

/// The fields of a form, each once; a file is a field of bytes.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    body: Bytes,
    parts: Vec<(String, Range<usize>)>,
    /// Whether it was larger than is read: then there are no fields.
    pub(crate) too_large: bool,
}

impl Upload {
    /// The bytes of a field; none where there is no such field.
    pub(crate) fn bytes(&self, name: &str) -> &[u8] {
        let range = self.parts.iter().find(|(known, _)| known == name).map(|(_, range)| range.clone());
        range.and_then(|range| self.body.get(range)).unwrap_or_default()
    }

    /// A field's text; nothing where there is no such field, or where it is not UTF-8.
    pub(crate) fn text(&self, name: &str) -> &str {
        std::str::from_utf8(self.bytes(name)).unwrap_or_default()
    }

    /// The texts of all fields of this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let ranges = self.parts.iter().filter(move |(known, _)| known == name).map(|(_, range)| range.clone());
        ranges.filter_map(|range| std::str::from_utf8(self.body.get(range)?).ok())
    }

    /// Whether there is such a field.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|(known, _)| known == name)
    }
}

impl FromRequest<App> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, _: &App) -> Result<Self, Response> {
        let words = Words::of_headers(request.headers());
        let unreadable = || refused(words, UploadRefused::Unreadable);
        let boundary = boundary(request.headers()).ok_or_else(unreadable)?;
        let Some(body) = taken(request.into_body())
            .await
            .map_err(|error| if Late::is_in(&error) { late().into_response() } else { unreadable() })?
        else {
            return Ok(Self { too_large: true, ..Self::default() });
        };
        Self::of(body, boundary).await.map_err(|no| refused(words, no))?.ok_or_else(unreadable)
    }
}

impl Upload {
    /// The form in these bytes, if it is one.
    async fn of(body: Bytes, boundary: String) -> Result<Option<Self>, Refused> {
        apart(move || parts(&body, &boundary).map(|parts| Self { body, parts, too_large: false })).await
    }
}

/// Whether a body is a form with a file in it.
pub(crate) fn is_upload(headers: &HeaderMap) -> bool {
    boundary(headers).is_some()
}

/// What stands between the parts.
fn boundary(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let (kind, parameters) = kind.split_once(';')?;
    let boundary = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("boundary="))?;
    let boundary = boundary.trim_matches('"');
    let fits = kind.trim().eq_ignore_ascii_case("multipart/form-data") && (1..=70).contains(&boundary.len());
    fits.then(|| boundary.to_owned())
}

/// The bytes of a body; [`None`] where there are more than are read.
async fn taken(body: axum::body::Body) -> Result<Option<Bytes>, axum::Error> {
    let (mut stream, mut kept, mut seen) = (body.into_data_stream(), Vec::new(), 0);
    while let Some(bytes) = stream.next().await {
        let bytes = bytes?;
        seen += bytes.len();
        if seen > LARGEST_UPLOAD {
            kept = Vec::new();
        } else {
            kept.extend_from_slice(&bytes);
        }
        if seen > MOST_UPLOADED {
            break;
        }
    }
    Ok((seen <= LARGEST_UPLOAD).then(|| kept.into()))
}

/// The parts with their names; [`None`] where this is no such body, or where its end is missing.
fn parts(body: &[u8], boundary: &str) -> Option<Vec<(String, Range<usize>)>> {
    let first = format!("--{boundary}");
    let next = format!("\r\n--{boundary}");
    let mut at = find(body, 0, first.as_bytes())? + first.len();
    let mut parts = Vec::new();
    loop {
        let rest = body.get(at..)?;
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        if !rest.starts_with(b"\r\n") || parts.len() == MOST_PARTS {
            return None;
        }
        let head_ends = find(body, at, b"\r\n\r\n")?;
        let begins = head_ends + 4;
        let name = name(std::str::from_utf8(body.get(at..head_ends)?).ok()?)?;
        // An empty part ends where the line end of its head begins the next mark.
        let ends = find(body, begins - 2, next.as_bytes())?;
        parts.push((name, begins..ends.max(begins)));
        at = ends + next.len();
    }
}

/// Where these bytes stand next.
fn find(body: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let rest = body.get(from..)?;
    rest.windows(wanted.len()).position(|window| window == wanted).map(|at| from + at)
}

/// The name in a part's head. Browsers write a quote in it as `%22`.
fn name(head: &str) -> Option<String> {
    let line = head.split("\r\n").find(|line| {
        line.split_once(':').is_some_and(|(field, _)| field.eq_ignore_ascii_case("content-disposition"))
    })?;
    let (_, rest) = line.split_once("; name=\"")?;
    rest.split_once('"').map(|(name, _)| name.replace("%22", "\""))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const SENT: &str = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a; name=\\b.csv\"\r\nContent-Type: text/csv\r\n\r\n\
        name;city\r\n--X\r\nVogel;Staufen\r\n\r\n--XX\r\nContent-Disposition: form-data; name=\"column %22a%22\"\r\n\r\n\r\n--XX--\r\n";

    // proves: C95.n
    #[tokio::test]
    async fn files_are_taken_apart_beside_the_requests_and_a_few_at_once() {
        let here = std::thread::current().id();
        assert_ne!(apart(|| std::thread::current().id()).await, Ok(here));
        let form = || Upload::of(Bytes::from_static(SENT.as_bytes()), "XX".to_owned());
        assert!(form().await.unwrap().is_some());
        let (go, goes) = std::sync::mpsc::channel::<()>();
        let goes = std::sync::Arc::new(std::sync::Mutex::new(goes));
        let slow = || {
            let goes = std::sync::Arc::clone(&goes);
            Box::pin(apart(move || goes.lock().unwrap().recv().is_ok()))
        };
        let mut all: Vec<_> = (0..18).map(|_| slow()).collect();
        // Two begin, the others wait in their places.
        assert!(all.iter_mut().all(|one| futures_util::FutureExt::now_or_never(one.as_mut()).is_none()));
        assert_eq!(form().await.err(), Some(Refused::Busy));
        drop(go);
        let ended = futures_util::future::join_all(all).await;
        assert_eq!(ended, vec![Ok(false); 18]);
        assert!(form().await.unwrap().is_some());
    }

    // proves: F4
    #[test]
    fn a_form_with_a_file_is_read_as_browsers_write_it() {
        let body = Bytes::from_static(SENT.as_bytes());
        let parts = parts(&body, "XX").unwrap();
        let upload = Upload { body, parts, too_large: false };
        assert_eq!(upload.text("file"), "name;city\r\n--X\r\nVogel;Staufen\r\n");
        assert!(upload.has("column \"a\"") && upload.bytes("column \"a\"").is_empty());
        assert!(!upload.has("b.csv"), "the name of a file is not the name of a field");
    }

    #[test]
    fn what_broke_off_or_is_no_such_form_is_nothing() {
        let sent = SENT.as_bytes();
        for length in 0..sent.len() - 4 {
            assert_eq!(parts(sent.get(..length).unwrap(), "XX"), None, "{length}");
        }
        assert_eq!(parts(sent, "YY"), None);
        assert_eq!(parts(b"--XX\r\n\r\nno name\r\n--XX--", "XX"), None);
        let many = "--XX\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n\r\n".repeat(MOST_PARTS + 1) + "--XX--";
        assert_eq!(parts(many.as_bytes(), "XX"), None);
        let headers = |kind: &'static str| [(header::CONTENT_TYPE, kind.parse().unwrap())].into_iter().collect();
        assert_eq!(boundary(&headers("multipart/form-data; boundary=\"a b\"")).as_deref(), Some("a b"));
        for other in ["text/csv", "multipart/mixed; boundary=a", "multipart/form-data; boundary="] {
            assert_eq!(boundary(&headers(other)), None, "{other}");
        }
    }
}
