use super::*;
use crate::testing::a_business;
use crate::testing::plans::walked_along_their_index;
use coffer_store::STEPS;
use coffer_testkit::on_both_engines;

#[test]
fn the_list_is_walked_along_its_index_and_sorted_by_nobody() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let (none, last) = (None::<i64>, [0xff_u8; 16]);
        let page = || values![none, "9999-12-31", last, 50_i64];
        let of_customer = || page().into_iter().chain(values![last]).collect();
        let walked = vec![
            (LIST, page(), "payment_received"),
            (TAKEN_BACK, page(), "payment_taken_back"),
            (OF_CUSTOMER, of_customer(), "payment_of_customer"),
            (TAKEN_BACK_OF_CUSTOMER, of_customer(), "payment_"),
        ];
        walked_along_their_index(&test, &callers.owner(), walked).await;
    });
}
