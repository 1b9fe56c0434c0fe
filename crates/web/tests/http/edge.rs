//! Whatever is sent, the answer is a problem that says what, where and what next; over a real line.

use crate::line::{Answer, Line, serve};
use crate::visit::Visit;
use crate::world::{World, on_both_engines};
use axum::http::StatusCode;
use coffer_identity::links::{CreateSetupLink, set_up_link};
use coffer_kernel::{BusinessId, Role};
use coffer_testkit::Callers;
use coffer_web::Limits;

const JSON: &str = "content-type: application/json\r\n";

fn is_a_problem(answer: &Answer) {
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{answer:?}");
    assert_eq!(answer.body["status"], answer.status, "{answer:?}");
    assert_eq!(answer.body["type"], format!("urn:coffer:problem:{}", answer.code()), "{answer:?}");
    assert!(answer.body["detail"].as_str().unwrap().len() > 20, "{answer:?}");
    assert_eq!(answer.header("request-id"), answer.body["request_id"].as_str(), "{answer:?}");
}

/// What may never be missing (C93, ASVS 3.4).
fn is_protected(answer: &Answer) {
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:?}");
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{answer:?}");
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{answer:?}");
    assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{answer:?}");
    let policies = answer.head.matches("content-security-policy: ").count();
    assert_eq!(policies, 1, "one policy: {answer:?}");
    assert!(answer.header("content-security-policy").unwrap().starts_with("default-src 'none'"), "{answer:?}");
    assert_eq!(answer.header("request-id").map(str::len), Some(16), "{answer:?}");
    assert_eq!(answer.header("server"), None);
}

// proves: C95.d, C96.b, C93.b, F1
#[test]
fn bad_requests_get_problems_that_say_where() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = format!("authorization: Bearer {}\r\n", world.key(1, Role::Owner).await);
        let running = serve(&world.app, Limits::default()).await;
        let customers = "/api/v1/customers";
        let post = format!("POST {customers}");
        let cases = [
            ("GET /api/v1/nothing", "", "", 404, "not_found"),
            ("DELETE /api/v1/customers", "", "", 405, "method.not_allowed"),
            ("GET /api/v1/customers", "accept: text/csv\r\n", "", 406, "accept.unmet"),
            ("GET /api/v1/customers?limt=3", "", "", 422, "query.unreadable"),
            ("GET /api/v1/customers?limit=3&limit=4", "", "", 422, "query.unreadable"),
            (&post, "content-type: text/plain\r\n", "{}", 415, "content_type.unknown"),
            (&post, JSON, "{\n \"party\": {,}}", 400, "body.malformed"),
            (&post, JSON, "{\"party\": {\"name\": \"A\"}} {}", 400, "body.malformed"),
            (&post, JSON, "", 400, "body.malformed"),
            (&post, JSON, r#"{"party": {"name": 7}}"#, 422, "body.unreadable"),
            (&post, JSON, r#"[{"name": "A"}]"#, 422, "body.unreadable"),
            ("POST /api/v1/invoices/inv_00000000000000000000000000/void", JSON, " []", 422, "body.unreadable"),
            (&post, JSON, r#"{"party": {"name": "A", "name": "B"}}"#, 422, "body.unreadable"),
            (&post, "expect: more\r\n", "", 417, "expectation.unknown"),
            (&post, "host: elsewhere\r\n", "", 400, "host.unclear"),
            ("POST /api/v1/invoices/inv_00000000000000000000000000/void", JSON, "{\"why\": 1}", 422, "body.unreadable"),
        ];
        for (first, headers, body, status, code) in cases {
            let mut line = Line::to(running.address).await.unwrap();
            let answer = line.ask(first, &format!("{key}{headers}"), body).await;
            assert_eq!((answer.status, answer.code()), (status, code), "{first} {headers} {body}: {answer:?}");
            is_a_problem(&answer);
            is_protected(&answer);
        }
        let mut line = Line::to(running.address).await.unwrap();
        let answer = line.ask("DELETE /api/v1/customers", &key, "").await;
        assert_eq!(answer.header("allow"), Some("get,head,post"));
        let answer = line.ask(&post, &format!("{key}{JSON}"), "{\n \"party\": {,}}").await;
        assert!(answer.body["detail"].as_str().unwrap().contains("line 2 column 12"), "{answer:?}");
        let answer = line.ask(&post, &format!("{key}{JSON}"), r#"{"party": {"addres": {}}}"#).await;
        assert_eq!(answer.body["errors"][0]["pointer"], "/party/addres", "{answer:?}");
        let answer = line.ask("GET /api/v1/customers", &key, "").await;
        assert_eq!(answer.status, 200);
        is_protected(&answer);
        running.stop().await;
    });
}

#[test]
fn whoever_is_answered_before_they_were_heard_out_is_told_to_come_anew() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = format!("authorization: Bearer {}\r\n{JSON}", world.key(1, Role::Owner).await);
        let running = serve(&world.app, Limits::default()).await;
        let mut line = Line::to(running.address).await.unwrap();
        let head = "POST /api/v1/customers HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n";
        line.say(head.as_bytes()).await.unwrap();
        let answer = line.hear().await.unwrap();
        assert_eq!((answer.status, answer.header("connection")), (401, Some("close")), "{answer:?}");
        let mut line = Line::to(running.address).await.unwrap();
        for _ in 0..2 {
            let answer = line.ask("POST /api/v1/customers", &key, r#"{"party": {"name": "A"}}"#).await;
            assert_eq!((answer.status, answer.header("connection")), (201, None), "{answer:?}");
            assert_eq!(line.ask("GET /api/v1/customers", &key, "").await.header("connection"), None);
        }
        running.stop().await;
    });
}

