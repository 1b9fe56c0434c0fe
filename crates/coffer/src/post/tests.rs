#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

//! The post, with a real mail server and a real printer, on a clock of its own.

mod altered;

use super::Post;
use crate::testing::a_business;
use coffer_billing::customers::{AddCustomer, add};
use coffer_billing::delivery::letters::{Letter, SendInvoice, State, of_invoice, send};
use coffer_billing::delivery::settings::{MailSecurity, NewMail, Seen, SetUpDelivery, set_up};
use coffer_billing::invoices::{DraftInvoice, IssueAtOnce, Unfinished, issue_at_once};
use coffer_documents::Printer;
use coffer_kernel::{InvoiceId, Mint, Refuse};
use coffer_store::STEPS;
use coffer_testkit::mail::{Accepted, MailHouse, Settings, Tls};
use coffer_testkit::{Callers, TestBooks, on_both_engines};
use std::sync::{Arc, LazyLock};

static PRINTER: LazyLock<Arc<Printer>> = LazyLock::new(|| Arc::new(Printer::new().unwrap()));

struct Business {
    test: TestBooks,
    callers: Callers,
    post: Post,
}

/// What nobody but the reader of the document may see: words, amounts, addresses.
const CANARIES: [&str; 8] =
    ["Canary sign", "4711", "47.11", "47,11", "Canarystraße", "79219", "Canaryhausen", "DE89370400440532013000"];

impl Business {
    async fn new(test: TestBooks) -> Self {
        let particulars = serde_json::json!({ "name": "Atelier <eve@example.org>, Bcc: Nord", "vat_id": "DE318204977",
            "email": "studio@ateliernord.example", "street": "Canarystraße 1" });
        let callers = a_business(&test, particulars).await;
        let post = Post { books: test.books.clone(), mint: Mint::claim(), printer: Arc::clone(&PRINTER) };
        Self { test, callers, post }
    }

    /// Sends through this server from now on.
    async fn through(&self, port: u16, authority: &str) {
        let mail = NewMail {
            host: "localhost".into(),
            port,
            security: MailSecurity::StartTls,
            user: None,
            password: None,
            authority: Some(authority.to_owned()),
            sender: "billing@ateliernord.example".into(),
        };
        let public_url = Some("https://invoices.ateliernord.example".to_owned());
        let order = SetUpDelivery { version: None, public_url, mail: Some(mail), seen: Seen::Reached };
        set_up(&self.test.books, &self.callers.owner(), order).await.unwrap();
    }

    /// An issued invoice to somebody with this address.
    async fn invoice(&self, recipient: &str) -> InvoiceId {
        let clerk = self.callers.clerk();
        let party = serde_json::json!({ "name": "Bäckerei Vogel", "email": format!("{recipient}@example.org"),
            "street": "Canarystraße 3", "post_code": "79219", "city": "Canaryhausen" });
        let new =
            AddCustomer { party: serde_json::from_value(party).unwrap(), currency: None, language: Some("de".into()) };
        let customer = add(&self.test.books, &clerk, None, new).await.unwrap();
        let content = serde_json::json!({ "currency": "EUR", "note": "DE89370400440532013000", "lines": [
            { "name": "Canary sign", "quantity": "1", "net_price": "47.11", "category": "S", "rate": "19" }] });
        let order = DraftInvoice {
            customer: customer.id,
            content: serde_json::from_value(content).unwrap(),
            unfinished: Unfinished::default(),
        };
        issue_at_once(&self.test.books, &clerk, None, IssueAtOnce(order)).await.unwrap().id()
    }

    async fn send(&self, invoice: InvoiceId) {
        let order = SendInvoice { invoice, recipient: None, words: Some("Herzlichen Dank.\nAnna".into()) };
        send(&self.test.books, &self.callers.clerk(), None, order).await.unwrap();
    }

    /// The last letter about an invoice, after a round.
    async fn after_a_round(&self, invoice: InvoiceId) -> Letter {
        self.post.round().await.unwrap();
        of_invoice(&self.test.books, &self.callers.clerk(), invoice).await.unwrap().remove(0)
    }

    async fn is_whole(&self) -> bool {
        self.test.books.check(self.callers.business).await.unwrap().findings.is_empty()
    }
}

fn one(accepted: &[Accepted]) -> &Accepted {
    let [only] = accepted else { panic!("{accepted:?}") };
    only
}

