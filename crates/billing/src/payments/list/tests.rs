#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::payments::{Method, Particulars, RecordPayment, ReversePayment, record, reverse};
use crate::testing::{a_business, a_customer, an_invoice};
use coffer_kernel::{InvoiceId, Refuse, Role};
use coffer_store::STEPS;
use coffer_testkit::{TestBooks, on_both_engines};

async fn paid(test: &TestBooks, actor: &Actor, invoice: InvoiceId, amount: &str, day: &str) -> PaymentId {
    let order = RecordPayment {
        invoice,
        amount: amount.into(),
        received_on: Some(day.parse().unwrap()),
        method: Method::Transfer,
        particulars: Particulars { reference: Some(format!("of {day}")), note: None },
    };
    record(&test.books, actor, None, order).await.unwrap().id
}

/// The list page by page, in pages of this size.
async fn walked(test: &TestBooks, actor: &Actor, query: ListPayments, most: u16) -> Vec<Payment> {
    let (mut after, mut all) = (None, Vec::new());
    loop {
        let page = list(&test.books, actor, ListPayments { after, most: Some(most), ..query.clone() }).await.unwrap();
        assert!(page.rows.len() <= usize::from(most));
        all.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

fn ids(payments: &[Payment]) -> Vec<PaymentId> {
    payments.iter().map(|payment| payment.id).collect()
}

// proves: A8
#[test]
fn every_payment_is_met_once_the_newest_received_first_and_filters_keep_their_own() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, manager) = (callers.clerk(), callers.staff(Role::FinanceManager, 1));
        let (vogel, berg) =
            (a_customer(&test, &clerk, "Bäckerei Vogel").await, a_customer(&test, &clerk, "Berg").await);
        let first = an_invoice(&test, &clerk, &vogel).await.draft.id;
        let second = an_invoice(&test, &clerk, &berg).await.draft.id;
        let mut expected = Vec::new();
        // Of one day, several; recorded in another order than they came.
        for (invoice, day) in [(first, "2025-12-30"), (second, "2026-01-02"), (first, "2025-12-31")] {
            for _ in 0..2 {
                expected.push((day, paid(&test, &clerk, invoice, "10", day).await, invoice));
            }
        }
        reverse(&test.books, &manager, ReversePayment { payment: expected[0].1 }).await.unwrap();
        expected.sort_by(|left, right| (right.0, right.1).cmp(&(left.0, left.1)));
        let expected: Vec<PaymentId> = expected.into_iter().map(|(_, id, _)| id).collect();
        for most in [1, 2, 4, 6, 100] {
            let all = walked(&test, &clerk, ListPayments::default(), most).await;
            assert_eq!(ids(&all), expected, "in pages of {most}");
        }
        let all = walked(&test, &clerk, ListPayments::default(), 50).await;
        assert!(all.iter().all(|payment| payment.allocations.len() == 1), "{all:?}");
        let back = walked(&test, &clerk, ListPayments { only: Some(Taken::Back), ..ListPayments::default() }, 1).await;
        assert!(back.len() == 1 && back[0].reversed_on.is_some(), "{back:?}");
        let theirs = ListPayments { customer: Some(berg.id), ..ListPayments::default() };
        let theirs = walked(&test, &clerk, theirs, 1).await;
        assert_eq!((theirs.len(), theirs[0].customer, theirs[0].allocations[0].invoice), (2, berg.id, second));
    });
}

// proves: C42.b, C45.a
#[test]
fn a_list_reaches_no_further_than_its_reader_and_a_marker_fits_its_own_list_alone() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, seller) = (callers.clerk(), callers.staff(Role::SalesRepresentative, 9));
        for actor in [&clerk, &seller] {
            let customer = a_customer(&test, actor, "Bäckerei Vogel").await;
            let invoice = an_invoice(&test, actor, &customer).await.draft.id;
            paid(&test, &clerk, invoice, "10", "2026-01-02").await;
        }
        assert_eq!(walked(&test, &clerk, ListPayments::default(), 1).await.len(), 2);
        let own = walked(&test, &seller, ListPayments::default(), 1).await;
        assert_eq!(own.len(), 1, "their own customer's alone");
        let page = list(&test.books, &clerk, ListPayments { most: Some(1), ..ListPayments::default() }).await.unwrap();
        let elsewhere = ListPayments { only: Some(Taken::Back), after: page.next, ..ListPayments::default() };
        assert_eq!(list(&test.books, &clerk, elsewhere).await.unwrap_err().code(), "cursor.unfit");
        let stranger = callers.staff(Role::Administrator, 3);
        let refused = list(&test.books, &stranger, ListPayments::default()).await.unwrap_err();
        assert_eq!(refused.code(), "role.not_allowed");
    });
}
