//! What a program of before wrote beside this one is taken on, and nothing of what was altered.

use super::rows::{Rows, some_rows};
use super::{attacks, columns, execute, found, held, touches};
use crate::testing::behind;
use coffer_kernel::{BusinessId, TypedId};
use coffer_store::{Aggregate, Finding, Mended, STEPS, Why, values};
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

/// The row as it was once, whole but for its digest.
fn put_back(of: &Aggregate) -> String {
    let table = of.root.name;
    let columns = columns(of.root.select).into_iter().filter(|column| *column != "digest");
    let was = |column| format!("{column} = (SELECT k.{column} FROM kept_{table} k WHERE k.id = {table}.id)");
    let all: Vec<String> = columns.map(was).collect();
    let older = format!("(SELECT k.version FROM kept_{table} k WHERE k.id = {table}.id)");
    format!(
        "UPDATE {table} SET {}, digest = NULL WHERE business = $1 AND id = $2 AND version > {older}",
        all.join(", ")
    )
}

fn as_it_stood(of: &Aggregate) -> String {
    put_back(of).replace("kept_", "now_").replace(", digest = NULL", "").replace(" AND version >", " AND version <")
}

// proves: C03.c, D11
#[test]
fn whoever_takes_the_digest_away_from_what_they_altered_gains_nothing() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let rows = some_rows(&test).await;
        let callers = &rows.callers;
        for (of, id) in held(&rows) {
            let (table, mut tried) = (of.root.name, 0);
            for (alter, back) in attacks(of) {
                // Another's digest, or that of before, stays where it is; none at all is what an honest row may have.
                let another =
                    alter.split_once("SET digest = ").and_then(|(_, rest)| rest.split_once(" WHERE business = $1"));
                let guarded = another.map_or(alter.clone(), |(from, _)| format!("{alter} AND {from} IS NOT NULL"));
                if !touches(&test, callers, guarded, id).await {
                    continue;
                }
                tried += 1;
                let of_another = another.is_some();
                assert!(of_another || touches(&test, callers, digest(table, true), id).await);
                let why = if of_another { Why::StaleDigest } else { Why::Differs };
                assert_eq!(left(&test, &rows).await, (table, hex(id), why), "{alter}");
                shown_as(&test, &rows, table, id, "row.altered").await;
                assert!(
                    touches(&test, callers, back, id).await && touches(&test, callers, digest(table, false), id).await
                );
            }
            assert!(tried > 3, "{table}: {tried}");
            if touches(&test, callers, put_back(of), id).await {
                assert_eq!(left(&test, &rows).await, (table, hex(id), Why::Differs), "put back: {table}");
                shown_as(&test, &rows, table, id, "row.altered").await;
                assert!(touches(&test, callers, as_it_stood(of), id).await, "{}", as_it_stood(of));
                assert!(touches(&test, callers, digest(table, false), id).await);
            }
        }
        assert_eq!(found(&test, callers).await, []);
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
