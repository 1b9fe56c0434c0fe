#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::*;
use coffer_kernel::Timestamp;
use coffer_keys::Secret;
use coffer_testkit::mail::{MailHouse, RawServer, Settings, Tls, certificate};
use std::time::Duration;

fn about<'a>(language: &'a str, seller: &'a str) -> About<'a> {
    About { language, seller, number: "AN-2026-0001", link: "https://pay.example/d/cdl_secret", words: None }
}

/// What became of a letter, without the server's words.
fn told(outcome: Result<(), NotSent>) -> (bool, Problem, Option<u16>) {
    let refused = outcome.unwrap_err();
    (refused.for_good, refused.problem, refused.reply)
}

fn letter(recipient: &str) -> Letter {
    let notice = invoice_notice(about("de", "Bäckerei Größenwahn"));
    Letter {
        id: "dlv_01kak9j2w8e0b9z3v1m4x7q5tn".into(),
        sender_name: "Bäckerei Größenwahn".into(),
        sender: "billing@ateliernord.example".into(),
        reply_to: None,
        recipient: format!("{recipient}@example.org"),
        subject: notice.subject,
        text: notice.text,
        html: notice.html,
        at: Timestamp::from_second(1_795_262_400).unwrap(),
    }
}

fn to(house: &MailHouse, security: Security) -> MailServer {
    let authority = Some(house.authority.clone());
    MailServer { host: "localhost".into(), port: house.port, security, sign_in: None, authority, patience: PATIENCE }
}

fn known(user: &str, password: &str) -> Option<SignIn> {
    Some(SignIn { user: user.into(), password: Secret::new(password.into()) })
}

// proves: B4, C17.a
#[tokio::test]
async fn a_letter_arrives_under_either_tls() {
    for (tls, security) in [(Tls::StartTls, Security::StartTls), (Tls::Implicit, Security::Implicit)] {
        let house = MailHouse::start(Settings::with(tls)).unwrap();
        knock(&to(&house, security), "billing@ateliernord.example").await.unwrap();
        assert_eq!(house.heard(), ["MAIL billing@ateliernord.example"], "knocking sends nothing");
        assert!(house.accepted().unwrap().is_empty());
        send(&to(&house, security), &letter("vogel")).await.unwrap();
        let accepted = house.accepted().unwrap();
        let [only] = accepted.as_slice() else { panic!("{accepted:?}") };
        assert_eq!(
            (only.sender.as_str(), only.recipients.as_str()),
            ("billing@ateliernord.example", "vogel@example.org")
        );
        assert_eq!(only.header("Message-ID").unwrap(), "<dlv_01kak9j2w8e0b9z3v1m4x7q5tn@ateliernord.example>");
        assert_eq!(only.header("Date").unwrap(), "Sat, 21 Nov 2026 12:00:00 +0000");
        assert_eq!(only.header("To").unwrap(), "vogel@example.org");
    }
}

// proves: C17.b
#[tokio::test]
async fn a_server_without_tls_hears_a_hello_and_nothing_else() {
    let house = MailHouse::start(Settings::with(Tls::None)).unwrap();
    let server = MailServer { sign_in: known("nord", "geheim"), ..to(&house, Security::StartTls) };
    assert_eq!(send(&server, &letter("vogel")).await, Err(NotSent::later(Problem::NoTls)));
    assert!(house.heard().is_empty(), "{:?}", house.heard());

    // Offers sign-in in the clear, and would take everything.
    let raw =
        RawServer::saying(&["220 hello\r\n", "250-hello\r\n250 AUTH PLAIN LOGIN\r\n", "235 in\r\n", "250 ok\r\n"]);
    let raw = raw.unwrap();
    let server = MailServer { port: raw.port, ..server };
    assert_eq!(send(&server, &letter("vogel")).await, Err(NotSent::later(Problem::NoTls)));
    assert_eq!(raw.heard(), b"EHLO ateliernord.example\r\n");

    // Offers TLS and then says no.
    let raw = RawServer::saying(&["220 hello\r\n", "250 STARTTLS\r\n", "454 not today\r\n", "250 ok\r\n"]).unwrap();
    let server = MailServer { port: raw.port, ..server };
    assert_eq!(told(send(&server, &letter("vogel")).await), (false, Problem::NoTls, Some(454)));
    assert_eq!(raw.heard(), b"EHLO ateliernord.example\r\nSTARTTLS\r\n");

    // In the clear where TLS should begin at once: it hears a TLS hello, which names nobody but itself.
    let raw = RawServer::saying(&["220 hello\r\n"]).unwrap();
    let server = MailServer { port: raw.port, security: Security::Implicit, ..server };
    assert_eq!(send(&server, &letter("vogel")).await, Err(NotSent::later(Problem::Unproven)));
    let heard = raw.heard();
    for canary in ["vogel", "ateliernord", "AN-2026", "nord", "geheim"] {
        assert!(!heard.windows(canary.len()).any(|window| window == canary.as_bytes()), "{canary}");
    }
}

