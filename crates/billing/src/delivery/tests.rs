#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::invoices::{VoidInvoice, draft, void};
use crate::settlement::Delivery;
use crate::testing::{a_business, a_customer, an_invoice, an_order};
use coffer_kernel::{Refuse, Role};
use coffer_store::STEPS;
use coffer_testkit::on_both_engines;

// proves: A4, B4
#[test]
fn what_was_handed_over_is_no_longer_voided() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        let auditor = callers.staff(Role::Auditor, 1);
        assert_eq!(
            mark_sent(&test.books, &auditor, MarkSent { invoice }).await.unwrap_err().code(),
            "role.not_allowed"
        );
        let standing = mark_sent(&test.books, &clerk, MarkSent { invoice }).await.unwrap();
        assert_eq!((standing.delivery, standing.delivered_on.is_some()), (Delivery::Sent, true));
        assert_eq!(mark_sent(&test.books, &clerk, MarkSent { invoice }).await.unwrap_err().code(), "invoice.sent");
        assert_eq!(void(&test.books, &clerk, VoidInvoice { invoice }).await.unwrap_err().code(), "invoice.delivered");
        let drafted = draft(&test.books, &clerk, None, an_order(&customer)).await.unwrap().id();
        assert_eq!(
            mark_sent(&test.books, &clerk, MarkSent { invoice: drafted }).await.unwrap_err().code(),
            "invoice.draft"
        );
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}
