//! What is said in the clear before STARTTLS (RFC 3207): a greeting, a hello, the wish for TLS.
//!
//! Ours, because what a man in the middle appends to the last reply in the clear must not be read as the first one
//! under TLS; a library that keeps its buffer across the handshake does just that.

use super::{MailServer, NotSent, Problem, Said};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The longest reply that is read.
const LONGEST_REPLY: usize = 16 * 1024;

/// A server's reply, as it came.
struct Reply {
    code: u16,
    bytes: Vec<u8>,
}

/// Brings a connection to where TLS begins. Returns the greeting.
pub(super) async fn ask_for_tls(stream: &mut TcpStream, server: &MailServer, domain: &str) -> Result<Vec<u8>, NotSent> {
    let greeting = expect(stream, server.patience, 220).await?;
    say(stream, &format!("EHLO {domain}\r\n")).await?;
    let offers = expect(stream, server.patience, 250).await?;
    if !offers_tls(&offers.bytes) {
        return Err(NotSent::later(Problem::NoTls));
    }
    say(stream, "STARTTLS\r\n").await?;
    expect(stream, server.patience, 220).await.map_err(|refused| {
        if refused.reply.is_some() { NotSent { problem: Problem::NoTls, ..refused } } else { refused }
    })?;
    Ok(greeting.bytes)
}

fn offers_tls(reply: &[u8]) -> bool {
    let text = String::from_utf8_lossy(reply);
    text.lines().filter_map(|line| line.get(4..)).any(|offer| offer.trim().eq_ignore_ascii_case("STARTTLS"))
}

async fn say(stream: &mut TcpStream, line: &str) -> Result<(), NotSent> {
    stream.write_all(line.as_bytes()).await.map_err(|_| NotSent::later(Problem::Unreachable))
}

async fn expect(stream: &mut TcpStream, patience: Duration, code: u16) -> Result<Reply, NotSent> {
    let reply = timeout(patience, read(stream)).await.map_err(|_| NotSent::later(Problem::Silent))??;
    match reply.code {
        same if same == code => Ok(reply),
        other => {
            let problem = if other >= 400 { Problem::Unreachable } else { Problem::Unclear };
            let words = String::from_utf8_lossy(&reply.bytes);
            Err(NotSent::replied(problem, other, Said::of(words.get(4..).unwrap_or_default())))
        }
    }
}

/// Reads one reply. Bytes behind its end are somebody speaking out of turn, and end the conversation.
async fn read(stream: &mut TcpStream) -> Result<Reply, NotSent> {
    let mut bytes = Vec::new();
    while bytes.len() < LONGEST_REPLY {
        if stream.read_buf(&mut bytes).await.map_err(|_| NotSent::later(Problem::Unreachable))? == 0 {
            return Err(NotSent::later(Problem::Unreachable));
        }
        if let Some((code, end)) = finished(&bytes)? {
            return if end == bytes.len() { Ok(Reply { code, bytes }) } else { Err(NotSent::later(Problem::Unclear)) };
        }
    }
    Err(NotSent::later(Problem::Unclear))
}

/// The code of a reply that is complete, and where it ends: its last line has no hyphen behind the code.
fn finished(bytes: &[u8]) -> Result<Option<(u16, usize)>, NotSent> {
    let mut end = 0_usize;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        end = end.saturating_add(line.len());
        let Some(line) = line.strip_suffix(b"\r\n") else { return Ok(None) };
        let code = line.get(..3).and_then(|code| std::str::from_utf8(code).ok()).and_then(|code| code.parse().ok());
        match (code, line.get(3)) {
            (Some(_), Some(b'-')) => {}
            (Some(code), Some(b' ') | None) => return Ok(Some((code, end))),
            _ => return Err(NotSent::later(Problem::Unclear)),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_ends_at_its_last_line() {
        assert_eq!(finished(b"250-one\r\n250 two\r\n"), Ok(Some((250, 18))));
        assert_eq!(finished(b"250\r\n"), Ok(Some((250, 5))));
        assert_eq!(finished(b"250-one\r\n250 tw"), Ok(None));
        assert_eq!(finished(b"220 go\r\n250 injected\r\n"), Ok(Some((220, 8))), "what follows is seen by its length");
        assert!(finished(b"HTTP/1.1 400 Bad Request\r\n").is_err());
    }
}
