//! Every statement of the overview. They look and never write.

use crate::customers::sql::only;
use coffer_kernel::money::Currency;
use coffer_kernel::{Date, Scope, TypedId};
use coffer_store::{Fault, Reading, Row, values};
use std::collections::BTreeMap;

const OPEN: &str = "SELECT currency, due_on, CAST(SUM(open_minor) AS BIGINT), COUNT(*) FROM invoice_standing \
     WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND open_minor > 0 GROUP BY currency, due_on ORDER BY currency, due_on";
const BILLED: &str = "SELECT substr(issued_on, 1, 7), CAST(SUM(net_total) AS BIGINT) FROM invoice \
     WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND currency = $3 AND issued_on >= $4 \
     AND id NOT IN (SELECT id FROM invoice_standing WHERE business = $1 AND voided_on IS NOT NULL) \
     GROUP BY substr(issued_on, 1, 7)";
const PAID: &str = "SELECT substr(received_on, 1, 7), CAST(SUM(minor) AS BIGINT) FROM payment \
     WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND currency = $3 AND received_on >= $4 AND reversed_on IS NULL \
     GROUP BY substr(received_on, 1, 7)";
const COUNTS: &str = "SELECT (SELECT COUNT(*) FROM invoice WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND status = 'draft'), \
     (SELECT COUNT(*) FROM invoice WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL))";

const WAITING: &str = "SELECT (SELECT COUNT(*) FROM invoice WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND status = 'draft'), \
     COUNT(*), CAST(COALESCE(SUM(CASE WHEN due_on < $3 THEN 1 ELSE 0 END), 0) AS BIGINT), \
     CAST(COALESCE(SUM(CASE WHEN delivery IN ('not_sent', 'link_made') THEN 1 ELSE 0 END), 0) AS BIGINT), \
     CAST(COALESCE(SUM(CASE WHEN due_on < $3 AND delivery IN ('not_sent', 'link_made') THEN 1 ELSE 0 END), 0) AS BIGINT) FROM invoice_standing \
     WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND open_minor > 0";

/// How many drafts there are, how many invoices are open, how many of those are late, how many of these nobody is known to have.
pub(super) fn waiting(reading: &mut impl Reading, scope: &Scope, today: Date) -> Result<[i64; 5], Fault> {
    let row = reading.one(WAITING, &values![reading.business().bytes(), only(scope), today])?;
    row.map_or(Ok([0; 5]), |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]))
}

/// What is open, by currency and day.
pub(super) fn open(reading: &mut impl Reading, scope: &Scope) -> Result<Vec<(Currency, Date, i64, i64)>, Fault> {
    let rows = reading.query(OPEN, &values![reading.business().bytes(), only(scope)])?;
    let corrupt = || Fault::Corrupt { table: "invoice_standing", column: "currency", row: String::new() };
    let read = |row: &Row| {
        let currency = row.get::<String>(0)?.parse().map_err(|_| corrupt())?;
        Ok((currency, row.get(1)?, row.get(2)?, row.get(3)?))
    };
    rows.iter().map(read).collect()
}

/// What was billed without VAT, by month.
pub(super) fn billed(
    reading: &mut impl Reading,
    scope: &Scope,
    currency: Currency,
    since: Date,
) -> Result<BTreeMap<String, i64>, Fault> {
    by_month(reading, BILLED, scope, currency, since)
}

/// What was paid, by month.
pub(super) fn paid(
    reading: &mut impl Reading,
    scope: &Scope,
    currency: Currency,
    since: Date,
) -> Result<BTreeMap<String, i64>, Fault> {
    by_month(reading, PAID, scope, currency, since)
}

fn by_month(
    reading: &mut impl Reading,
    sql: &'static str,
    scope: &Scope,
    currency: Currency,
    since: Date,
) -> Result<BTreeMap<String, i64>, Fault> {
    let rows = reading.query(sql, &values![reading.business().bytes(), only(scope), currency.code(), since])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// How many drafts and how many issued invoices there are.
pub(super) fn counts(reading: &mut impl Reading, scope: &Scope) -> Result<(i64, i64), Fault> {
    let row = reading.one(COUNTS, &values![reading.business().bytes(), only(scope)])?;
    let (drafts, all): (i64, i64) = row.map_or(Ok((0, 0)), |row| Ok::<_, Fault>((row.get(0)?, row.get(1)?)))?;
    Ok((drafts, all - drafts))
}
