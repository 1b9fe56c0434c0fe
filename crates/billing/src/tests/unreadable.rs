//! What does not even read any more: lists go on without it, and what rests on it is refused.

use super::rows::{Rows, some_rows};
use crate::invoices::{self, ListInvoices, Listed};
use crate::ledger::trial_balance;
use crate::payments::{self, ListPayments};
use crate::testing::behind;
use coffer_kernel::Refuse;
use coffer_store::{Finding, STEPS};
use coffer_testkit::on_both_engines;

// proves: C03.c
#[test]
fn what_does_not_read_is_left_out_or_refused_and_never_breaks() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let Rows { callers, .. } = some_rows(&test).await;
        let owner = callers.owner();
        let listed = async |only| {
            let query = ListInvoices { only, ..ListInvoices::default() };
            invoices::list(&test.books, &owner, query).await.map(|page| page.rows.len()).map_err(|why| why.code())
        };
        let (before, drafts) = (listed(None).await.unwrap(), listed(Some(Listed::Drafts)).await.unwrap());
        assert!(before > drafts && drafts > 0, "{before} {drafts}");
        behind(&test.home, "UPDATE invoice SET currency = 'XX' WHERE status = 'draft'");
        assert_eq!(listed(None).await, Ok(before - drafts), "a currency that is none");
        behind(&test.home, "UPDATE invoice_standing SET due_on = 'soon'");
        assert_eq!(listed(Some(Listed::Open)).await, Err("row.altered"), "a day that is none");
        behind(&test.home, "UPDATE payment SET received_on = '0'");
        let paid = payments::list(&test.books, &owner, ListPayments::default()).await;
        assert_eq!(paid.map(|page| page.rows.len()).map_err(|why| why.code()), Err("row.altered"));
    });
}

// proves: A14
#[test]
fn a_trial_balance_that_does_not_balance_is_refused() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let Rows { callers, .. } = some_rows(&test).await;
        let owner = callers.owner();
        let sums = trial_balance(&test.books, &owner).await.unwrap();
        assert!(sums.len() > 2 && sums.iter().map(|balance| balance.amount.minor()).sum::<i64>() == 0, "{sums:?}");
        behind(&test.home, "UPDATE rollup SET minor = minor + 100 WHERE name = 'account' AND part = 'revenue EUR'");
        assert_eq!(trial_balance(&test.books, &owner).await.unwrap_err().code(), "row.altered");
    });
}

// proves: D11
#[test]
fn a_signed_head_that_is_none_is_a_finding_and_the_rest_is_looked_at() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let Rows { callers, .. } = some_rows(&test).await;
        test.books.sign_log(callers.business).await.unwrap();
        behind(&test.home, "UPDATE log_checkpoint SET note = 'x'");
        behind(&test.home, "UPDATE customer SET language = 'xx'");
        let found = test.books.check(callers.business).await.unwrap();
        assert!(found.findings.contains(&Finding::TreeDiffers { size: 0 }), "{:?}", found.findings);
        assert!(found.findings.iter().any(|finding| finding.to_string().contains("customer")), "{:?}", found.findings);
    });
}
