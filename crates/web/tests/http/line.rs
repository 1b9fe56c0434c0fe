//! A line to a real listener, on which anything can be said: bytes in, bytes out.

use coffer_web::tls::{Certificates, make_certificates, server_config};
use coffer_web::{App, Limits, Running, serve_within};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

static CERTIFICATES: LazyLock<Certificates> =
    LazyLock::new(|| make_certificates(coffer_kernel::Timestamp::now()).unwrap());

/// Serves on a port of its own.
pub(crate) async fn serve(app: &App, limits: Limits) -> Running {
    let tls = server_config(&CERTIFICATES.certificate, &CERTIFICATES.key).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    serve_within(app.clone(), tls, listener, limits).unwrap()
}

/// A connection after its handshake.
pub(crate) struct Line(TlsStream<TcpStream>);

/// An answer, as it stood on the line.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Value,
}

impl Answer {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

impl Line {
    /// Speaks HTTP/1.1.
    pub(crate) async fn to(address: SocketAddr) -> std::io::Result<Self> {
        Self::speaking(address, b"http/1.1").await
    }

    pub(crate) async fn speaking(address: SocketAddr, version: &[u8]) -> std::io::Result<Self> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(CERTIFICATES.authority.as_bytes()).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let mut config = config.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![version.to_vec()];
        let stream = TcpStream::connect(address).await?;
        let name = ServerName::try_from("localhost").unwrap();
        Ok(Self(TlsConnector::from(Arc::new(config)).connect(name, stream).await?))
    }

    /// Says these bytes.
    pub(crate) async fn say(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.0.write_all(bytes).await?;
        self.0.flush().await
    }

    /// Reads one answer.
    pub(crate) async fn hear(&mut self) -> Option<Answer> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.0.read_u8().await.ok()?);
        }
        let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let mut answer = Answer { status, head, body: Value::Null };
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await.ok()?;
        answer.body = serde_json::from_slice(&body).unwrap_or_default();
        Some(answer)
    }

    /// Everything that comes until the other side ends it.
    pub(crate) async fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        // However it ends: a connection that is cut is an end, too.
        drop(self.0.read_to_end(&mut rest).await);
        rest
    }

    /// Asks, and reads the answer. `headers` end with a line break each.
    pub(crate) async fn ask(&mut self, first: &str, headers: &str, body: &str) -> Answer {
        let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
        let text = format!("{first} HTTP/1.1\r\nhost: localhost\r\n{headers}{length}\r\n{body}");
        self.say(text.as_bytes()).await.unwrap();
        self.hear().await.unwrap_or_else(|| panic!("no answer to {first}"))
    }
}
