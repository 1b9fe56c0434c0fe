#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::delivery::{MarkSent, mark_sent};
use crate::invoices::{IssueAtOnce, ListInvoices, Listed, draft, issue_at_once, list, pressing};
use crate::payments::{Method, Particulars, RecordPayment, record};
use crate::testing::{a_business, a_customer, an_invoice, an_order};
use coffer_kernel::{Clock, Role};
use coffer_store::{Refuse, STEPS};
use coffer_testkit::on_both_engines;

// proves: A12, A13
#[test]
fn the_overview_says_what_is_owed_late_and_expected_and_lists_agree_with_it() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let first = an_invoice(&test, &clerk, &customer).await.draft.id;
        test.home.clock.advance_seconds(20 * 24 * 60 * 60);
        an_invoice(&test, &clerk, &customer).await;
        draft(&test.books, &clerk, None, an_order(&customer)).await.unwrap();
        let paying = RecordPayment {
            invoice: first,
            amount: "19".into(),
            received_on: None,
            method: Method::Cash,
            particulars: Particulars::default(),
        };
        record(&test.books, &clerk, None, paying).await.unwrap();
        let seen = overview(&test.books, &clerk).await.unwrap();
        let owed = &seen.owed[0];
        assert_eq!((owed.open.to_string(), owed.open_count), ("219.00 EUR".into(), 2));
        assert_eq!((owed.overdue.to_string(), owed.overdue_count), ("100.00 EUR".into(), 1));
        assert_eq!(owed.overdue_since, Some(seen.today.checked_sub(jiff::Span::new().days(6)).unwrap()));
        assert_eq!(owed.expected().to_string(), "119.00 EUR");
        let weeks: Vec<(i32, i64)> = owed.weeks.iter().map(|week| (week.offset, week.amount.minor())).collect();
        assert_eq!(weeks, [(-1, 10_000), (2, 11_900)], "six days late, fourteen days to go");
        assert_eq!((seen.drafts, seen.issued, seen.months.len()), (1, 2, 12));
        assert_eq!(seen.months.iter().map(|month| month.billed.minor()).sum::<i64>(), 20_000);
        assert_eq!(seen.months.iter().map(|month| month.paid.minor()).sum::<i64>(), 1_900);
        for (only, count) in [(Listed::Drafts, 1), (Listed::Open, 2), (Listed::Overdue, 1), (Listed::Paid, 0)] {
            let page =
                list(&test.books, &clerk, ListInvoices { only: Some(only), ..ListInvoices::default() }).await.unwrap();
            assert_eq!(page.rows.len(), count, "{only:?}");
        }
        let waits = Waiting { drafts: 1, open: 2, overdue: 1, unsent: 2, late_unsent: 1 };
        assert_eq!(
            waiting(&test.books, &clerk).await.unwrap(),
            waits,
            "neither was ever sent, and one of them is late"
        );
        mark_sent(&test.books, &clerk, MarkSent { invoice: first, sent_on: None }).await.unwrap();
        let waits = Waiting { unsent: 1, late_unsent: 0, ..waits };
        assert_eq!(waiting(&test.books, &clerk).await.unwrap(), waits);
    });
}

