#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::invoices::{ListInvoices, Listed, VoidInvoice, list, see, void};
use crate::settlement::Settlement;
use crate::testing::{a_business, a_customer, an_invoice, behind};
use coffer_kernel::{InvoiceId, Refuse, Role};
use coffer_store::STEPS;
use coffer_testkit::{TestBooks, on_both_engines};

fn paying(invoice: InvoiceId, amount: &str) -> RecordPayment {
    RecordPayment {
        invoice,
        amount: amount.into(),
        received_on: None,
        method: Method::Transfer,
        particulars: Particulars::default(),
    }
}

async fn whole(test: &TestBooks, business: coffer_kernel::BusinessId) {
    let checked = test.books.check(business).await.unwrap();
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    let operator = coffer_testkit::Callers::of(business).operator();
    let wrong = crate::ledger::differences(&test.books, &operator).await.unwrap();
    assert!(wrong.is_empty(), "running sums differ from the postings: {wrong:?}");
}

// proves: A14, D11
#[test]
fn a_running_sum_that_was_altered_is_found() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let customer = a_customer(&test, &callers.clerk(), "Bäckerei Vogel").await;
        an_invoice(&test, &callers.clerk(), &customer).await;
        whole(&test, callers.business).await;
        behind(&test.home, "UPDATE rollup SET minor = minor + 1 WHERE part = 'bank EUR' OR part = 'revenue EUR'");
        let wrong = crate::ledger::differences(&test.books, &callers.operator()).await.unwrap();
        assert_eq!(wrong, ["revenue EUR"]);
    });
}

// proves: A4, A8, A14
#[test]
fn an_invoice_is_paid_in_parts_in_whole_and_beyond_and_back_again() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, manager) = (callers.clerk(), callers.staff(Role::FinanceManager, 1));
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        let stands = || async {
            let standing = see(&test.books, &clerk, invoice).await.unwrap().standing.unwrap();
            (standing.settlement(), standing.open.to_string(), standing.over.to_string())
        };
        assert_eq!(stands().await, (Settlement::Unpaid, "119.00 EUR".into(), "0.00 EUR".into()));
        record(&test.books, &clerk, None, paying(invoice, "19")).await.unwrap();
        assert_eq!(stands().await, (Settlement::PartlyPaid, "100.00 EUR".into(), "0.00 EUR".into()));
        let last = record(&test.books, &clerk, None, paying(invoice, "110.50")).await.unwrap();
        assert_eq!(last.allocations[0].amount.to_string(), "100.00 EUR", "no more counts than was open");
        assert_eq!(stands().await, (Settlement::Overpaid, "0.00 EUR".into(), "10.50 EUR".into()));
        let refused = reverse(&test.books, &clerk, ReversePayment { payment: last.id }).await.unwrap_err();
        assert_eq!(refused.code(), "role.not_allowed", "a clerk records and does not take back");
        reverse(&test.books, &manager, ReversePayment { payment: last.id }).await.unwrap();
        assert_eq!(stands().await, (Settlement::PartlyPaid, "100.00 EUR".into(), "0.00 EUR".into()));
        let again = reverse(&test.books, &manager, ReversePayment { payment: last.id }).await.unwrap_err();
        assert_eq!(again.code(), "payment.reversed");
        assert_eq!(of_invoice(&test.books, &clerk, invoice).await.unwrap().len(), 2, "nothing is removed");
        let balances = crate::ledger::balances(&test.books, &manager).await.unwrap();
        let balance =
            |account: &str| balances.iter().find(|known| known.account == account).map(|known| known.amount.minor());
        assert_eq!((balance("receivable"), balance("bank")), (Some(10_000), Some(1_900)));
        assert_eq!((balance("customer credit"), balance("revenue")), (Some(0), Some(-10_000)));
        assert_eq!(balances.iter().map(|known| known.amount.minor()).sum::<i64>(), 0, "the books balance");
        whole(&test, callers.business).await;
    });
}

// A surplus belongs to the invoice it was paid for: it is listed there, steps in when another payment is taken back,
// and is gone when it is taken back itself.
// proves: A8, C57.a
#[test]
fn a_surplus_is_found_steps_in_and_can_be_taken_back() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, manager) = (callers.clerk(), callers.staff(Role::FinanceManager, 1));
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        let stands = || async {
            let standing = see(&test.books, &clerk, invoice).await.unwrap().standing.unwrap();
            (standing.open.minor(), standing.over.minor())
        };
        record(&test.books, &clerk, None, paying(invoice, "119")).await.unwrap();
        let twice = record(&test.books, &clerk, None, paying(invoice, "119")).await.unwrap();
        assert_eq!(stands().await, (0, 11_900));
        assert_eq!(of_invoice(&test.books, &clerk, invoice).await.unwrap().len(), 2, "the surplus can be found");
        reverse(&test.books, &manager, ReversePayment { payment: twice.id }).await.unwrap();
        assert_eq!(stands().await, (0, 0), "taken back, it is no surplus any more");

        let second = an_invoice(&test, &clerk, &customer).await.draft.id;
        let first = record(&test.books, &clerk, None, paying(second, "60")).await.unwrap();
        let other = record(&test.books, &clerk, None, paying(second, "79")).await.unwrap();
        assert_eq!(other.surplus().minor(), 2_000);
        reverse(&test.books, &manager, ReversePayment { payment: first.id }).await.unwrap();
        let standing = see(&test.books, &clerk, second).await.unwrap().standing.unwrap();
        assert_eq!((standing.open.minor(), standing.over.minor()), (4_000, 0), "119 less the 79 that are there");
        assert_eq!(standing.settlement(), Settlement::PartlyPaid);
        let payments = of_invoice(&test.books, &clerk, second).await.unwrap();
        let other = payments.iter().find(|payment| payment.id == other.id).unwrap();
        assert_eq!(other.counted().minor(), 7_900, "all of it counts now");
        let balances = crate::ledger::balances(&test.books, &manager).await.unwrap();
        let balance = |account: &str| balances.iter().find(|known| known.account == account).unwrap().amount.minor();
        assert_eq!((balance("receivable"), balance("bank"), balance("customer credit")), (4_000, 19_800, 0));
        whole(&test, callers.business).await;
    });
}

