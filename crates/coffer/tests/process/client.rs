//! A small HTTPS client: one connection, one request at a time.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A connection that trusts one authority.
pub(crate) struct Client {
    stream: BufReader<StreamOwned<ClientConnection, TcpStream>>,
    key: String,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Client {
    /// Connects to the local server with this key.
    pub(crate) fn connect(port: u16, authority: &str, key: &str) -> io::Result<Self> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_root_certificates(roots).with_no_client_auth();
        let link = ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap()).unwrap();
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(StreamOwned::new(link, stream)), key: key.to_owned() })
    }

    /// Sends a request and waits for its answer. `headers` end with a line break each.
    pub(crate) fn send(&mut self, method: &str, path: &str, headers: &str, body: &str) -> io::Result<Answer> {
        let head = self.head((method, path), headers, body);
        self.say(&format!("{head}{body}"))?;
        self.answer()
    }

    /// Begins a request and waits until the server is at it; [`Client::goes_on`] sends its body.
    pub(crate) fn begins(&mut self, path: &str, body: &str) -> io::Result<()> {
        let head = self.head(("POST", path), &format!("{}expect: 100-continue\r\n", once()), body);
        self.say(&head)?;
        let mut lines = String::new();
        while !lines.ends_with("\r\n\r\n") && self.stream.read_line(&mut lines)? > 0 {}
        if lines.starts_with("HTTP/1.1 100 ") { Ok(()) } else { Err(io::Error::other(lines)) }
    }

    /// Sends the body that was held back and waits for the answer.
    pub(crate) fn goes_on(&mut self, body: &str) -> io::Result<Answer> {
        self.say(body)?;
        self.answer()
    }

    fn head(&self, (method, path): (&str, &str), headers: &str, body: &str) -> String {
        let (key, length) = (&self.key, body.len());
        let kind =
            if body.is_empty() || headers.contains("content-type") { "" } else { "content-type: application/json\r\n" };
        format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\n{headers}{kind}content-length: {length}\r\n\r\n"
        )
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        self.stream.get_mut().write_all(text.as_bytes())?;
        self.stream.get_mut().flush()
    }

    fn answer(&mut self) -> io::Result<Answer> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        let text = String::from_utf8_lossy(&body).into_owned();
        Ok(Answer { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
    }

    /// Sends JSON, once, whatever version there is.
    pub(crate) fn post(&mut self, path: &str, body: &Value) -> io::Result<Answer> {
        self.send("POST", path, &once(), &body.to_string())
    }
}

/// Every invoice that is listed: its id and the last part of its number.
pub(crate) fn every_invoice(client: &mut Client) -> Vec<(String, usize)> {
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = client.send("GET", &format!("/api/v1/invoices?limit=100{after}"), "", "").unwrap();
        assert_eq!(page.status, 200, "{page:?}");
        let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
        let number = |row: &Value| text(row, "number").rsplit('-').next().unwrap().parse().unwrap();
        all.extend(page.body["invoices"].as_array().unwrap().iter().map(|row| (text(row, "id"), number(row))));
        match page.body["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return all,
        }
    }
}

/// Whether these are the numbers from one on, each once.
pub(crate) fn gapless(all: &[(String, usize)]) -> bool {
    let mut numbers: Vec<usize> = all.iter().map(|(_, number)| *number).collect();
    numbers.sort_unstable();
    numbers.into_iter().eq(1..=all.len())
}

/// Headers for something that is done once, whatever version there is.
pub(crate) fn once() -> String {
    static SENT: AtomicU64 = AtomicU64::new(0);
    format!("if-match: *\r\nidempotency-key: {}\r\n", SENT.fetch_add(1, Ordering::Relaxed))
}
