//! Peers that begin and do not go on, or take and do not stop: they lose their place, and nobody else notices.

use crate::line::{Line, serve};
use crate::world::{World, on_both_engines};
use coffer_kernel::Role;
use coffer_web::Limits;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

const SOON: Duration = Duration::from_millis(300);

fn hasty() -> Limits {
    Limits { handshake: SOON, head: SOON, body: SOON, ..Limits::default() }
}

// proves: C95.g
#[test]
fn who_begins_and_does_not_go_on_loses_the_place() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = world.key(1, Role::Owner).await;
        let running = serve(&world.app, hasty()).await;
        // No handshake.
        let mut silent = TcpStream::connect(running.address).await.unwrap();
        // Half a head, many times; meanwhile others are served.
        let mut halves = Vec::new();
        for _ in 0..20 {
            let mut line = Line::to(running.address).await.unwrap();
            line.say(b"GET /healthz HTTP/1.1\r\nho").await.unwrap();
            halves.push(line);
        }
        let mut honest = Line::to(running.address).await.unwrap();
        assert_eq!(honest.ask("GET /healthz", "", "").await.status, 200);
        for mut half in halves {
            let heard = String::from_utf8(half.rest().await).unwrap();
            assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 408"), "{heard}");
        }
        assert_eq!(silent.read(&mut [0; 1]).await.unwrap_or(0), 0, "it was left");
        // Half a body is answered, and nothing is done.
        let mut line = Line::to(running.address).await.unwrap();
        let head = format!(
            "POST /api/v1/customers HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\n\
             content-type: application/json\r\ncontent-length: 99\r\n\r\n{{"
        );
        line.say(head.as_bytes()).await.unwrap();
        let answer = line.hear().await.unwrap();
        assert_eq!((answer.status, answer.code()), (408, "body.late"), "{answer:?}");
        running.stop().await;
    });
}

// proves: C95.n, C42.g
#[test]
fn a_strangers_form_is_answered_by_its_head_and_nothing_after_it_is_waited_for() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let running = serve(&world.app, Limits::default()).await;
        for path in ["/settings", "/people/invite", "/customers"] {
            let mut line = Line::to(running.address).await.unwrap();
            let head = format!(
                "POST {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\n\
                 content-type: application/x-www-form-urlencoded\r\ncontent-length: 1000\r\n\r\n"
            );
            line.say(head.as_bytes()).await.unwrap();
            let answer = line.hear().await.unwrap();
            assert_eq!((answer.status, answer.header("connection")), (401, Some("close")), "{path}: {answer:?}");
        }
        // What anybody may send is small; a sign-in carries a form for whoever signed in on that device before.
        let mut line = Line::to(running.address).await.unwrap();
        let large = "a".repeat(17 * 1024);
        let from_here = "sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n";
        assert_eq!(line.ask("POST /sign-in", from_here, &format!("kept={large}")).await.status, 413);
        running.stop().await;
    });
}

// proves: C96.f
#[test]
fn who_still_talks_is_heard_out_so_that_the_answer_arrives_and_the_line_goes_on() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = world.key(1, Role::Owner).await;
        let running = serve(&world.app, Limits::default()).await;
        let mut line = Line::to(running.address).await.unwrap();
        // Refused by its head (no version was named) while most of the body is still to come.
        let head = format!(
            "PUT /api/v1/customers/cus_01hzzzzzzzzzzzzzzzzzzzzzzz HTTP/1.1\r\nhost: localhost\r\n\
             authorization: Bearer {key}\r\ncontent-type: application/json\r\ncontent-length: 600000\r\n\r\n"
        );
        line.say(head.as_bytes()).await.unwrap();
        for _ in 0..60 {
            line.say(&[b' '; 10_000]).await.expect("nobody hangs up on who still talks");
        }
        let answer = line.hear().await.unwrap();
        assert_eq!((answer.status, answer.header("connection")), (428, None), "{answer:?}");
        assert_eq!(line.ask("GET /healthz", "", "").await.status, 200, "the line goes on");
        // Who does not go on is answered all the same, once their time is up.
        let running_out = serve(&world.app, hasty()).await;
        let mut line = Line::to(running_out.address).await.unwrap();
        line.say(head.as_bytes()).await.unwrap();
        let answer = line.hear().await.unwrap();
        assert_eq!((answer.status, answer.header("connection")), (428, Some("close")), "{answer:?}");
        running_out.stop().await;
        running.stop().await;
    });
}

// proves: C95.h
#[test]
fn one_address_has_its_share_of_connections() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let running = serve(&world.app, Limits { of_one_address: 2, ..Limits::default() }).await;
        let mut first = Line::to(running.address).await.unwrap();
        let second = Line::to(running.address).await.unwrap();
        assert!(Line::to(running.address).await.is_err(), "its share is full");
        first.say(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.unwrap();
        assert!(String::from_utf8(first.rest().await).unwrap().starts_with("HTTP/1.1 200"));
        drop((first, second));
        // Who leaves makes room, as soon as the server notices.
        let mut again = loop {
            if let Ok(line) = Line::to(running.address).await {
                break line;
            }
        };
        assert_eq!(again.ask("GET /healthz", "", "").await.status, 200);
        drop(again);
        running.stop().await;
    });
}

/// A frame of HTTP/2 (RFC 9113, 4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

// proves: C95.i
#[test]
fn who_begins_and_takes_back_without_end_is_sent_away() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let running = serve(&world.app, Limits::default()).await;
        let mut line = Line::speaking(running.address, b"h2").await.unwrap();
        let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
        bytes.extend(frame(4, 0, 0, &[]));
        // GET / of localhost, in HPACK's static table.
        let head = [&[0x82, 0x87, 0x84, 0x41, 9], b"localhost".as_slice()].concat();
        for number in 0..1_000 {
            let stream = 2 * number + 1;
            bytes.extend(frame(1, 0b101, stream, &head));
            bytes.extend(frame(3, 0, stream, &8_u32.to_be_bytes()));
        }
        // It may be cut while this is still being said.
        drop(line.say(&bytes).await);
        let heard = line.rest().await;
        let calm = 11_u32.to_be_bytes();
        assert!(goaways(&heard).any(|payload| payload.get(4..8) == Some(&calm)), "sent away: {heard:?}");
        let mut honest = Line::to(running.address).await.unwrap();
        assert_eq!(honest.ask("GET /healthz", "", "").await.status, 200);
        drop(honest);
        running.stop().await;
    });
}

/// The payloads of the frames that say goodbye.
fn goaways(mut bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let mut found = Vec::new();
    while let Some((head, rest)) = bytes.split_at_checked(9) {
        let length = usize::try_from(u32::from_be_bytes([0, head[0], head[1], head[2]])).unwrap();
        let payload = rest.get(..length).unwrap_or_default();
        if head[3] == 7 {
            found.push(payload.to_vec());
        }
        bytes = rest.get(length..).unwrap_or_default();
    }
    found.into_iter()
}