// proves: A8, C59.d
#[test]
fn of_many_payments_at_once_no_more_counts_than_is_open() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        let all = (0..64).map(|_| record(&test.books, &clerk, None, paying(invoice, "10")));
        let paid = futures_util::future::join_all(all).await;
        let counted: i64 = paid
            .iter()
            .flat_map(|payment| &payment.as_ref().unwrap().allocations)
            .map(|part| part.amount.minor())
            .sum();
        assert_eq!(counted, 11_900);
        let standing = see(&test.books, &clerk, invoice).await.unwrap().standing.unwrap();
        assert_eq!((standing.open.minor(), standing.over.minor()), (0, 64_000 - 11_900));
        whole(&test, callers.business).await;
    });
}

// proves: A4
#[test]
fn only_what_reached_nobody_and_has_no_money_on_it_is_voided() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (clerk, manager) = (callers.clerk(), callers.staff(Role::FinanceManager, 1));
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let first = an_invoice(&test, &clerk, &customer).await.draft.id;
        let paid = record(&test.books, &clerk, None, paying(first, "19")).await.unwrap();
        let refused = void(&test.books, &clerk, VoidInvoice { invoice: first }).await.unwrap_err();
        assert_eq!(refused.code(), "invoice.paid_on");
        reverse(&test.books, &manager, ReversePayment { payment: paid.id }).await.unwrap();
        void(&test.books, &clerk, VoidInvoice { invoice: first }).await.unwrap();
        assert_eq!(void(&test.books, &clerk, VoidInvoice { invoice: first }).await.unwrap_err().code(), "invoice.void");
        let late = record(&test.books, &clerk, None, paying(first, "19")).await.unwrap_err();
        assert_eq!(late.code(), "payment.invoice_void");
        let balances = crate::ledger::balances(&test.books, &manager).await.unwrap();
        assert!(balances.iter().all(|balance| balance.amount.minor() == 0), "{balances:?}");
        let second = an_invoice(&test, &clerk, &customer).await;
        assert_eq!(second.number, 2, "the number of a void invoice stays taken");
        let voids = ListInvoices { only: Some(Listed::Void), ..ListInvoices::default() };
        let voids = list(&test.books, &clerk, voids).await.unwrap();
        assert_eq!(voids.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [first]);
        whole(&test, callers.business).await;
    });
}

#[test]
fn what_is_no_payment_is_refused_at_its_field() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let customer = a_customer(&test, &clerk, "Bäckerei Vogel").await;
        let invoice = an_invoice(&test, &clerk, &customer).await.draft.id;
        for amount in
            ["", "0", "-5", "1.234", "ten", "1e3", "99999999999999999999", "92233720368547758.07", "100000000000.01"]
        {
            let refused = record(&test.books, &clerk, None, paying(invoice, amount)).await.unwrap_err();
            assert_eq!(refused.code(), "payment.amount_unfit", "{amount}");
        }
        let tomorrow = test.books.world().clock.now().to_zoned(jiff::tz::TimeZone::UTC).date().tomorrow().unwrap();
        let early = RecordPayment { received_on: Some(tomorrow.tomorrow().unwrap()), ..paying(invoice, "1") };
        assert_eq!(record(&test.books, &clerk, None, early).await.unwrap_err().code(), "payment.in_the_future");
        let old = RecordPayment { received_on: Some("-009999-01-01".parse().unwrap()), ..paying(invoice, "1") };
        assert_eq!(record(&test.books, &clerk, None, old).await.unwrap_err().code(), "payment.long_ago");
        let card = Particulars { note: Some("4111 1111 1111 1111".into()), ..Particulars::default() };
        let card = RecordPayment { particulars: card, ..paying(invoice, "1") };
        assert_eq!(record(&test.books, &clerk, None, card).await.unwrap_err().code(), "text.card_number");
        let stranger = callers.staff(Role::SalesRepresentative, 9);
        assert_eq!(
            of_invoice(&test.books, &stranger, invoice).await,
            Err(coffer_store::Refused::NotFound),
            "out of reach"
        );
    });
}