// proves: A12
#[test]
fn who_owes_and_what_presses_most_is_said_each_currency_and_scope_for_itself() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, seller) = (callers.clerk(), callers.staff(Role::SalesRepresentative, 1));
        let (first, second) = (a_customer(&test, &clerk, "First").await, a_customer(&test, &seller, "Second").await);
        let old = an_invoice(&test, &seller, &second).await.draft.id;
        test.home.clock.advance_seconds(5 * 24 * 60 * 60);
        let mut in_francs = an_order(&first);
        in_francs.content.currency = "CHF".parse().unwrap();
        issue_at_once(&test.books, &clerk, None, IssueAtOnce(in_francs)).await.unwrap();
        an_invoice(&test, &clerk, &first).await;
        test.home.clock.advance_seconds(10 * 24 * 60 * 60);
        let late = pressing(&test.books, &clerk, 5).await.unwrap();
        assert_eq!(late.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [old], "one is late, two are not yet");
        test.home.clock.advance_seconds(10 * 24 * 60 * 60);
        let late = pressing(&test.books, &clerk, 2).await.unwrap();
        assert_eq!((late.rows.len(), late.rows[0].id), (2, old), "the oldest first, and no more than asked for");
        let shown = |debts: Vec<Debt>| {
            let mut shown: Vec<String> = debts.iter().map(|debt| format!("{} {}", debt.open, debt.overdue)).collect();
            shown.sort();
            shown
        };
        let of = async |customer| {
            let query = ListDebts { customer, ..ListDebts::default() };
            debts(&test.books, &clerk, query).await.map(|page| page.rows)
        };
        assert_eq!(shown(of(Some(first.id)).await.unwrap()), ["119.00 CHF 119.00 CHF", "119.00 EUR 119.00 EUR"]);
        assert_eq!(of(None).await.unwrap().len(), 3);
        let own = debts(&test.books, &seller, ListDebts::default()).await.unwrap().rows;
        assert_eq!(own.iter().map(|debt| debt.customer).collect::<Vec<_>>(), [second.id], "never beyond the scope");
        let waits = Waiting { drafts: 0, open: 1, overdue: 1, unsent: 1, late_unsent: 1 };
        assert_eq!(waiting(&test.books, &seller).await.unwrap(), waits);
        assert_eq!(pressing(&test.books, &seller, 5).await.unwrap().rows.len(), 1);
    });
}

// proves: D8, C43.c
#[test]
fn lists_go_on_page_by_page_and_never_beyond_the_scope() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, seller) = (callers.clerk(), callers.staff(Role::SalesRepresentative, 1));
        let (theirs, own) = (a_customer(&test, &clerk, "Theirs").await, a_customer(&test, &seller, "Own").await);
        for _ in 0..3 {
            an_invoice(&test, &clerk, &theirs).await;
            an_invoice(&test, &seller, &own).await;
        }
        let mut query = ListInvoices { most: Some(2), ..ListInvoices::default() };
        let mut seen = Vec::new();
        loop {
            let page = list(&test.books, &seller, query.clone()).await.unwrap();
            seen.extend(page.rows.iter().filter_map(|row| row.customer_name.clone()));
            let Some(next) = page.next else { break };
            query.after = Some(next);
        }
        assert_eq!(seen, ["Own", "Own", "Own"]);
        let carried = ListInvoices { only: Some(Listed::Open), ..query.clone() };
        assert_eq!(list(&test.books, &seller, carried).await.unwrap_err().code(), "cursor.unfit", "of another list");
        let made_up = ListInvoices { after: Some("AAAA".into()), ..ListInvoices::default() };
        assert_eq!(list(&test.books, &clerk, made_up).await.unwrap_err().code(), "cursor.unfit");
        assert_eq!(overview(&test.books, &seller).await.unwrap().owed[0].open_count, 3);
    });
}

// proves: D8
#[test]
fn what_is_overdue_comes_the_longest_overdue_first_page_by_page() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let mut due = Vec::new();
        for days in [3, 1, 2, 1, 40] {
            let mut order = an_order(&customer);
            let due_on = test.home.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
            order.content.due_on = Some(due_on.checked_add(jiff::Span::new().days(days)).unwrap());
            issue_at_once(&test.books, &clerk, None, IssueAtOnce(order)).await.unwrap();
            test.home.clock.advance_seconds(1);
            let newest = list(&test.books, &clerk, ListInvoices::default()).await.unwrap();
            due.push((due_on.checked_add(jiff::Span::new().days(days)).unwrap(), newest.rows[0].id));
        }
        due.pop();
        due.sort();
        test.home.clock.advance_seconds(10 * 24 * 60 * 60);
        for most in [1, 2, 3, 4, 5] {
            let mut query = ListInvoices { only: Some(Listed::Overdue), most: Some(most), ..ListInvoices::default() };
            let mut seen = Vec::new();
            loop {
                let page = list(&test.books, &clerk, query.clone()).await.unwrap();
                seen.extend(page.rows.iter().map(|row| (row.standing.as_ref().unwrap().due_on, row.id)));
                let Some(next) = page.next else { break };
                query.after = Some(next);
            }
            assert_eq!(seen, due, "{most} at a time; what is not late yet is not among them");
        }
    });
}