// proves: C95.e
#[test]
fn what_is_too_large_is_refused_before_it_is_kept() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = format!("authorization: Bearer {}\r\n{JSON}", world.key(1, Role::Owner).await);
        let running = serve(&world.app, Limits::default()).await;
        // Announced, and asked first or far too large: refused without reading any of it.
        for announced in ["expect: 100-continue\r\ncontent-length: 1048577", "content-length: 99999999"] {
            let mut line = Line::to(running.address).await.unwrap();
            let head = format!("POST /api/v1/customers HTTP/1.1\r\nhost: localhost\r\n{key}{announced}\r\n\r\n");
            line.say(head.as_bytes()).await.unwrap();
            let answer = line.hear().await.unwrap();
            assert_eq!((answer.status, answer.code()), (413, "body.too_large"));
        }
        // Not announced: heard out, and then refused.
        let mut line = Line::to(running.address).await.unwrap();
        let head =
            format!("POST /api/v1/customers HTTP/1.1\r\nhost: localhost\r\n{key}transfer-encoding: chunked\r\n\r\n");
        line.say(format!("{head}100001\r\n{}\r\n0\r\n\r\n", " ".repeat(0x10_0001)).as_bytes()).await.unwrap();
        let answer = line.hear().await.unwrap();
        assert_eq!((answer.status, answer.code()), (413, "body.too_large"));
        assert_eq!(line.ask("GET /healthz", "", "").await.status, 200, "the line goes on");
        // Heads: long lines, many lines.
        for headers in [format!("x: {}\r\n", "y".repeat(17_000)), "x: y\r\n".repeat(65)] {
            let mut line = Line::to(running.address).await.unwrap();
            assert_eq!(line.ask("GET /api/v1/customers", &headers, "").await.status, 431);
        }
        running.stop().await;
    });
}

// proves: C95.g
#[test]
fn a_form_of_a_stranger_is_small_and_none_has_a_million_fields() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let running = serve(&world.app, Limits::default()).await;
        let form = "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n";
        let mut line = Line::to(running.address).await.unwrap();
        let answer = line.ask("POST /sign-in", form, &"a&".repeat(5_000)).await;
        assert_eq!((answer.status, answer.code()), (413, "form.too_many_fields"), "{answer:?}");
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let link = set_up_link(&world.test.books, &operator, CreateSetupLink).await.unwrap();
        let mut new = Visit::new(&world, "eve@evil.example");
        new.post(&format!("/enter/{}", link.expose()), &[]).await;
        let long = new.post("/set-up/you", &[("name", &"a".repeat(20_000))]).await;
        assert!(long.status == StatusCode::PAYLOAD_TOO_LARGE && long.text.contains("form.unreadable"), "{}", long.text);
        running.stop().await;
    });
}

