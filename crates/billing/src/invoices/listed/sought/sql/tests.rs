use super::*;
use crate::testing::a_business;
use crate::testing::plans::walked_along_their_index;
use coffer_store::STEPS;
use coffer_testkit::on_both_engines;

#[test]
fn a_search_walks_the_invoices_of_whoever_asks_or_is_named_the_newest_first_and_reads_none() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let none = None::<i64>;
        let behind = |scope: Value| {
            let mut values = values![[0xff_u8; 16]];
            values.push(scope);
            values.extend(values![none, 51_i64, "paid", "2026-01-01"]);
            values
        };
        let mut numbered = behind([9_u8; 16].into());
        numbered.extend(values!["%-0007%"]);
        let mut of = behind(Value::Null);
        of.extend((0..AT_ONCE).map(|_| Value::from([7_u8; 16])));
        let walked = vec![
            (NUMBERED, numbered, "invoice_sought"),
            (OF, of, "invoice_of_customer"),
            (NEXT_SCOPE, values![[0_u8; 16]], "invoice_sought"),
        ];
        walked_along_their_index(&test, &callers.owner(), walked).await;
    });
}
