#![allow(clippy::unwrap_used, reason = "tests")]

mod many;

use super::*;
use crate::delivery::{MarkSent, mark_sent};
use crate::invoices::queries::{Listed, list};
use crate::invoices::{IssueAtOnce, VoidInvoice, draft, issue_at_once, void};
use crate::payments::{Method, Particulars, RecordPayment, record};
use crate::testing::{a_business, a_customer, an_invoice, an_order};
use coffer_kernel::{Actor, Clock, Role};
use coffer_store::STEPS;
use coffer_testkit::{TestBooks, on_both_engines};

/// Two drafts, and thirteen that were issued: overdue, open, unsent, paid and void, of two customers.
async fn some_invoices(test: &TestBooks, clerk: &Actor, seller: &Actor) {
    let (vogel, nord) = (a_customer(test, clerk, "Bäckerei Vogel").await, a_customer(test, seller, "Nord").await);
    for number in 0..13_i64 {
        let mut order = an_order(if number % 3 == 0 { &nord } else { &vogel });
        let today = test.home.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        // Of what is late some fell due on one day, and later ones before earlier ones.
        order.content.due_on = today.checked_add(jiff::Span::new().days(5 + number * 7 % 4)).ok();
        let issued = issue_at_once(&test.books, clerk, None, IssueAtOnce(order)).await.unwrap();
        let invoice = issued.draft().id;
        test.home.clock.advance_seconds(1);
        match number {
            2 => drop(mark_sent(&test.books, clerk, MarkSent { invoice, sent_on: None }).await.unwrap()),
            4 | 6 => {
                let (amount, method) = ("119".to_owned(), Method::Cash);
                let particulars = Particulars::default();
                let paying = RecordPayment { invoice, amount, received_on: None, method, particulars };
                record(&test.books, clerk, None, paying).await.unwrap();
            }
            9 | 10 => drop(void(&test.books, clerk, VoidInvoice { invoice }).await.unwrap()),
            _ => {}
        }
    }
    test.home.clock.advance_seconds(10 * 24 * 60 * 60);
    for customer in [&vogel, &nord] {
        an_invoice(test, clerk, customer).await;
        draft(&test.books, clerk, None, an_order(customer)).await.unwrap();
        test.home.clock.advance_seconds(1);
    }
}

async fn pages(test: &TestBooks, actor: &Actor, mut query: ListInvoices) -> Vec<Row> {
    let mut all = Vec::new();
    loop {
        let page = list(&test.books, actor, query.clone()).await.unwrap();
        all.extend(page.rows);
        query.after = page.next;
        if query.after.is_none() {
            return all;
        }
    }
}

// proves: D8, C43.c
#[test]
fn what_a_search_finds_is_what_the_whole_list_has_of_it_in_its_order_however_few_they_are() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, seller) = (callers.clerk(), callers.staff(Role::SalesRepresentative, 1));
        some_invoices(&test, &clerk, &seller).await;
        let mut found = 0;
        for only in std::iter::once(None).chain(Listed::ALL.map(Some)) {
            let all = ListInvoices { only, ..ListInvoices::default() };
            for (text, name) in [
                ("-0001", "-"),
                ("000", "-"),
                ("1", "-"),
                ("nord", "Nord"),
                ("VOG", "Bäckerei Vogel"),
                ("%", "-"),
                ("n_rd", "-"),
                ("", ""),
            ] {
                for actor in [&clerk, &seller] {
                    let has = |row: &Row| {
                        let number = row.number.as_deref().is_some_and(|number| number.contains(text));
                        number || row.customer_name.as_deref().is_some_and(|called| called.contains(name))
                    };
                    let mut expected = pages(&test, actor, all.clone()).await;
                    expected.retain(has);
                    for most in [2, 50] {
                        let search = ListInvoices { search: Some(text.to_owned()), most: Some(most), ..all.clone() };
                        assert_eq!(pages(&test, actor, search).await, expected, "{only:?} {text} {most}");
                    }
                    found += expected.len();
                }
            }
        }
        assert!(found > 100, "{found}");
    });
}
