//! Reaching a mail server: a connection that is encrypted, to a server that proved its name, or none.

use super::{MailServer, NotSent, Problem, Security, preamble};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::ServerName;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Connects, encrypts, verifies, and says hello.
pub(super) async fn connect(server: &MailServer, domain: &str) -> Result<AsyncSmtpConnection, NotSent> {
    let connector = TlsConnector::from(server.tls()?);
    let name = ServerName::try_from(server.host.clone()).map_err(|_| NotSent::later(Problem::Settings))?;
    let address = (server.host.as_str(), server.port);
    let mut tcp = within(server.patience, TcpStream::connect(address))
        .await?
        .map_err(|_| NotSent::later(Problem::Unreachable))?;
    let greeting = match server.security {
        Security::Implicit => Vec::new(),
        Security::StartTls => preamble::ask_for_tls(&mut tcp, server, domain).await?,
    };
    let tls = within(server.patience, connector.connect(name, tcp)).await?.map_err(|error| unproven(&error))?;
    let stream = Box::new(Encrypted { greeting, tls });
    within(server.patience, AsyncSmtpConnection::connect_with_transport(stream, &ClientId::Domain(domain.to_owned())))
        .await?
        .map_err(|error| trouble(&error, Problem::Unreachable))
}

/// Waits for an answer as long as the server may take.
pub(super) async fn within<T>(patience: Duration, answer: impl Future<Output = T>) -> Result<T, NotSent> {
    timeout(patience, answer).await.map_err(|_| NotSent::later(Problem::Silent))
}

/// What an error means at this point of the conversation. The server's words stay behind: they may name somebody.
pub(super) fn trouble(error: &Error, problem: Problem) -> NotSent {
    match error.status() {
        Some(code) => NotSent::replied(problem, code.into()),
        // Something it does not offer, such as a way to sign in.
        None if error.is_client() => NotSent::later(problem),
        None if error.is_response() => NotSent::later(Problem::Unclear),
        None => NotSent::later(Problem::Unreachable),
    }
}

/// What the TLS library found wrong comes as "invalid data"; anything else is the connection's end.
fn unproven(error: &io::Error) -> NotSent {
    let found_wrong = error.kind() == io::ErrorKind::InvalidData;
    NotSent::later(if found_wrong { Problem::Unproven } else { Problem::Unreachable })
}

/// An encrypted stream. The greeting that was said in the clear stands before it once more: whoever reads next expects
/// one, and a server says it only once.
struct Encrypted {
    greeting: Vec<u8>,
    tls: TlsStream<TcpStream>,
}

impl fmt::Debug for Encrypted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Encrypted")
    }
}

impl AsyncTokioStream for Encrypted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.tls.get_ref().0.peer_addr()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.greeting.is_empty() {
            return Pin::new(&mut self.tls).poll_read(cx, buf);
        }
        let fits = buf.remaining().min(self.greeting.len());
        let said: Vec<u8> = self.greeting.drain(..fits).collect();
        buf.put_slice(&said);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tls).poll_write(cx, buf)
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tls).poll_flush(cx)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tls).poll_shutdown(cx)
    }
}