// proves: B4, B5, C17.a, C17.d, D15
#[test]
fn a_letter_goes_out_once_and_carries_a_link_and_nothing_of_the_invoice() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let house = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
        let business = Business::new(test).await;
        business.through(house.port, &house.authority).await;
        let invoice = business.invoice("vogel").await;
        business.send(invoice).await;
        // Two workers at once: one of them has it.
        let other = business.post.clone();
        let (first, second) = futures_util::future::join(business.post.round(), other.round()).await;
        first.and(second).unwrap();
        assert_eq!(business.after_a_round(invoice).await.state, State::HandedOver);
        let accepted = house.accepted().unwrap();
        let letter = one(&accepted);
        assert_eq!(letter.recipients, "vogel@example.org");
        assert!(letter.header("From").unwrap().contains("billing@ateliernord.example"));
        assert!(letter.header("Reply-To").unwrap().contains("studio@ateliernord.example"));
        assert!(letter.header("Bcc").is_none(), "{}", letter.content);
        let text = letter.content.replace("=\r\n", "");
        assert!(text.contains("hat eine Rechnung f") && text.contains("Herzlichen Dank."), "in German: {text}");
        assert_eq!(text.matches("https://invoices.ateliernord.example/d/").count(), 2, "as text and as HTML: {text}");
        for canary in CANARIES {
            assert!(!text.contains(canary), "{canary}: {text}");
        }
        assert!(business.is_whole().await);
    });
}

// proves: B4, C17.a, C17.b
#[test]
fn without_proven_encryption_it_waits_and_leaves_once_there_is_some() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let bare = MailHouse::start(Settings::with(Tls::None)).unwrap();
        let impostor =
            MailHouse::start(Settings { name: "mail.example.org", ..Settings::with(Tls::StartTls) }).unwrap();
        let house = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
        let business = Business::new(test).await;
        business.through(bare.port, &bare.authority).await;
        let invoice = business.invoice("vogel").await;
        business.send(invoice).await;
        let letter = business.after_a_round(invoice).await;
        assert_eq!((letter.state, letter.problem.as_deref()), (State::Waiting, Some("mail.no_tls")));
        let down = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        for (port, authority, problem) in
            [(impostor.port, &impostor.authority, "mail.unproven"), (down, &house.authority, "mail.unreachable")]
        {
            business.through(port, authority).await;
            business.test.home.clock.advance_seconds(24 * 60 * 60);
            assert_eq!(business.after_a_round(invoice).await.problem.as_deref(), Some(problem));
        }
        assert!(bare.heard().is_empty() && impostor.heard().is_empty(), "nobody was told anything");
        business.through(house.port, &house.authority).await;
        assert_eq!(business.after_a_round(invoice).await.attempts, 3, "not before its time");
        business.test.home.clock.advance_seconds(24 * 60 * 60);
        let letter = business.after_a_round(invoice).await;
        assert_eq!((letter.state, letter.problem), (State::HandedOver, None));
        assert_eq!(house.accepted().unwrap().len(), 1);
        assert!(business.is_whole().await);
    });
}

// proves: B4
#[test]
fn what_a_server_says_of_a_recipient_is_for_now_or_for_good_and_shown_in_its_words() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let house = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
        let business = Business::new(test).await;
        business.through(house.port, &house.authority).await;
        let unknown = business.invoice("unknown").await;
        business.send(unknown).await;
        let letter = business.after_a_round(unknown).await;
        assert_eq!((letter.state, letter.reply), (State::Refused, Some(550)));
        assert!(letter.said.unwrap().contains("there is no unknown@example.org here"));

        let greylisted = business.invoice("greylisted").await;
        business.send(greylisted).await;
        let letter = business.after_a_round(greylisted).await;
        assert_eq!((letter.state, letter.reply), (State::Waiting, Some(451)));
        business.test.home.clock.advance_seconds(61);
        let letter = business.after_a_round(greylisted).await;
        assert_eq!((letter.state, letter.attempts, letter.said), (State::HandedOver, 2, None));
        assert!(business.is_whole().await);
    });
}

// proves: B4
#[test]
fn without_an_answer_it_was_perhaps_sent_and_once_more_it_is_known_as_the_same() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let house = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
        let business = Business::new(test).await;
        business.through(house.port, &house.authority).await;
        let invoice = business.invoice("vanishing").await;
        business.send(invoice).await;
        assert_eq!(business.after_a_round(invoice).await.state, State::PerhapsSent);
        business.test.home.clock.advance_seconds(7 * 24 * 60 * 60);
        assert_eq!(business.after_a_round(invoice).await.state, State::PerhapsSent, "nothing repeats it by itself");
        business.send(invoice).await;
        assert_eq!(business.after_a_round(invoice).await.state, State::HandedOver);
        let ids: Vec<_> = house.accepted().unwrap().iter().map(|letter| letter.header("Message-ID").unwrap()).collect();
        assert_eq!(ids.len(), 2);
        assert_eq!(ids.first(), ids.last());
        let nobody = SendInvoice { invoice, recipient: Some("nobody".into()), words: None };
        let refused = send(&business.test.books, &business.callers.clerk(), None, nobody).await.unwrap_err();
        assert_eq!(refused.code(), "recipient.unfit");
    });
}
