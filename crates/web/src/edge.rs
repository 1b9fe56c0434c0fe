//! What holds for every answer, whoever gives it: an id, headers that keep a browser from doing more than it was asked
//! to (ASVS 3.4), a problem in one form, and no word of what broke inside (ASVS 16.5).

use crate::accept::takes;
use crate::caller::Peer;
use crate::limits::{Limits, MOST_HEARD_OUT, MOST_TAKEN};
use crate::pace::{Heard, in_time};
use crate::problem::Problem;
use crate::public_name;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use coffer_kernel::{Clock, Entropy};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::Poll;
use tracing::Instrument;

/// What the guard needs.
#[derive(Clone)]
pub(crate) struct Edge {
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limits: Limits,
}

/// Stands in every answer, in its problem, and in what is logged about it, so that the three are found together.
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// On every answer that does not say otherwise itself.
const EVERY_ANSWER: [(&str, &str); 5] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Data is nothing to run and nothing to frame. Pages bring a policy of their own, which stands.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// A document is shown within a page of ours, by the browser's own viewer: it fetches nothing, runs nothing and sends nothing.
/// Chromium would show it without `object-src` and `style-src` (tried with 148); Safari takes it for an object, and before the
/// viewer had a process of its own Chromium set it into a page with styles in it (crbug.com/271452).
const DOCUMENT_POLICY: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; form-action 'none'; \
     base-uri 'none'; frame-ancestors 'self'";

/// Stands around the whole router.
pub(crate) async fn guard(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let request = with_host(request);
    let id = request_id(edge.entropy.as_ref());
    let span = tracing::info_span!("request", id, method = %request.method());
    // The route and never the address: tokens stand in addresses.
    let (route, begun) = (request.extensions().get::<MatchedPath>().cloned(), edge.clock.now());
    let head_only = *request.method() == Method::HEAD;
    let by_public_name = public_name::asked_by(&request);
    let (in_turn, heard) = (request.version() < Version::HTTP_2, Heard::of(request.body()));
    let says_more = in_turn && may_say_more(&request);
    let request = request.map(|body| in_time(body, edge.limits, heard.clone()));
    let mut response = answer(request, next).instrument(span.clone()).await;
    let (route, status) = (route.as_ref().map_or("none", MatchedPath::as_str), response.status().as_u16());
    let micros = u64::try_from(edge.clock.now().duration_since(begun).as_micros()).unwrap_or_default();
    tracing::info!(parent: &span, route, status, micros, "answered");
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        problem.write(&mut response, &id);
    }
    if head_only {
        *response.body_mut() = Body::empty();
    }
    let comes_again = response.status() == StatusCode::SERVICE_UNAVAILABLE;
    let for_who_they_are = matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    if says_more && response.status().is_client_error() && !for_who_they_are && !heard.all() {
        heard.out(MOST_HEARD_OUT, edge.limits).await;
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    if comes_again {
        headers.entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("2"));
    }
    if in_turn && !heard.all() {
        // Who is refused for who they are is not heard out, nor who says too much, and what they still send stands in the way
        // of their next request: they are told to come anew (RFC 9112, 9.6). Where a length stands beside chunks, the server
        // library believes nothing after them (6.1).
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    if by_public_name {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(public_name::BY_TLS_ALONE));
    }
    protect(headers);
    response
}

/// Over HTTP/2 the name that was asked for stands in the address: from here on it is found in one place (RFC 9113, 8.3.1).
fn with_host(mut request: Request) -> Request {
    let named = request.uri().authority().and_then(|name| HeaderValue::from_str(name.as_str()).ok());
    if let Some(name) = named.filter(|_| !request.headers().contains_key(header::HOST)) {
        request.headers_mut().insert(header::HOST, name);
    }
    request
}

/// Whether what is left of a body is worth waiting for: not where it is known to be too much, nor where its sender waits for
/// a word before it is sent at all.
fn may_say_more(request: &Request) -> bool {
    let headers = request.headers();
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    !headers.contains_key(header::EXPECT) && announced.is_none_or(|length: usize| length <= MOST_TAKEN)
}

async fn answer(request: Request, next: Next) -> Response {
    if let Err(problem) = fits(&request) {
        return problem.into_response();
    }
    without_panic(next.run(request)).await.unwrap_or_else(|| {
        // The panic itself was written by its hook; this says whose request it was.
        tracing::error!("a request ended in a panic");
        let detail = "Something broke on our side. It was noted; look whether it was done, or call the operator.";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", detail).into_response()
    })
}

/// Refuses a head that asks for what there is not, before anything is done for it.
fn fits(request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    let hosts = headers.get_all(header::HOST).iter().count();
    // What did not come over a connection was asked by ourselves.
    let nameless = hosts == 0 && request.uri().authority().is_none() && request.extensions().get::<Peer>().is_some();
    if hosts > 1 || nameless {
        let detail = "A request says once whom it asks, in the header Host. Send it so.";
        return Err(Problem::new(StatusCode::BAD_REQUEST, "host.unclear", detail));
    }
    let awaited = headers.get(header::EXPECT);
    if awaited.is_some_and(|value| !value.as_bytes().eq_ignore_ascii_case(b"100-continue")) {
        let detail = "The header Expect asks for something that is not known here. Leave it out.";
        return Err(Problem::new(StatusCode::EXPECTATION_FAILED, "expectation.unknown", detail));
    }
    match (request.method(), request.uri().path()) {
        (_, path) if !path.starts_with("/api/") => Ok(()),
        (_, path) if path.ends_with("/pdf") => takes(headers, &["application/pdf"]),
        (_, "/api/v1/history/export") | (&Method::POST, "/api/v1/backup") => {
            takes(headers, &["application/octet-stream"])
        }
        _ => takes(headers, &["application/json"]),
    }
}

/// [`None`] where it panicked: one request ends, its connection and its neighbours stay.
async fn without_panic<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = std::pin::pin!(future);
    std::future::poll_fn(|context| {
        catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)))
            .map_or(Poll::Ready(None), |poll| poll.map(Some))
    })
    .await
}

fn protect(headers: &mut HeaderMap) {
    for (name, value) in EVERY_ANSWER {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    let document = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/pdf");
    let policy = if document { DOCUMENT_POLICY } else { DATA_POLICY };
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(policy));
}

/// 64 random bits: enough to be found again, and no secret.
fn request_id(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; 8];
    entropy.fill(&mut bytes);
    format!("{:016x}", u64::from_be_bytes(bytes))
}

#[cfg(test)]
#[allow(clippy::panic, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn whom_a_request_asks_stands_in_its_header_however_it_came() {
        let asked = |address: &str, host: Option<&'static str>| {
            let mut request = Request::new(Body::empty());
            *request.uri_mut() = address.parse().unwrap_or_default();
            if let Some(host) = host {
                request.headers_mut().insert(header::HOST, HeaderValue::from_static(host));
            }
            with_host(request).headers().get(header::HOST).cloned()
        };
        let is = |host: &'static str| Some(HeaderValue::from_static(host));
        assert_eq!(
            asked("https://localhost:8443/people", None),
            is("localhost:8443"),
            "an invitation's link has its port"
        );
        assert_eq!(asked("/people", Some("localhost:8443")), is("localhost:8443"));
        assert_eq!(asked("/people", None), None);
    }

    // proves: C96.a
    #[tokio::test]
    async fn a_panic_ends_one_request_and_nothing_else() {
        assert_eq!(without_panic(async { 1 }).await, Some(1));
        let broken = without_panic(async {
            tokio::task::yield_now().await;
            panic!("in a handler");
        });
        assert_eq!(broken.await, None::<()>);
    }
}
