//! Whether whoever asks has found us under a name that others resolve, too.

use axum::extract::Request;
use axum::http::header;
use std::net::IpAddr;

/// Browsers that came by a public name come by TLS alone for a year, to it and to every name below it (RFC 6797, ASVS
/// 3.4.1). Not said to `localhost` and addresses: those are not ours alone, and something else may serve there.
pub(crate) const BY_TLS_ALONE: &str = "max-age=31536000; includeSubDomains";

/// Whether the request names a public host.
pub(crate) fn asked_by(request: &Request) -> bool {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    named.or(request.uri().authority().map(|authority| authority.as_str())).is_some_and(is_public)
}

/// Whether `name`, `name:port`, is neither an address nor a name that means this machine or a neighbour.
fn is_public(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_end_matches('.').to_ascii_lowercase();
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
    let here = ["localhost", "local", "internal", "home.arpa"];
    let ends_here = here.iter().any(|end| name.strip_suffix(end).is_some_and(|rest| rest.ends_with('.')));
    name.contains('.') && !address && !host.starts_with('[') && !ends_here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_others_resolve_is_told_from_one_that_means_this_machine() {
        for host in ["billing.example.com", "billing.example.com:8443", "Billing.Example.", "1.example"] {
            assert!(is_public(host), "{host}");
        }
        let here = ["localhost", "localhost:8443", "a.localhost", "127.0.0.1", "127.0.0.1:8443", "[::1]", "[::1]:8443"];
        for host in here.into_iter().chain(["", "nas", "nas:8443", "nas.local", "coffer.internal:1", "10.0.0.7."]) {
            assert!(!is_public(host), "{host}");
        }
    }
}
