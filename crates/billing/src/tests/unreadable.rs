//! What does not even read any more: lists go on without it, and what rests on it is refused.

use super::rows::{Rows, some_rows};
use crate::insights::{ListCredits, ListDebts, ListOwers, WhoOwes, credits, debts, overview, owers, owing};
use crate::invoices::{self, ListInvoices, Listed};
use crate::ledger::{balances, trial_balance};
use crate::payments::{self, ListPayments};
use crate::testing::{an_invoice, behind};
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

fn code<T, R: Refuse>(done: Result<T, R>) -> Option<&'static str> {
    done.err().map(|refused| refused.code())
}

// proves: C03.c
#[test]
fn a_sum_over_what_does_not_read_is_refused_and_never_breaks() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let Rows { callers, customer, .. } = some_rows(&test).await;
        let (owner, books) = (callers.owner(), &test.books);
        let overview = async || code(overview(books, &owner).await);
        let debts = async || code(debts(books, &owner, ListDebts::default()).await);
        let owers = async || code(owers(books, &owner, ListOwers::default()).await);
        let owing = async || code(owing(books, &owner, WhoOwes { customers: [customer.id].into() }).await);
        let credits = async || code(credits(books, &owner, ListCredits::default()).await);
        let balances = async || code(balances(books, &owner).await);
        let all = async || [overview().await, debts().await, owing().await, owers().await];
        assert_eq!((all().await, credits().await, balances().await), ([None; 4], None, None));
        // A name of a currency or a day that is none; days alone say who owes since when.
        let altered = Some("row.altered");
        for table in ["invoice_standing", "journal_entry"] {
            behind(&test.home, &format!("CREATE TABLE whole AS SELECT id, currency FROM {table}"));
            behind(&test.home, &format!("UPDATE {table} SET currency = 'XX'"));
            if table == "invoice_standing" {
                assert_eq!(all().await, [altered, altered, altered, None]);
            } else {
                behind(&test.home, "UPDATE posting SET account = 'customer credit' WHERE minor < 0");
                assert_eq!((credits().await, balances().await), (altered, altered));
            }
            let back =
                format!("UPDATE {table} SET currency = (SELECT w.currency FROM whole w WHERE w.id = {table}.id)");
            behind(&test.home, &back);
            behind(&test.home, "DROP TABLE whole");
        }
        behind(&test.home, "UPDATE invoice_standing SET due_on = '1'");
        assert_eq!(all().await, [altered; 4]);
    });
}

// proves: C03.c
#[test]
fn a_sum_that_leaves_64_bits_is_refused_and_never_breaks() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let Rows { callers, customer, .. } = some_rows(&test).await;
        let (owner, books) = (callers.owner(), &test.books);
        // Two of one day, so that the sum leaves what each of them does not.
        for _ in 0..2 {
            an_invoice(&test, &callers.clerk(), &customer).await;
        }
        let overview = async || code(overview(books, &owner).await);
        let debts = async || code(debts(books, &owner, ListDebts::default()).await);
        let owing = async || code(owing(books, &owner, WhoOwes { customers: [customer.id].into() }).await);
        let balances = async || code(balances(books, &owner).await);
        let altered = Some("row.altered");
        assert_eq!([overview().await, debts().await, owing().await, balances().await], [None; 4]);
        for (table, column) in [("invoice", "net_total"), ("payment", "minor"), ("invoice_standing", "open_minor")] {
            behind(&test.home, &format!("CREATE TABLE whole AS SELECT id, {column} AS minor FROM {table}"));
            for much in ["9223372036854775807", "(-9223372036854775807 - 1)"] {
                let sums = table == "invoice_standing" && much.starts_with('9');
                behind(&test.home, &format!("UPDATE {table} SET {column} = {much}"));
                if table != "invoice_standing" || sums {
                    assert_eq!(overview().await, altered, "{table}.{column} = {much}");
                }
                if sums {
                    assert_eq!([debts().await, owing().await], [altered; 2]);
                }
            }
            let back = format!("UPDATE {table} SET {column} = (SELECT w.minor FROM whole w WHERE w.id = {table}.id)");
            behind(&test.home, &back);
            behind(&test.home, "DROP TABLE whole");
            assert_eq!(overview().await, None, "{table}.{column} is back");
        }
        behind(&test.home, "UPDATE posting SET minor = 9223372036854775807");
        assert_eq!(balances().await, altered);
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
