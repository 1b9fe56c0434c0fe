//! Looking at an address of our own from outside: whether what customers will be sent leads here.
//!
//! One GET over verified TLS, no redirect followed, no more than a page read. Only whether the expected words came back
//! is told, so that nobody reads other people's servers through this; and what a name leads to within this network is left
//! alone, so that nobody learns either what listens there.

use coffer_kernel::network;
use rustls::pki_types::ServerName;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// The most that is read of an answer.
const LONGEST: u64 = 16 * 1024;

/// The outside that an address is seen from: by default names lead where everybody's do, and who is trusted are the public
/// authorities.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    only: Option<(SocketAddr, String)>,
}

impl Outside {
    /// One where every name leads to one place, and one authority (PEM) vouches for all: nothing of the real one is touched.
    #[must_use]
    pub const fn only(place: SocketAddr, authority: String) -> Self {
        Self { only: Some((place, authority)) }
    }

    /// Where a name leads, without what stands for this machine or its network.
    async fn addresses(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, NotReached> {
        if let Some((place, _)) = &self.only {
            return Ok(vec![*place]);
        }
        let found = tokio::net::lookup_host((host, port)).await.map_err(|_| NotReached::Unknown)?;
        let public: Vec<SocketAddr> = found.filter(|address| network::is_public(address.ip())).collect();
        if public.is_empty() { Err(NotReached::Inside) } else { Ok(public) }
    }

    fn authority(&self) -> Option<&str> {
        self.only.as_ref().map(|(_, authority)| authority.as_str())
    }
}

/// Where to look, and what should be there.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The host; its certificate must be for it.
    pub host: &'a str,
    /// The port.
    pub port: u16,
    /// The path.
    pub path: &'a str,
    /// What only we would answer.
    pub expected: &'a str,
    /// From where it is seen.
    pub outside: &'a Outside,
    /// How long all of it may take.
    pub patience: Duration,
}

/// Why a customer would not get here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotReached {
    /// There is no such name.
    Unknown,
    /// Seen from this machine the name leads into its own network, where nobody looks on somebody's word.
    Inside,
    /// Nobody answers there.
    Unreachable,
    /// The certificate is not one that a browser accepts.
    Unproven,
    /// Somebody else answers.
    Elsewhere,
}

impl NotReached {
    /// The name in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "public_url.unknown",
            Self::Inside => "public_url.inside",
            Self::Unreachable => "public_url.unreachable",
            Self::Unproven => "public_url.unproven",
            Self::Elsewhere => "public_url.elsewhere",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Unknown, Self::Inside, Self::Unreachable, Self::Unproven, Self::Elsewhere]
            .into_iter()
            .find(|why| why.code() == code)
    }

    /// What is wrong and what to do.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unknown => "Nobody knows this name. Enter it with whoever keeps your domain, then try again.",
            Self::Inside => {
                "Seen from this machine the name leads to an address within your own network, so nothing was looked at there. If customers reach Coffer by it from outside, say so."
            }
            Self::Unreachable => {
                "Nobody answers there, seen from this machine. Let the port through to Coffer, then try again."
            }
            Self::Unproven => {
                "What answers there has no certificate that browsers accept for this name, so customers would be warned off. Put a server with one in front of Coffer."
            }
            Self::Elsewhere => "Somebody answers there, but not this Coffer. Compare the address with where it runs.",
        }
    }
}

/// Looks there.
///
/// # Errors
/// [`NotReached`].
pub async fn look(look: Look<'_>) -> Result<(), NotReached> {
    timeout(look.patience, fetch(look)).await.unwrap_or(Err(NotReached::Unreachable))
}