// proves: C17.c
#[tokio::test]
async fn what_is_said_before_tls_is_not_believed_under_it() {
    // The man in the middle appends replies to the last line in the clear, to be read as if they came under TLS.
    let script = &["220 hello\r\n", "250-hello\r\n250 STARTTLS\r\n", "220 go\r\n250-hello\r\n250 AUTH PLAIN\r\n"];
    let raw = RawServer::saying(script).unwrap();
    let house = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
    let server = MailServer { port: raw.port, sign_in: known("nord", "geheim"), ..to(&house, Security::StartTls) };
    assert_eq!(send(&server, &letter("vogel")).await, Err(NotSent::later(Problem::Unclear)));
    assert_eq!(raw.heard(), b"EHLO ateliernord.example\r\nSTARTTLS\r\n");
}

// proves: C17.a
#[tokio::test]
async fn a_server_that_cannot_prove_its_name_gets_nothing() {
    let other = certificate("localhost").unwrap().authority;
    for (tls, security) in [(Tls::StartTls, Security::StartTls), (Tls::Implicit, Security::Implicit)] {
        let impostor = MailHouse::start(Settings { name: "mail.example.org", ..Settings::with(tls) }).unwrap();
        let house = MailHouse::start(Settings::with(tls)).unwrap();
        let servers = [
            to(&impostor, security),
            MailServer { authority: Some(other.clone()), ..to(&house, security) },
            MailServer { authority: None, ..to(&house, security) },
        ];
        for server in servers {
            assert_eq!(send(&server, &letter("vogel")).await, Err(NotSent::later(Problem::Unproven)));
        }
        assert!(impostor.heard().is_empty() && house.heard().is_empty());
    }
}

#[tokio::test]
async fn a_refusal_is_for_now_or_for_good() {
    let house = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
    let server = to(&house, Security::StartTls);
    let expected = [
        ("greylisted", Problem::Recipient, 451, false),
        ("full", Problem::Recipient, 452, false),
        ("unknown", Problem::Recipient, 550, true),
        ("spam", Problem::Content, 554, true),
    ];
    for (recipient, problem, reply, for_good) in expected {
        let refused = send(&server, &letter(recipient)).await.unwrap_err();
        let printed = format!("{refused} {refused:?} {}", refused.problem.code());
        assert!(!printed.contains(recipient) && !printed.contains("example.org"), "its words stay sealed: {printed}");
        assert!(refused.said.words().contains(recipient), "and are there for who may see them: {refused:?}");
        assert_eq!(told(Err(refused)), (for_good, problem, Some(reply)), "{recipient}");
    }
    send(&server, &letter("greylisted")).await.unwrap();
    let forged = Letter { sender: "forged@example.org".into(), ..letter("vogel") };
    // Our own sender is our own mistake: it can be mended while the letter waits.
    assert_eq!(told(send(&server, &forged).await), (false, Problem::Sender, Some(553)));
}

#[tokio::test]
async fn name_and_password_are_for_the_server_that_proved_itself() {
    let settings = Settings { sign_in: Some(("nord", "geheim")), ..Settings::with(Tls::StartTls) };
    let house = MailHouse::start(settings).unwrap();
    let server = |password: &str| MailServer { sign_in: known("nord", password), ..to(&house, Security::StartTls) };
    assert_eq!(told(send(&server("falsch"), &letter("vogel")).await), (false, Problem::SignIn, Some(535)));
    knock(&server("geheim"), "billing@ateliernord.example").await.unwrap();
    send(&server("geheim"), &letter("vogel")).await.unwrap();
    assert_eq!(house.accepted().unwrap().len(), 1);
    // A server that knows nobody gets no letter from somebody who wants to be known.
    let open = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
    let server = MailServer { sign_in: known("nord", "geheim"), ..to(&open, Security::StartTls) };
    assert_eq!(send(&server, &letter("vogel")).await.unwrap_err().problem, Problem::SignIn);
    assert!(open.heard().is_empty());
}

