#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods, reason = "tests")]
//! Whoever writes the database is shown nothing of what they altered, and nothing is built on it.

mod languages;
mod lists;
mod mended;
mod money_lists;
mod names;
mod rows;
mod unreadable;
mod ways;

use crate::testing::behind;
use coffer_kernel::{BusinessId, TypedId};
use coffer_store::{Aggregate, Finding, Outcome, Refused, STEPS, Value, values};
use coffer_testkit::past::past;
use coffer_testkit::{Callers, TestBooks, on_both_engines};
use rows::{Rows, some_rows};

/// Runs a statement; how many rows it touched.
async fn execute(test: &TestBooks, callers: &Callers, sql: String, values: Vec<Value>) -> Result<u64, Refused> {
    past(&test.books, &callers.operator(), sql.leak(), values).await
}

/// Runs a statement on the root `$2` of the business `$1`; whether it touched anything. What the schema refuses touches nothing.
async fn touches(test: &TestBooks, callers: &Callers, sql: String, id: [u8; 16]) -> bool {
    execute(test, callers, sql, values![callers.business.bytes(), id]).await.is_ok_and(|touched| touched > 0)
}

fn columns(select: &str) -> Vec<&str> {
    let columns = select.strip_prefix("SELECT ").unwrap().split(" FROM ").next().unwrap();
    columns.split(", ").map(str::trim).filter(|column| !["business", "id"].contains(column)).collect()
}

/// What somebody who writes the database does with a row whose older and present states they keep copies of, and how it is put
/// back: each column as it was once, and as it is in another row.
fn attacks(of: &Aggregate) -> Vec<(String, String)> {
    let (table, mut all) = (of.root.name, Vec::new());
    // A letter is found from its invoice: it would be shown with neither (`delivery/letters/tests.rs` has that one leave).
    let found_by = |column: &&str| (table, *column) != ("letter", "invoice");
    for column in columns(of.root.select).into_iter().filter(found_by) {
        let back = format!(
            "UPDATE {table} SET {column} = (SELECT n.{column} FROM now_{table} n WHERE n.id = {table}.id) \
             WHERE business = $1 AND id = $2"
        );
        for from in [
            format!("(SELECT k.{column} FROM kept_{table} k WHERE k.id = {table}.id)"),
            format!("(SELECT n.{column} FROM now_{table} n WHERE n.id <> {table}.id ORDER BY n.id LIMIT 1)"),
        ] {
            let alter = format!(
                "UPDATE {table} SET {column} = {from} WHERE business = $1 AND id = $2 AND {column} IS DISTINCT FROM {from}"
            );
            all.push((alter, back.clone()));
        }
    }
    let belongs = of.parts.iter().map(|part| {
        let (part, columns) = (part.name, columns(part.select));
        let (whose, last) = (columns[0], columns.last().unwrap());
        let alter = format!("UPDATE {part} SET {last} = {last} + 1 WHERE business = $1 AND {whose} = $2");
        let back = format!("UPDATE {part} SET {last} = {last} - 1 WHERE business = $1 AND {whose} = $2");
        (alter, back)
    });
    all.into_iter().chain(belongs).collect()
}

/// The protected rows that are held, and the ones of each that are tried.
fn held(rows: &Rows) -> Vec<(&'static Aggregate, [u8; 16])> {
    let held = crate::AGGREGATES.iter().filter(|aggregate| aggregate.held);
    held.flat_map(|aggregate| rows.of(aggregate.root.name).into_iter().map(move |id| (*aggregate, id))).collect()
}

/// The codes under which a row was refused, in the log.
async fn refused(test: &TestBooks, callers: &Callers, about: [u8; 16]) -> bool {
    test.books.sign_log(callers.business).await.unwrap();
    let file = test.books.export_log(callers.business, Vec::new()).await.unwrap();
    let leaves = file.split(|byte| *byte == b'\n').filter_map(coffer_store::Leaf::from_bytes);
    let about: String = about.iter().map(|byte| format!("{byte:02x}")).collect();
    leaves.into_iter().any(|leaf| {
        leaf.out == Outcome::Refused && leaf.what == "row.altered" && leaf.about.as_deref() == Some(about.as_str())
    })
}

async fn found(test: &TestBooks, callers: &Callers) -> Vec<Finding> {
    test.books.check(callers.business).await.unwrap().findings
}

// proves: C03.c, C59.a, D11
#[test]
fn what_was_altered_is_neither_shown_nor_built_on() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let rows = some_rows(&test).await;
        let callers = &rows.callers;
        assert_eq!(found(&test, callers).await, []);
        for (of, id) in held(&rows) {
            let (table, mut tried) = (of.root.name, 0);
            assert!(rows.show(&test, table, id).await.iter().all(|code| *code == "shown"), "{table} as it stands");
            for (alter, back) in attacks(of) {
                if !touches(&test, callers, alter.clone(), id).await {
                    continue;
                }
                tried += 1;
                for code in rows.show(&test, table, id).await {
                    assert_eq!(code, "row.altered", "shown: {alter}");
                }
                for code in rows.change(&test, table, id).await {
                    assert_eq!(code, "row.altered", "changed: {alter}");
                }
                let named = Finding::RowDiffers { table, row: id.iter().map(|byte| format!("{byte:02x}")).collect() };
                assert_eq!(found(&test, callers).await, [named], "nothing wrote it as it stood: {alter}");
                assert!(touches(&test, callers, back.clone(), id).await, "{back}");
                assert_eq!(found(&test, callers).await, [], "{back}");
            }
            assert!(tried > 4, "{table}: {tried}");
            assert!(refused(&test, callers, id).await, "{table}: it is noted");
        }
    });
}

// proves: C03.c
#[test]
fn rows_of_before_are_held_as_the_log_knows_them() {
    on_both_engines(STEPS, crate::AGGREGATES, |mut test| async move {
        let rows = some_rows(&test).await;
        behind(&test.home, "UPDATE payment SET minor = minor + 100 WHERE method = 'cash'");
        let tables: Vec<&str> = crate::AGGREGATES.iter().filter(|of| of.held).map(|of| of.root.name).collect();
        for table in tables.iter().chain(&["recovery_sheet"]) {
            behind(&test.home, &format!("ALTER TABLE {table} DROP COLUMN digest"));
        }
        for index in ["invoice_sought", "invoice_of_customer", "invoice_standing_owed"] {
            behind(&test.home, &format!("DROP INDEX {index}"));
        }
        behind(&test.home, "DELETE FROM schema_step WHERE number >= 24");
        test.reopen();
        for (of, id) in held(&rows) {
            for code in rows.show(&test, of.root.name, id).await {
                let altered = of.root.name == "payment" && id == rows.cash.bytes();
                assert_eq!(code, if altered { "row.altered" } else { "shown" }, "{}", of.root.name);
            }
        }
        assert_eq!(found(&test, &rows.callers).await.len(), 1);
        let installation = Callers::of(BusinessId::INSTALLATION);
        test.books.sign_log(installation.business).await.unwrap();
        let log = test.books.export_log(installation.business, Vec::new()).await.unwrap();
        assert!(String::from_utf8(log).unwrap().contains("rows.held"), "it is noted");
    });
}
