//! Every statement of the overview. They look and never write.

use crate::customers::sql::only;
use coffer_kernel::money::Currency;
use coffer_kernel::{Date, Scope, TypedId};
use coffer_store::{Fault, Reading, Row, values};
use std::collections::BTreeMap;

const OPEN: &str = "SELECT currency, due_on, CAST(SUM(open_minor) AS BIGINT), COUNT(*) FROM invoice_standing \
     WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND open_minor > 0 GROUP BY currency, due_on ORDER BY currency, due_on";
const BILLED: &str = "SELECT substr(i.issued_on, 1, 7), CAST(SUM(i.net_total) AS BIGINT) FROM invoice i \
     JOIN invoice_standing s ON s.business = i.business AND s.id = i.id \
     WHERE i.business = $1 AND (i.scope_id = $2 OR $2 IS NULL) AND i.currency = $3 AND i.issued_on >= $4 AND s.voided_on IS NULL \
     GROUP BY substr(i.issued_on, 1, 7)";
const PAID: &str = "SELECT substr(received_on, 1, 7), CAST(SUM(minor) AS BIGINT) FROM payment \
     WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND currency = $3 AND received_on >= $4 AND reversed_on IS NULL \
     GROUP BY substr(received_on, 1, 7)";
const COUNTS: &str =
    "SELECT status, COUNT(*) FROM invoice WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) GROUP BY status";

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
    let rows = reading.query(COUNTS, &values![reading.business().bytes(), only(scope)])?;
    let counts: BTreeMap<String, i64> =
        rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect::<Result<_, Fault>>()?;
    let of = |status: &str| counts.get(status).copied().unwrap_or(0);
    Ok((of("draft"), of("issued")))
}
