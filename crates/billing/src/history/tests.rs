#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::invoices::{DeleteDraft, IssueAtOnce, delete, draft, get, issue_at_once};
use crate::testing::{a_business, a_customer, an_order};
use coffer_kernel::TypedId;
use coffer_store::{Outcome, Refuse, Refused, STEPS};
use coffer_testkit::on_both_engines;

// proves: A2, D10
#[test]
fn a_deleted_draft_is_gone_its_history_is_not_and_the_books_check() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Vogel").await;
        let drafted = draft(&test.books, &clerk, None, an_order(&customer)).await.unwrap();
        let order = |version| DeleteDraft { invoice: drafted.id(), version };
        let stale = delete(&test.books, &clerk, order(Some(9))).await.unwrap_err();
        assert_eq!(stale.code(), "stale");
        delete(&test.books, &clerk, order(Some(1))).await.unwrap();
        assert_eq!(get(&test.books, &clerk, drafted.id()).await, Err(Refused::NotFound));
        let issued = issue_at_once(&test.books, &clerk, None, IssueAtOnce(an_order(&customer))).await.unwrap();
        let kept = delete(&test.books, &clerk, DeleteDraft { invoice: issued.id(), version: None }).await.unwrap_err();
        assert_eq!(kept.code(), "invoice.not_a_draft");
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());

        let query = |after, most| ListHistory { about: Some(drafted.id().bytes()), after, most: Some(most) };
        let newest = list(&test.books, &callers.owner(), query(None, 1)).await.unwrap();
        assert_eq!((newest.rows[0].what.as_str(), newest.rows[0].out), ("invoice.draft_deleted", Outcome::Done));
        let older = list(&test.books, &callers.owner(), query(newest.next.clone(), 50)).await.unwrap();
        assert_eq!(older.rows.last().unwrap().what, "invoice.drafted");
        assert_eq!(older.next, None);
        let elsewhere = ListHistory { about: None, after: newest.next, most: None };
        assert_eq!(list(&test.books, &callers.owner(), elsewhere).await.unwrap_err().code(), "cursor.unfit");
        assert_eq!(list(&test.books, &clerk, ListHistory::default()).await.unwrap_err().code(), "role.not_allowed");
    });
}