#[tokio::test]
async fn a_letter_without_an_answer_counts_as_not_sent_and_is_known_the_second_time() {
    let house = MailHouse::start(Settings::with(Tls::Implicit)).unwrap();
    let server = to(&house, Security::Implicit);
    assert_eq!(send(&server, &letter("vanishing")).await, Err(NotSent::later(Problem::Unanswered)));
    send(&server, &letter("vanishing")).await.unwrap();
    let ids: Vec<_> = house.accepted().unwrap().iter().map(|letter| letter.header("Message-ID")).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids.first(), ids.last());
}

#[tokio::test]
async fn nobody_there_and_nobody_answering() {
    let gone = RawServer::saying(&[]).unwrap();
    let server = MailServer {
        host: "localhost".into(),
        port: gone.port,
        security: Security::StartTls,
        sign_in: None,
        authority: None,
        patience: Duration::ZERO,
    };
    assert_eq!(send(&server, &letter("vogel")).await, Err(NotSent::later(Problem::Silent)));
    let busy = RawServer::saying(&["421 too many of you\r\n"]).unwrap();
    let server = MailServer { port: busy.port, patience: PATIENCE, ..server };
    assert_eq!(told(send(&server, &letter("vogel")).await), (false, Problem::Unreachable, Some(421)));
    let unfit = MailServer { host: "not a name".into(), patience: PATIENCE, ..server };
    assert_eq!(send(&unfit, &letter("vogel")).await, Err(NotSent::later(Problem::Settings)));
}

// proves: B5, C17.d
#[tokio::test]
async fn a_mail_says_whose_invoice_its_number_and_where_and_no_more() {
    let house = MailHouse::start(Settings::with(Tls::Implicit)).unwrap();
    let Notice { subject, text, html } = invoice_notice(about("en-GB", "Atelier Nord"));
    let reply_to = Some("studio@ateliernord.example".to_owned());
    let plain = Letter { subject, text, html, reply_to, sender_name: "Atelier Nord".into(), ..letter("vogel") };
    send(&to(&house, Security::Implicit), &plain).await.unwrap();
    let accepted = house.accepted().unwrap();
    let content = &accepted.first().unwrap().content;
    let (head, body) = content.split_once("\r\n\r\n").unwrap();
    let is_name = |line: &&str| !line.starts_with([' ', '\t']);
    let lines = head.lines().filter(is_name).filter_map(|line| line.split_once(':'));
    let mut names: Vec<&str> = lines.map(|(name, _)| name).collect();
    names.sort_unstable();
    // What the receiving server adds is its own.
    names.retain(|name| !name.starts_with("X-"));
    assert_eq!(names, ["Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Reply-To", "Subject", "To"]);
    let parts: Vec<&str> = body.split("--=dlv_").collect();
    let [_, text, html, end] = parts.as_slice() else { panic!("{body}") };
    assert!(end.trim_end().ends_with("--"), "{end}");
    let said = |part: &str| part.split_once("\r\n\r\n").unwrap().1.trim_end().to_owned();
    assert_eq!(
        said(text),
        "Atelier Nord has an invoice for you: AN-2026-0001.\r\n\r\nSee it and download it here:\r\n\
         https://pay.example/d/cdl_secret\r\n\r\nThe link is for you alone. Please do not pass it on."
    );
    // As a mail program reads it (quoted-printable).
    let html = said(html).replace("=\r\n", "").replace("=3D", "=");
    assert!(html.contains("<a href=\"https://pay.example/d/cdl_secret\">"), "{html}");
    assert!(!html.contains("src=") && !html.contains("<link") && html.matches("http").count() == 1, "{html}");
}

// proves: B4, C17.e
#[tokio::test]
async fn knocking_tells_which_step_a_server_does_not_pass() {
    let settings = Settings { sign_in: Some(("nord", "geheim")), ..Settings::with(Tls::StartTls) };
    let house = MailHouse::start(settings).unwrap();
    let good = |password: &str| MailServer { sign_in: known("nord", password), ..to(&house, Security::StartTls) };
    let step = async |server: MailServer, sender: &str| knock(&server, sender).await.map_err(|stuck| stuck.step);
    let ours = "billing@ateliernord.example";
    assert_eq!(step(good("geheim"), ours).await, Ok(()));
    assert_eq!(step(MailServer { host: "not a name".into(), ..good("geheim") }, ours).await, Err(Step::Find));
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(step(MailServer { port: closed, ..good("geheim") }, ours).await, Err(Step::Connect));
    assert_eq!(step(MailServer { authority: None, ..good("geheim") }, ours).await, Err(Step::Encrypt));
    assert_eq!(step(good("falsch"), ours).await, Err(Step::SignIn));
    assert_eq!(step(good("geheim"), "forged@example.org").await, Err(Step::Sender));
    assert!(house.accepted().unwrap().is_empty());
}
