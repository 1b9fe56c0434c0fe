//! What the line is made of, as a browser sees it and as somebody sees it who does not speak TLS.

use crate::browser::Browser;
use crate::installation::Installation;
use std::io::{Read, Write};
use std::net::TcpStream;

// proves: C13.b, D4
#[test]
fn a_browser_agrees_on_tls_1_3_and_an_exchange_that_outlives_quantum_computers() {
    let installation = Installation::new(false);
    let serving = installation.serve();
    let browser = Browser::overheard("en");
    browser.go(&format!("https://localhost:{}/sign-in", serving.port));
    let lines = browser.lines();
    assert!(!lines.is_empty(), "nothing was fetched");
    for line in lines {
        let says = |key: &str| line[key].as_str().unwrap_or_default();
        let [version, exchange] = [says("protocol"), says("keyExchangeGroup")];
        assert_eq!([version, exchange], ["TLS 1.3", "X25519MLKEM768"], "{line}");
    }
}

// proves: C14.a
#[test]
fn what_comes_in_plain_text_is_answered_by_nothing_that_could_be_read() {
    let installation = Installation::new(false);
    let serving = installation.serve();
    for request in ["GET /healthz HTTP/1.1", "POST /api/v1/customers HTTP/1.1", "PRI * HTTP/2.0"] {
        let mut stream = TcpStream::connect(("127.0.0.1", serving.port)).unwrap();
        stream.write_all(format!("{request}\r\nhost: localhost\r\n\r\n").as_bytes()).unwrap();
        let mut answer = Vec::new();
        // Where the line is cut while something of ours was still unread, the system says so.
        drop(stream.read_to_end(&mut answer));
        // An alert of TLS (21) at most, which is seven bytes and says that this was no handshake.
        assert!(answer.len() <= 7 && answer.first().is_none_or(|kind| *kind == 21), "{request}: {answer:?}");
    }
}
