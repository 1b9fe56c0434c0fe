//! Every statement of the overview. They look and never write.

use crate::scope::only;
use crate::summed::{altered, read_all};
use coffer_kernel::money::Currency;
use coffer_kernel::{Date, Scope, TypedId};
use coffer_store::{Fault, Reading, values};
use std::collections::BTreeMap;

const OPEN: &str = "SELECT currency, due_on, CAST(SUM(open_minor) AS BIGINT), COUNT(*) FROM invoice_standing \
     WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND open_minor > 0 GROUP BY currency, due_on ORDER BY currency, due_on";
// Summed by day, in the order of an index: nobody sorts. What was voided is taken away again; there is little of it.
const BILLED: &str = "SELECT issued_on, CAST(SUM(net_total) AS BIGINT) FROM invoice \
     WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND currency = $3 AND issued_on >= $4 GROUP BY issued_on \
     UNION ALL SELECT i.issued_on, -i.net_total FROM invoice_standing s CROSS JOIN invoice i \
     WHERE i.business = s.business AND i.id = s.id AND s.business = $1 AND (s.scope_id = $2 OR $2 IS NULL) AND s.currency = $3 \
     AND i.issued_on >= $4 AND s.voided_on IS NOT NULL";
const PAID: &str = "SELECT received_on, CAST(SUM(minor) AS BIGINT) FROM payment \
     WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND currency = $3 AND received_on >= $4 AND reversed_on IS NULL \
     GROUP BY received_on";
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
    let asked = values![reading.business().bytes(), only(scope)];
    read_all(reading, "invoice_standing", (OPEN, &asked), |row| {
        let currency = row.get::<String>(0)?.parse().map_err(|_| altered("invoice_standing"))?;
        Ok((currency, row.get(1)?, row.get(2)?, row.get(3)?))
    })
}

/// What was billed without VAT, by month.
pub(super) fn billed(
    reading: &mut impl Reading,
    scope: &Scope,
    currency: Currency,
    since: Date,
) -> Result<BTreeMap<String, i64>, Fault> {
    by_month(reading, ("invoice", BILLED), scope, currency, since)
}

/// What was paid, by month.
pub(super) fn paid(
    reading: &mut impl Reading,
    scope: &Scope,
    currency: Currency,
    since: Date,
) -> Result<BTreeMap<String, i64>, Fault> {
    by_month(reading, ("payment", PAID), scope, currency, since)
}

fn by_month(
    reading: &mut impl Reading,
    (table, sql): (&'static str, &'static str),
    scope: &Scope,
    currency: Currency,
    since: Date,
) -> Result<BTreeMap<String, i64>, Fault> {
    let asked = values![reading.business().bytes(), only(scope), currency.code(), since];
    let days = read_all(reading, table, (sql, &asked), |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)))?;
    let mut months = BTreeMap::<String, i64>::new();
    for (day, minor) in days {
        let sum = months.entry(day.chars().take("YYYY-MM".len()).collect()).or_default();
        *sum = sum.checked_add(minor).ok_or_else(|| altered(table))?;
    }
    Ok(months)
}

/// How many drafts and how many issued invoices there are.
pub(super) fn counts(reading: &mut impl Reading, scope: &Scope) -> Result<(i64, i64), Fault> {
    let row = reading.one(COUNTS, &values![reading.business().bytes(), only(scope)])?;
    let (drafts, all): (i64, i64) = row.map_or(Ok((0, 0)), |row| Ok::<_, Fault>((row.get(0)?, row.get(1)?)))?;
    Ok((drafts, all - drafts))
}

#[cfg(test)]
mod tests;
