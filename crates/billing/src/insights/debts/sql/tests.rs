use super::*;
use crate::testing::a_business;
use crate::testing::plans::walked_along_their_index;
use coffer_store::STEPS;
use coffer_testkit::on_both_engines;

#[test]
fn debts_are_walked_along_their_index_and_sorted_by_nobody() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let page = values![None::<i64>, "2026-01-01", [0_u8; 16], "", 50_i64];
        let mut of_one = page.clone();
        of_one.extend(values![[7_u8; 16]]);
        let walked = vec![(DEBTS, page, "invoice_standing_owing"), (DEBTS_OF_ONE, of_one, "invoice_standing_owing")];
        walked_along_their_index(&test, &callers.owner(), walked).await;
    });
}
