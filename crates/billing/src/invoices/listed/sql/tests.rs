use super::*;
use crate::testing::a_business;
use crate::testing::plans::walked_along_their_index;
use coffer_store::STEPS;
use coffer_testkit::on_both_engines;

#[test]
fn lists_are_walked_along_their_index_and_sorted_by_nobody() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let none = None::<i64>;
        let newest_first = || values![[0xff_u8; 16], none, none, 50_i64];
        let mut longest_late_first = newest_first();
        longest_late_first.extend(values!["0001-01-01", "2026-01-01"]);
        let of_one = values![[0xff_u8; 16], none, [7_u8; 16], 50_i64];
        let walked = vec![
            (OVERDUE, longest_late_first, "invoice_standing_due"),
            (PAID, newest_first(), "invoice_standing_paid"),
            (OPEN, newest_first(), "invoice_standing_open"),
            (UNSENT, newest_first(), "invoice_standing_open"),
            (VOID, newest_first(), "invoice_standing_void"),
            (DRAFTS, newest_first(), "invoice_draft"),
            (OF_CUSTOMER, of_one, "invoice_of_customer"),
        ];
        walked_along_their_index(&test, &callers.owner(), walked).await;
    });
}
