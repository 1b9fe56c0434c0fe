//! A server that says what a script says and keeps what it hears, byte for byte: for mail servers that lie, and to see
//! that somebody was told nothing.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::{Builder, JoinHandle};

use crate::machine::MachineError;

/// A server for one connection.
#[derive(Debug)]
pub struct RawServer {
    /// Its loopback port.
    pub port: u16,
    heard: JoinHandle<Vec<u8>>,
}

impl RawServer {
    /// Greets with the first line, then answers each line it hears with the next one; when there is none left it
    /// listens until the other side goes.
    ///
    /// # Errors
    /// [`MachineError`]: no port, no thread.
    pub fn saying(script: &'static [&'static str]) -> Result<Self, MachineError> {
        let doing = |source| MachineError::Io { doing: "serve on the loopback interface".to_owned(), source };
        let listener = TcpListener::bind("127.0.0.1:0").map_err(doing)?;
        let port = listener.local_addr().map_err(doing)?.port();
        let heard = Builder::new().name("raw-server".to_owned()).spawn(move || converse(&listener, script));
        Ok(Self { port, heard: heard.map_err(doing)? })
    }

    /// All it heard, once the connection has ended.
    #[must_use]
    pub fn heard(self) -> Vec<u8> {
        self.heard.join().unwrap_or_default()
    }
}

fn converse(listener: &TcpListener, script: &[&str]) -> Vec<u8> {
    let mut heard = Vec::new();
    let Ok((mut stream, _)) = listener.accept() else { return heard };
    let mut lines = script.iter();
    let mut buffer = [0; 4096];
    if let Some(greeting) = lines.next() {
        drop(stream.write_all(greeting.as_bytes()));
    }
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        heard.extend(buffer.iter().take(count));
        if heard.ends_with(b"\r\n")
            && let Some(line) = lines.next()
        {
            drop(stream.write_all(line.as_bytes()));
        }
    }
    heard
}
