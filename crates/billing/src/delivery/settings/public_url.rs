//! Where readers find their documents.

use coffer_kernel::network::is_public;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::Ipv4Addr;

/// An address that links begin with: `https://`, a name that others can reach, perhaps a port; nothing behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicUrl(String);

/// Names that mean something on one machine or in one house only (RFC 6761, RFC 6762, RFC 8375, and what routers use).
const HOMELY: [&str; 8] = [".localhost", ".local", ".internal", ".lan", ".home", ".home.arpa", ".test", ".invalid"];

impl PublicUrl {
    /// Reads one; [`None`] for what a customer could not reach from elsewhere.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.trim().to_ascii_lowercase();
        let authority = lower.strip_prefix("https://")?;
        let authority = authority.strip_suffix('/').unwrap_or(authority);
        let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
        let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
        (port_fits && host_fits(host)).then(|| Self(format!("https://{authority}")))
    }

    /// Reads one that leads to this machine.
    #[must_use]
    pub fn here(text: &str) -> Option<Self> {
        let port: u16 = text.strip_prefix("https://localhost:")?.parse().ok()?;
        (port > 0).then(|| Self(format!("https://localhost:{port}")))
    }

    /// The address of a document behind a link's token.
    #[must_use]
    pub fn document(&self, token: &str) -> String {
        format!("{}/d/{token}", self.0)
    }
}

impl PublicUrl {
    /// Its host and port.
    #[must_use]
    pub fn host_and_port(&self) -> (&str, u16) {
        let authority = self.0.strip_prefix("https://").unwrap_or_default();
        let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
        (host, port.parse().unwrap_or(443))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn host_fits(host: &str) -> bool {
    let label_fits = |label: &str| {
        let plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        plain && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return is_public(address.into());
    }
    let homely = HOMELY.iter().any(|suffix| host.ends_with(suffix));
    // What ends in a number is read as an address by some, in whatever base (WHATWG URL, "ends in a number").
    let last = host.rsplit('.').next().unwrap_or_default();
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    host.len() <= 253 && host.contains('.') && !homely && !numeric && host.split('.').all(label_fits)
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    // proves: B5
    #[test]
    fn a_link_that_cannot_reach_the_customer_is_none() {
        for (good, kept) in [
            ("https://invoices.example.com", "https://invoices.example.com"),
            (" https://Invoices.Example.com/ ", "https://invoices.example.com"),
            ("https://invoices.example.com:8443", "https://invoices.example.com:8443"),
            ("https://203.0.113.7", "https://203.0.113.7"),
        ] {
            assert_eq!(PublicUrl::parse(good).map(|url| url.to_string()).as_deref(), Some(kept), "{good}");
        }
        for bad in [
            "",
            "https://",
            "http://invoices.example.com",
            "invoices.example.com",
            "https://localhost",
            "https://coffer",
            "https://localhost:8443",
            "https://coffer.local",
            "https://box.home.arpa",
            "https://127.0.0.1",
            "https://192.168.0.4",
            "https://10.0.0.1:8443",
            "https://169.254.1.1",
            "https://[::1]",
            "https://1.2.3",
            "https://0x7f.0x1",
            "https://0x7f.1",
            "https://example.0x7f000001",
            "https://100.64.0.1",
            "https://224.0.0.1",
            "https://255.255.255.255",
            "https://0.0.0.1",
            "https://you@example.com",
            "https://example.com/path",
            "https://example.com?x",
            "https://example.com#x",
            "https://example.com:0",
            "https://example.com:99999",
            "https://exa mple.com",
            "https://example.com\r\n.evil.com",
            "https://-example.com",
            "https://example..com",
            "javascript://example.com",
        ] {
            assert_eq!(PublicUrl::parse(bad), None, "{bad}");
        }
    }
}
