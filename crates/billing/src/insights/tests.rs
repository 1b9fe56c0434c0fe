#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::invoices::{ListInvoices, Listed, draft, list};
use crate::payments::{Method, Particulars, RecordPayment, record};
use crate::testing::{a_business, a_customer, an_invoice, an_order};
use coffer_kernel::Role;
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
            seen.extend(page.rows.iter().map(|row| row.customer_name.clone()));
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
