//! What a program of before wrote beside this one is taken on, and nothing of what was altered.

mod taken_away;

use super::rows::{Rows, some_rows};
use super::{execute, found, held, touches};
use crate::testing::behind;
use coffer_kernel::{BusinessId, TypedId};
use coffer_store::{Finding, Mended, STEPS, Why, values};
use coffer_testkit::{Callers, TestBooks, on_both_engines};

async fn mend(test: &TestBooks, business: BusinessId) -> Mended {
    test.books.mend(&|books| Callers::of(books).operator(), business).await.unwrap()
}

/// The one row that was not taken on, and why; nothing was.
async fn left(test: &TestBooks, rows: &Rows) -> (&'static str, String, Why) {
    let mut mended = mend(test, rows.callers.business).await;
    assert_eq!((mended.rows, mended.left.len()), (0, 1), "{mended:?}");
    let left = mended.left.remove(0);
    (left.table, left.row, left.why)
}

fn hex(id: [u8; 16]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Without its digest, as a program of before leaves a row that it writes; and with the one it had.
fn digest(table: &str, taken: bool) -> String {
    let kept = format!("(SELECT n.digest FROM now_{table} n WHERE n.id = {table}.id)");
    format!("UPDATE {table} SET digest = {} WHERE business = $1 AND id = $2", if taken { "NULL" } else { &kept })
}

async fn shown_as(test: &TestBooks, rows: &Rows, table: &str, id: [u8; 16], code: &str) {
    for shown in rows.show(test, table, id).await {
        assert_eq!(shown, code, "{table}");
    }
}

// proves: C03.c
#[test]
fn what_a_program_of_before_wrote_is_taken_on_as_the_log_knows_it() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let rows = some_rows(&test).await;
        let business = rows.callers.business;
        assert_eq!(mend(&test, business).await, Mended::default(), "nothing lacks its digest");
        let mut without = 0;
        for table in crate::AGGREGATES.iter().filter(|of| of.held).map(|of| of.root.name) {
            without +=
                execute(&test, &rows.callers, format!("UPDATE {table} SET digest = NULL"), vec![]).await.unwrap();
        }
        for (of, id) in held(&rows) {
            shown_as(&test, &rows, of.root.name, id, "row.altered").await;
        }
        assert_eq!(mend(&test, business).await, Mended { rows: without, left: Vec::new() });
        for (of, id) in held(&rows) {
            shown_as(&test, &rows, of.root.name, id, "shown").await;
        }
        assert_eq!(found(&test, &rows.callers).await, []);
        for books in [business, BusinessId::INSTALLATION] {
            test.books.sign_log(books).await.unwrap();
            let log = test.books.export_log(books, Vec::new()).await.unwrap();
            assert!(String::from_utf8(log).unwrap().contains("rows.mended"), "{books}: it is noted");
        }
    });
}

// proves: C03.c
#[test]
fn a_row_that_no_record_wrote_and_whatever_an_altered_log_says_are_not_taken_on() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let rows = some_rows(&test).await;
        let (callers, foreign) = (&rows.callers, rows.customer.id.bytes());
        let insert = "INSERT INTO item (business, id, version, unit, currency, net_price, category, rate, created_at, retired_at, \
                      particulars) SELECT business, (SELECT c.id FROM customer c WHERE c.business = $1 AND c.id = $2), version, unit, currency, '1', category, rate, created_at, retired_at, \
                      particulars FROM item WHERE business = $1 LIMIT 1";
        assert!(touches(&test, callers, insert.to_owned(), foreign).await);
        assert_eq!(left(&test, &rows).await, ("item", hex(foreign), Why::Unknown));
        assert!(touches(&test, callers, "DELETE FROM item WHERE business = $1 AND id = $2".to_owned(), foreign).await);
        let id = rows.of("item")[0];
        assert!(touches(&test, callers, digest("item", true), id).await);
        let cut = "DELETE FROM log_record WHERE business = $1 AND seq = 2".to_owned();
        assert_eq!(execute(&test, callers, cut, values![callers.business.bytes()]).await, Ok(1));
        assert_eq!(
            left(&test, &rows).await,
            ("item", hex(id), Why::Log),
            "a record that is gone may have said otherwise"
        );
        assert!(found(&test, callers).await.contains(&Finding::Gap { seq: 2 }));
        behind(&test.home, "DELETE FROM item");
        assert_eq!(mend(&test, callers.business).await, Mended::default(), "what is gone is not taken on");
    });
}
