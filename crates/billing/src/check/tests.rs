#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::invoices::{IssueAtOnce, VoidInvoice, issue_at_once, void};
use crate::payments::{Method, Particulars, RecordPayment, ReversePayment, record, reverse};
use crate::testing::{a_business, a_customer, an_invoice, an_order, behind};
use coffer_kernel::Role;
use coffer_store::STEPS;
use coffer_testkit::{Callers, TestBooks, on_both_engines};
use std::collections::BTreeSet;

fn paying(invoice: InvoiceId, amount: &str) -> RecordPayment {
    let (received_on, method, particulars) = (None, Method::Transfer, Particulars::default());
    RecordPayment { invoice, amount: amount.into(), received_on, method, particulars }
}

/// One of each: prepaid and rounded, void, part paid, overpaid, paid and taken back, a draft.
async fn a_life(test: &TestBooks, callers: &Callers) {
    let (clerk, manager) = (callers.clerk(), callers.staff(Role::FinanceManager, 1));
    let customer = a_customer(test, &clerk, "Bäckerei Vogel").await;
    let mut order = an_order(&customer);
    (order.content.prepaid, order.content.rounding) = (Some("19".into()), Some("0.05".into()));
    issue_at_once(&test.books, &clerk, None, IssueAtOnce(order.clone())).await.unwrap();
    crate::invoices::draft(&test.books, &clerk, None, order).await.unwrap();
    let invoice = an_invoice(test, &clerk, &customer).await.draft.id;
    void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap();
    for amounts in [["19", "1"], ["100", "40"], ["200", "7"]] {
        let invoice = an_invoice(test, &clerk, &customer).await.draft.id;
        let first = record(&test.books, &clerk, None, paying(invoice, amounts[0])).await.unwrap();
        record(&test.books, &clerk, None, paying(invoice, amounts[1])).await.unwrap();
        if amounts[0] == "100" {
            reverse(&test.books, &manager, ReversePayment { payment: first.id }).await.unwrap();
        }
    }
}

/// What is wrong, by kind.
async fn kinds(test: &TestBooks, callers: &Callers) -> BTreeSet<String> {
    let wrong = recompute(&test.books, &callers.operator()).await.unwrap();
    assert!(wrong.iter().all(|wrong| wrong.to_string().ends_with('.')));
    let kind = |wrong: &Wrong| format!("{wrong:?}").split(['(', ' ']).next().unwrap().to_owned();
    wrong.iter().map(kind).collect()
}

/// What is changed behind the program's back, how it is put right again, and what is found meanwhile.
const CHANGES: [(&str, &str, &[&str]); 9] = [
    ("UPDATE invoice SET number = 9 WHERE number = 3", "UPDATE invoice SET number = 3 WHERE number = 9", &["Numbers"]),
    ("UPDATE number_series SET value = value + 1", "UPDATE number_series SET value = value - 1", &["Numbers"]),
    (
        "UPDATE posting SET minor = minor + 1 WHERE account = 'revenue'",
        "UPDATE posting SET minor = minor - 1 WHERE account = 'revenue'",
        &["Books", "Unbalanced"],
    ),
    (
        "UPDATE invoice_standing SET open_minor = open_minor + 1, over_minor = over_minor + 1",
        "UPDATE invoice_standing SET open_minor = open_minor - 1, over_minor = over_minor - 1",
        &["Books", "Standing"],
    ),
    (
        "UPDATE payment_allocation SET minor = minor + 50000",
        "UPDATE payment_allocation SET minor = minor - 50000",
        &["Allocation", "Books", "Standing"],
    ),
    (
        "UPDATE payment SET minor = minor + 1 WHERE reversed_on IS NULL",
        "UPDATE payment SET minor = minor - 1 WHERE reversed_on IS NULL",
        &["Books", "Standing"],
    ),
    ("UPDATE invoice_tax SET taxable = taxable + 1", "UPDATE invoice_tax SET taxable = taxable - 1", &["Sums"]),
    (
        "UPDATE invoice SET number_text = 'AN-1' WHERE number = 1",
        "UPDATE invoice SET number_text = 'AN-2026-0001' WHERE number = 1",
        &["Hash"],
    ),
    (
        "UPDATE invoice SET charges = charges + 1, lines_net = lines_net + 1 WHERE status = 'draft'",
        "UPDATE invoice SET charges = charges - 1, lines_net = lines_net - 1 WHERE status = 'draft'",
        &["Sums"],
    ),
];

// proves: A14, D11
#[test]
fn what_is_kept_and_is_not_what_it_comes_from_is_named() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        assert_eq!(kinds(&test, &callers).await, BTreeSet::new(), "nothing yet");
        a_life(&test, &callers).await;
        assert_eq!(kinds(&test, &callers).await, BTreeSet::new(), "a life that went well");
        for (change, back, found) in CHANGES {
            behind(&test.home, change);
            let found: BTreeSet<String> = found.iter().map(|kind| (*kind).to_owned()).collect();
            assert_eq!(kinds(&test, &callers).await, found, "{change}");
            behind(&test.home, back);
            assert_eq!(kinds(&test, &callers).await, BTreeSet::new(), "{back}");
        }
        behind(&test.home, "DELETE FROM invoice_standing WHERE due_minor = 10005");
        assert_eq!(kinds(&test, &callers).await, BTreeSet::from(["Standing".to_owned()]));
    });
}
