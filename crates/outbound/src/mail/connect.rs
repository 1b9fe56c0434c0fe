//! Reaching a mail server: a connection that is encrypted, to a server that proved its name, or none.

use super::{MailServer, NotSent, Problem, Said, Security, preamble};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::ServerName;
use std::error::Error as _;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Finds the server by its name.
pub(super) async fn find(server: &MailServer) -> Result<Vec<SocketAddr>, NotSent> {
    ServerName::try_from(server.host.as_str()).map_err(|_| NotSent::later(Problem::Settings))?;
    let found = within(server.patience, lookup_host((server.host.as_str(), server.port))).await?;
    Ok(found.map_err(|_| NotSent::later(Problem::Unknown))?.collect())
}

/// Connects to where it was found.
pub(super) async fn reach(server: &MailServer, addresses: &[SocketAddr]) -> Result<TcpStream, NotSent> {
    let connected = within(server.patience, TcpStream::connect(addresses)).await?;
    connected.map_err(|_| NotSent::later(Problem::Unreachable))
}

/// Encrypts, lets the server prove its name, and says hello.
pub(super) async fn encrypt(
    server: &MailServer,
    domain: &str,
    mut tcp: TcpStream,
) -> Result<AsyncSmtpConnection, NotSent> {
    let connector = TlsConnector::from(server.tls()?);
    let name = ServerName::try_from(server.host.clone()).map_err(|_| NotSent::later(Problem::Settings))?;
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

/// What an error means at this point of the conversation.
pub(super) fn trouble(error: &Error, problem: Problem) -> NotSent {
    match error.status() {
        Some(code) => {
            let said = error.source().map(ToString::to_string).unwrap_or_default();
            NotSent::replied(problem, code.into(), Said::of(&said))
        }
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
