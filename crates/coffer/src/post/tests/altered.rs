//! A letter that comes upon what was altered ends at once, and the next one does not wait for it.

use super::{Business, one};
use coffer_billing::delivery::letters::{ALTERED, SEND, State, end_given_up, of_invoice, shown};
use coffer_kernel::Refuse;
use coffer_kernel::{InvoiceId, TypedId};
use coffer_store::{STEPS, values};
use coffer_testkit::mail::{MailHouse, Settings, Tls};
use coffer_testkit::on_both_engines;
use coffer_testkit::past::past;
use std::time::Duration;

impl Business {
    /// Changes the rows of this invoice past the program.
    async fn behind(&self, sql: &'static str, invoice: InvoiceId) {
        let touched = past(&self.test.books, &self.callers.operator(), sql, values![invoice.bytes()]).await;
        assert!(touched.unwrap() > 0, "{sql}");
    }

    async fn waits(&self) -> bool {
        self.test.home.clock.advance_seconds(7 * 24 * 60 * 60);
        let claimed = self.test.books.claim(self.callers.business, SEND, Duration::from_secs(600), 1).await.unwrap();
        !claimed.is_empty()
    }
}

// proves: B4, C03.c
#[test]
fn a_letter_that_comes_upon_what_was_altered_is_tried_once_and_keeps_no_other_back() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let house = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
        let business = Business::new(test).await;
        business.through(house.port, &house.authority).await;
        for (sql, itself) in [
            ("UPDATE letter SET language = 'en' WHERE invoice = $1", true),
            ("UPDATE letter SET attempts = 0 - 1 WHERE invoice = $1", true),
            ("UPDATE invoice SET due_on = '2030-01-01' WHERE id = $1", false),
            ("UPDATE invoice_standing SET open_minor = 1 WHERE id = $1", false),
        ] {
            let (first, second) = (business.invoice("koch").await, business.invoice("vogel").await);
            business.send(first).await;
            business.test.home.clock.advance_seconds(1);
            business.send(second).await;
            business.behind(sql, first).await;
            let letter = business.after_a_round(second).await;
            assert_eq!(letter.state, State::HandedOver, "{sql}: it waits for nobody");
            let (clerk, books) = (business.callers.clerk(), &business.test.books);
            if itself {
                assert_eq!(of_invoice(books, &clerk, first).await.unwrap_err().code(), ALTERED, "{sql}");
                let shown = shown(books, &clerk, first).await.unwrap();
                assert_eq!((shown.letters.len(), shown.altered), (0, 1), "{sql}");
            } else if sql.contains("invoice_standing") {
                let letter = of_invoice(books, &clerk, first).await.unwrap().remove(0);
                assert_eq!((letter.state, letter.problem.as_deref()), (State::Stopped, Some(ALTERED)), "{sql}");
            }
            assert!(!business.waits().await, "{sql}: nothing tries it again");
        }
        let accepted = house.accepted().unwrap();
        assert!(accepted.len() == 4 && accepted.iter().all(|letter| letter.recipients == "vogel@example.org"));
    });
}

// proves: B4
#[test]
fn a_letter_whose_row_is_gone_keeps_no_other_back() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let house = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
        let business = Business::new(test).await;
        business.through(house.port, &house.authority).await;
        let (first, second) = (business.invoice("koch").await, business.invoice("vogel").await);
        business.send(first).await;
        business.test.home.clock.advance_seconds(1);
        business.send(second).await;
        business.behind("DELETE FROM letter WHERE invoice = $1", first).await;
        assert_eq!(business.after_a_round(second).await.state, State::HandedOver);
        assert_eq!(one(&house.accepted().unwrap()).recipients, "vogel@example.org");
        assert!(!business.waits().await, "nothing tries it again");
    });
}

// proves: B4
#[test]
fn a_letter_that_was_taken_on_after_it_was_given_up_is_not_sent_and_can_be_sent_anew() {
    on_both_engines(STEPS, coffer_billing::AGGREGATES, |test| async move {
        let house = MailHouse::start(Settings::with(Tls::StartTls)).unwrap();
        let business = Business::new(test).await;
        business.through(house.port, &house.authority).await;
        let acting = |of: coffer_kernel::BusinessId| coffer_testkit::Callers::of(of).operator();
        let (clerk, books) = (business.callers.clerk(), business.test.books.clone());
        let system = business.post.mint.system("delivery.post", business.callers.business);
        for swept in [true, false] {
            let invoice = business.invoice("vogel").await;
            business.send(invoice).await;
            // As a program of before writes it.
            business.behind("UPDATE letter SET digest = NULL WHERE invoice = $1", invoice).await;
            business.post.round().await.unwrap();
            assert!(!business.waits().await, "it was given up");
            assert_eq!(end_given_up(&books, &system).await.unwrap(), 0, "as long as it is altered it stays as it is");
            assert_eq!(books.mend(&acting, business.callers.business).await.unwrap().rows, 1);
            if swept {
                assert_eq!(end_given_up(&books, &system).await.unwrap(), 1);
                let letter = of_invoice(&books, &clerk, invoice).await.unwrap().remove(0);
                assert_eq!((letter.state, letter.problem.as_deref()), (State::Stopped, Some(ALTERED)));
            }
            business.send(invoice).await;
            assert_eq!(end_given_up(&books, &system).await.unwrap(), 0, "the new one is on its way");
            assert_eq!(business.after_a_round(invoice).await.state, State::HandedOver);
            assert_eq!(of_invoice(&books, &clerk, invoice).await.unwrap().len(), 2);
            assert!(business.is_whole().await);
        }
        assert_eq!(house.accepted().unwrap().len(), 2);
    });
}