// proves: C95.f
#[test]
fn no_request_hides_in_another() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let key = world.key(1, Role::Owner).await;
        let running = serve(&world.app, Limits::default()).await;
        let hidden = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
        let length = hidden.len();
        for (headers, status) in [
            (format!("content-length: 0\r\ncontent-length: {length}\r\n"), 400),
            (format!("content-length: 0, {length}\r\n"), 400),
            (format!("content-length: +{length}\r\n"), 400),
            ("transfer-encoding: xchunked\r\n".to_owned(), 400),
            ("transfer-encoding: chunked, identity\r\n".to_owned(), 400),
            (format!("content-length : {length}\r\n"), 400),
            (format!("x: y\r\n content-length: {length}\r\n"), 400),
            ("x: y\0z\r\n".to_owned(), 400),
        ] {
            let mut line = Line::to(running.address).await.unwrap();
            let text = format!("POST /api/v1/customers HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n{hidden}");
            line.say(text.as_bytes()).await.unwrap();
            let heard = String::from_utf8(line.rest().await).unwrap();
            assert!(heard.starts_with(&format!("HTTP/1.1 {status}")), "{headers:?}: {heard}");
            assert_eq!(heard.matches("HTTP/1.1 ").count(), 1, "{headers:?}: {heard}");
        }
        // A length beside the chunks: the chunks count, and nothing after them is believed, whoever asks, heard out or not.
        let known = format!("content-type: application/json\r\nauthorization: Bearer {key}\r\n");
        for (asked, by) in [("POST /api/v1/customers", ""), ("POST /api/v1/customers", &known), ("GET /healthz", "")] {
            let mut line = Line::to(running.address).await.unwrap();
            let both = "content-length: 4\r\ntransfer-encoding: chunked\r\n";
            let text = format!("{asked} HTTP/1.1\r\nhost: localhost\r\n{by}{both}\r\n0\r\n\r\n{hidden}");
            line.say(text.as_bytes()).await.unwrap();
            let heard = String::from_utf8(line.rest().await).unwrap();
            assert_eq!(heard.matches("HTTP/1.1 ").count(), 1, "{asked}: {heard}");
        }
        // Chunks alone are a body like any other.
        let mut line = Line::to(running.address).await.unwrap();
        let chunks = "transfer-encoding: chunked\r\n\r\n0\r\n\r\n";
        line.say(format!("POST /api/v1/customers HTTP/1.1\r\nhost: localhost\r\n{known}{chunks}").as_bytes())
            .await
            .unwrap();
        assert_eq!(line.hear().await.unwrap().code(), "body.malformed");
        assert_eq!(line.ask("GET /healthz", "", "").await.status, 200, "the line goes on");
        running.stop().await;
    });
}

// proves: C13.c, D4
#[test]
fn a_browser_that_came_by_a_public_name_is_told_to_come_by_tls_alone() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let running = serve(&world.app, Limits::default()).await;
        // The head as it is heard here is in small letters.
        let year = Some("max-age=31536000; includesubdomains");
        let mut line = Line::to(running.address).await.unwrap();
        for (host, told) in [("billing.example:8443", year), ("localhost:8443", None), ("127.0.0.1", None)] {
            // A page, an answer of the API and a refusal of both.
            for path in ["/sign-in", "/healthz", "/api/v1/customers", "/nothing"] {
                line.say(format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes()).await.unwrap();
                let answer = line.hear().await.unwrap();
                assert_eq!(answer.header("strict-transport-security"), told, "{host}{path}: {answer:?}");
            }
        }
        running.stop().await;
    });
}
