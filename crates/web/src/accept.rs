//! What a client says it sends and takes (ASVS 4.1.1): anything else than what is there is refused before it is read.

use crate::problem::Problem;
use axum::http::{HeaderMap, StatusCode, header};

/// Refuses a request whose body is not JSON by its own word.
pub(crate) fn sends_json(headers: &HeaderMap) -> Result<(), Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = kind.split(';').map(str::trim);
    let json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    let utf8 =
        parts.all(|part| part.eq_ignore_ascii_case("charset=utf-8") || part.eq_ignore_ascii_case("charset=\"utf-8\""));
    if json && utf8 && headers.get_all(header::CONTENT_TYPE).iter().count() == 1 {
        return Ok(());
    }
    let detail = "This takes JSON only. Send it in UTF-8, with the header Content-Type: application/json.";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type.unknown", detail))
}

/// Refuses a request that takes none of these kinds. Who says nothing takes what there is.
pub(crate) fn takes(headers: &HeaderMap, kinds: &[&str]) -> Result<(), Problem> {
    let mut ranges = headers.get_all(header::ACCEPT).iter().map(|value| value.to_str().unwrap_or_default());
    let ranges: Vec<&str> = ranges.by_ref().flat_map(|value| value.split(',')).collect();
    if ranges.iter().all(|range| range.trim().is_empty())
        || ranges.iter().any(|range| kinds.iter().any(|kind| covers(range, kind)))
    {
        return Ok(());
    }
    let detail =
        format!("This answers in {}, which the header Accept does not allow. Leave it out.", kinds.join(" or "));
    Err(Problem::new(StatusCode::NOT_ACCEPTABLE, "accept.unmet", detail))
}

/// Whether a range such as `application/*;q=0.5` covers a kind.
fn covers(range: &str, kind: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let family = kind.split('/').next().unwrap_or_default();
    let refused = parts.any(|part| {
        part.strip_prefix("q=")
            .is_some_and(|weight| !weight.is_empty() && weight.bytes().all(|byte| matches!(byte, b'0' | b'.')))
    });
    !refused && (name == kind || name == "*/*" || name.strip_suffix("/*") == Some(family))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse::<header::HeaderName>().unwrap(), value.parse().unwrap()))
            .collect()
    }

    // proves: C95.b
    #[test]
    fn only_what_calls_itself_json_is_read() {
        for good in ["application/json", "Application/JSON; charset=UTF-8"] {
            assert!(sends_json(&headers(&[("content-type", good)])).is_ok(), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16",
            "application/jsonp",
        ] {
            assert!(sends_json(&headers(&[("content-type", bad)])).is_err(), "{bad}");
        }
    }

    #[test]
    fn who_takes_nothing_there_is_gets_nothing() {
        let json = &["application/json"];
        for good in ["", "*/*", "application/*", "text/html, application/json;q=0.1", "APPLICATION/json"] {
            assert!(takes(&headers(&[("accept", good)]), json).is_ok(), "{good}");
        }
        for bad in ["text/html", "application/json;q=0", "application/json; q=0.0, text/*", "*", "application/xml"] {
            assert!(takes(&headers(&[("accept", bad)]), json).is_err(), "{bad}");
        }
    }
}
