#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::insights::{ListCredits, credits};
use crate::invoices::{IssueAtOnce, issue_at_once};
use crate::payments::{Method, Particulars, RecordPayment, record};
use crate::testing::{a_business, a_customer, an_invoice, an_order};
use coffer_kernel::{Refuse, Role};
use coffer_store::STEPS;
use coffer_testkit::{Callers, TestBooks, on_both_engines};

const DAY: i64 = 24 * 60 * 60;

/// Customers who owe since one day each, the first the longest, the last not late yet; who came last has owed the longest.
async fn debtors(test: &TestBooks, callers: &Callers) -> Vec<CustomerId> {
    let (mut debtors, mut customers) = (Vec::new(), Vec::new());
    for name in ["Fifth", "Fourth", "Third", "Second", "First"] {
        customers.push((name, a_customer(test, &callers.clerk(), name).await));
    }
    for (name, customer) in customers.into_iter().rev() {
        an_invoice(test, &callers.clerk(), &customer).await;
        // Whoever owes in two currencies is one customer.
        let mut order = an_order(&customer);
        order.content.currency = "CHF".parse().unwrap();
        issue_at_once(&test.books, &callers.clerk(), None, IssueAtOnce(order)).await.unwrap();
        debtors.push(customer.id);
        test.home.clock.advance_seconds(if name == "Fourth" { 20 * DAY } else { DAY });
    }
    debtors
}

async fn walked(test: &TestBooks, actor: &Actor, overdue: bool, most: u16) -> Vec<CustomerId> {
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let page = owers(&test.books, actor, ListOwers { overdue, after, most: Some(most) }).await.unwrap();
        assert!(page.rows.len() <= usize::from(most));
        seen.extend(page.rows.iter().map(|customer| customer.id));
        after = page.next;
        if after.is_none() {
            return seen;
        }
    }
}

// proves: A12
#[test]
fn whoever_owes_is_met_once_the_longest_owing_first_however_many_they_are() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let debtors = debtors(&test, &callers).await;
        for most in [1, 2, 4, 5, 100] {
            assert_eq!(walked(&test, &clerk, false, most).await, debtors, "{most} at a time");
            assert_eq!(walked(&test, &clerk, true, most).await, debtors[..4], "{most} at a time, those who are late");
        }
        let asked = WhoOwes { customers: debtors[1..3].iter().copied().collect() };
        let seen = owing(&test.books, &clerk, asked).await.unwrap();
        assert_eq!((seen.debts.len(), seen.owing, seen.overdue), (4, 5, 4), "two of two currencies each");
        let seller = callers.staff(Role::SalesRepresentative, 9);
        assert!(walked(&test, &seller, false, 2).await.is_empty(), "none of them is theirs");
        let asked = WhoOwes { customers: debtors.iter().copied().collect() };
        let none = owing(&test.books, &seller, asked).await.unwrap();
        assert_eq!((none.debts.len(), none.owing, none.overdue), (0, 0, 0));
        let first = owers(&test.books, &clerk, ListOwers { most: Some(1), ..ListOwers::default() }).await.unwrap();
        let carried = ListOwers { overdue: true, after: first.next, most: None };
        assert_eq!(owers(&test.books, &clerk, carried).await.unwrap_err().code(), "cursor.unfit");
    });
}

// proves: F1
#[test]
fn debts_and_credits_come_page_by_page_each_currency_for_itself() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        debtors(&test, &callers).await;
        for _ in 0..3 {
            let customer = a_customer(&test, &clerk, "Generous").await;
            let order = RecordPayment {
                invoice: an_invoice(&test, &clerk, &customer).await.draft.id,
                amount: "120".into(),
                received_on: None,
                method: Method::Cash,
                particulars: Particulars::default(),
            };
            record(&test.books, &clerk, None, order).await.unwrap();
        }
        let all = debts(&test.books, &clerk, ListDebts { most: Some(100), ..ListDebts::default() }).await.unwrap();
        assert_eq!((all.rows.len(), all.next), (10, None));
        let owed = credits(&test.books, &clerk, ListCredits::default()).await.unwrap().rows;
        assert_eq!(owed.iter().map(|credit| credit.amount.minor()).collect::<Vec<_>>(), [100; 3]);
        for most in [1, 3] {
            let (mut after, mut seen) = (None, Vec::new());
            loop {
                let query = ListDebts { after, most: Some(most), customer: None };
                let page = debts(&test.books, &clerk, query).await.unwrap();
                seen.extend(page.rows);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen, all.rows, "{most} at a time");
            let mut seen = Vec::new();
            loop {
                let query = ListCredits { after, most: Some(most), customer: None };
                let page = credits(&test.books, &clerk, query).await.unwrap();
                seen.extend(page.rows);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen, owed, "{most} at a time");
        }
    });
}

#[test]
fn what_an_invoice_takes_as_prepaid_is_taken_from_the_credit_and_makes_none_that_is_less_than_nothing() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let clerk = a_business(&test, 2).await.clerk();
        let prepaid = async |name: &str, over: &str| {
            let customer = a_customer(&test, &clerk, name).await;
            if !over.is_empty() {
                let order = RecordPayment {
                    invoice: an_invoice(&test, &clerk, &customer).await.draft.id,
                    amount: over.into(),
                    received_on: None,
                    method: Method::Cash,
                    particulars: Particulars::default(),
                };
                record(&test.books, &clerk, None, order).await.unwrap();
            }
            let mut order = an_order(&customer);
            order.content.prepaid = Some("1.00".into());
            issue_at_once(&test.books, &clerk, None, IssueAtOnce(order)).await.unwrap();
        };
        prepaid("Paid elsewhere before", "").await;
        prepaid("Used up", "120").await;
        prepaid("Something left", "122.50").await;
        let left = credits(&test.books, &clerk, ListCredits::default()).await.unwrap().rows;
        assert_eq!(left.iter().map(|credit| credit.amount.minor()).collect::<Vec<_>>(), [250]);
    });
}