async fn fetch(look: Look<'_>) -> Result<(), NotReached> {
    let addresses = look.outside.addresses(look.host, look.port).await?;
    let tcp = TcpStream::connect(addresses.as_slice()).await.map_err(|_| NotReached::Unreachable)?;
    let name = ServerName::try_from(look.host.to_owned()).map_err(|_| NotReached::Unknown)?;
    let config = crate::tls::client(look.outside.authority()).ok_or(NotReached::Unproven)?;
    let mut tls = TlsConnector::from(config).connect(name, tcp).await.map_err(|_| NotReached::Unproven)?;
    // As a browser says it: a port that goes without saying is not said.
    let port = if look.port == 443 { String::new() } else { format!(":{}", look.port) };
    let request = format!("GET {} HTTP/1.1\r\nHost: {}{port}\r\nConnection: close\r\n\r\n", look.path, look.host);
    tls.write_all(request.as_bytes()).await.map_err(|_| NotReached::Unreachable)?;
    let answer = read(&mut tls).await;
    let is_ours = answer.starts_with("HTTP/1.1 200") && answer.contains(look.expected);
    if is_ours { Ok(()) } else { Err(NotReached::Elsewhere) }
}

/// What came until the other side closed, whether it did so politely or not.
async fn read(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut bytes = Vec::new();
    drop(stream.take(LONGEST).read_to_end(&mut bytes).await);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]
mod tests {
    use super::*;
    use coffer_testkit::mail::certificate;
    use rustls::ServerConfig;
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use std::sync::Arc;
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;

    /// A server with a certificate for this name that gives one answer to anything. Returns its port and authority.
    async fn saying(name: &str, answer: &'static str) -> (u16, String) {
        let made = certificate(name).unwrap();
        let chain = vec![CertificateDer::from_pem_slice(made.certificate.as_bytes()).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(made.key.as_bytes()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut tls) = acceptor.accept(stream).await else { continue };
                let mut heard = [0; 1024];
                drop(tls.read(&mut heard).await);
                drop(tls.write_all(answer.as_bytes()).await);
                drop(tls.shutdown().await);
            }
        });
        (port, made.authority)
    }

    async fn seen(port: u16, authority: &str) -> Result<(), NotReached> {
        let (path, expected) = ("/.well-known/coffer/1", "4711");
        let patience = Duration::from_secs(30);
        let outside = &Outside::only(([127, 0, 0, 1], port).into(), authority.to_owned());
        look(Look { host: "localhost", port, path, expected, outside, patience }).await
    }

    // proves: B4
    #[tokio::test]
    async fn only_our_own_answer_under_a_certificate_for_the_name_counts() {
        let (port, authority) = saying("localhost", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n4711").await;
        assert_eq!(seen(port, &authority).await, Ok(()));
        let long: &str = Box::leak(format!("HTTP/1.1 200 OK\r\n\r\n{}4711", "x".repeat(16 * 1024)).into_boxed_str());
        let moved = "HTTP/1.1 302 Found\r\nLocation: /4711\r\n\r\n";
        for other in ["HTTP/1.1 200 OK\r\n\r\nhello", moved, "4711", "", long] {
            let (port, authority) = saying("localhost", other).await;
            assert_eq!(seen(port, &authority).await, Err(NotReached::Elsewhere), "{other}");
        }
        let (wrong, its_own) = saying("other.example", "HTTP/1.1 200 OK\r\n\r\n4711").await;
        assert_eq!(seen(wrong, &its_own).await, Err(NotReached::Unproven));
        assert_eq!(seen(port, &its_own).await, Err(NotReached::Unproven), "another authority");
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        assert_eq!(seen(free, &authority).await, Err(NotReached::Unreachable));
    }

    #[tokio::test]
    async fn whatever_a_name_leads_to_within_this_network_is_not_even_knocked_at() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listens = listener.local_addr().unwrap().port();
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        for port in [listens, free] {
            let (path, expected, outside) = ("/", "4711", &Outside::default());
            let patience = Duration::from_secs(30);
            let found = look(Look { host: "localhost", port, path, expected, outside, patience }).await;
            assert_eq!(found, Err(NotReached::Inside), "open or closed, one answer");
        }
        assert!(timeout(Duration::ZERO, listener.accept()).await.is_err(), "nobody came");
    }
}
