use super::*;
use crate::testing::a_business;
use crate::testing::plans::walked_along_their_index;
use coffer_store::STEPS;
use coffer_testkit::on_both_engines;

#[test]
fn sums_are_made_along_an_index_and_sorted_by_nobody() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let none = None::<i64>;
        let since = || values![none, "EUR", "2025-12-01"];
        let walked = vec![
            (BILLED, since(), "invoice_billed"),
            (BILLED, since(), "invoice_standing_void"),
            (OPEN, values![none], "invoice_standing_owed"),
        ];
        walked_along_their_index(&test, &callers.owner(), walked).await;
    });
}
