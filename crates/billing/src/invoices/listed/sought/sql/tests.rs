use super::*;
use crate::testing::a_business;
use crate::testing::plans::walked_along_their_index;
use coffer_store::STEPS;
use coffer_testkit::on_both_engines;

#[test]
fn a_search_walks_each_list_and_the_invoices_of_whoever_asks_or_is_named_along_their_index() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let none = None::<i64>;
        let behind = |scope: Value| {
            let mut values = values![[0xff_u8; 16]];
            values.push(scope);
            values.extend(values![none, 51_i64]);
            values
        };
        let and = |mut first: Vec<Value>, then: Vec<Value>| {
            first.extend(then);
            first
        };
        let one = || behind([9_u8; 16].into());
        let anybody = || behind(Value::Null);
        let these = (0..AT_ONCE).map(|_| Value::from([7_u8; 16])).collect();
        let walked = vec![
            (NUMBERED, and(one(), values!["paid", [1_u8; 16], "%-0007%"]), "invoice_sought"),
            (OF, and(and(anybody(), values!["paid", [1_u8; 16]]), these), "invoice_of_customer"),
            (NEXT_SCOPE, values![[0_u8; 16]], "invoice_sought"),
            (ALL, and(one(), values![[1_u8; 16]]), "invoice_sought"),
            (DRAFTS, anybody(), "invoice_draft"),
            (OPEN, anybody(), "invoice_standing_open"),
            (UNSENT, anybody(), "invoice_standing_open"),
            (OVERDUE, and(anybody(), values!["0001-01-01", "2026-01-01"]), "invoice_standing_due"),
            (PAID, anybody(), "invoice_standing_paid"),
            (VOID, anybody(), "invoice_standing_void"),
        ];
        walked_along_their_index(&test, &callers.owner(), walked).await;
    });
}
