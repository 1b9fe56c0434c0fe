#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::invoices::sql::tests::plan;
use crate::testing::a_business;
use coffer_store::{Order, Refused, STEPS};
use coffer_testkit::on_both_engines;

struct Explain;

impl Order for Explain {
    const ACTION: Action = Action::ReadPayments;
}

/// The statements of the list, how many values each takes, and the index each walks along.
const WALKED: [(&str, usize, &str); 4] = [
    (LIST, 5, "payment_received"),
    (TAKEN_BACK, 5, "payment_taken_back"),
    (OF_CUSTOMER, 6, "payment_of_customer"),
    (TAKEN_BACK_OF_CUSTOMER, 6, "payment_"),
];

#[test]
fn the_list_is_walked_along_its_index_and_sorted_by_nobody() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let dialect = test.books.dialect();
        for (sql, count, index) in WALKED {
            let look = move |reading: &mut coffer_store::Snapshot<'_>, _: &Permit, _: &Explain| {
                let (none, last) = (None::<i64>, [0xff_u8; 16]);
                let mut values = values![reading.business().bytes(), none, "9999-12-31", last, 50_i64, last];
                values.truncate(count);
                Ok::<_, Refused>(plan(reading, dialect, sql, &values)?)
            };
            let plan = test.books.read(&callers.owner(), Explain, look).await.unwrap();
            assert!(plan.contains(index), "{index}: {plan}");
            let sorts = plan.to_lowercase();
            assert!(!sorts.contains("sort") && !sorts.contains("temp b-tree"), "{index}: {plan}");
        }
    });
}
