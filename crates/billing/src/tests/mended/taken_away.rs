//! Whoever takes the digest away from what they altered.

use super::super::rows::some_rows;
use super::super::{attacks, columns, found, held, touches};
use super::{digest, hex, left, shown_as};
use coffer_store::{Aggregate, STEPS, Why};
use coffer_testkit::on_both_engines;

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
