#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::{customers, invoices, settlement};
use coffer_store::Aggregate;

fn columns(of: &Aggregate) -> Vec<&'static str> {
    let select = of.root.select.strip_prefix("SELECT ").and_then(|rest| rest.split_once(" FROM "));
    select.unwrap().0.split(',').map(str::trim).collect()
}

#[test]
fn each_column_stands_where_it_is_looked_for() {
    let (invoice, standing) = (columns(&invoices::AGGREGATE), columns(&settlement::AGGREGATE));
    let named = [ID, OF_CUSTOMER, SCOPE, STATUS, NUMBER, ISSUED_ON, CURRENCY, AMOUNT_DUE].map(|place| invoice[place]);
    let names = ["id", "customer", "scope_id", "status", "number_text", "issued_on", "currency", "amount_due"];
    assert_eq!(named, names);
    assert_eq!([OF_INVOICE, DUE_ON].map(|place| standing[place]), ["id", "due_on"]);
}

#[test]
fn a_row_of_a_list_has_the_columns_of_each_in_the_order_of_its_own() {
    let parts = [
        ("i", INVOICE, &invoices::AGGREGATE),
        ("s", STANDING, &settlement::AGGREGATE),
        ("c", CUSTOMER, &customers::AGGREGATE),
    ];
    for statement in super::super::sql::STATEMENTS {
        let select = statement.strip_prefix("SELECT ").and_then(|rest| rest.split_once(" FROM ")).unwrap().0;
        let said: Vec<&str> = select.split(", ").collect();
        for (alias, (from, many), aggregate) in parts {
            let own = columns(aggregate);
            assert_eq!(many, own.len(), "{alias}");
            for (said, own) in said[from..].iter().zip(own) {
                // The content of an issued one is left where it is.
                let column = said
                    .strip_prefix("CASE WHEN s.id IS NULL THEN ")
                    .map_or(*said, |then| then.trim_end_matches(" END"));
                assert_eq!(column, format!("{alias}.{own}"));
            }
        }
        assert!(said[TAXES].starts_with("CASE WHEN s.id IS NULL THEN (SELECT string_agg("), "{}", said[TAXES]);
    }
}
