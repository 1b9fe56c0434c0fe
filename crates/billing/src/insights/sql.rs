//! Every statement of the overview. They look and never write.

use super::Called;
use crate::customers::sql::{only, open_name};
use coffer_kernel::money::{Currency, Money};
use coffer_kernel::{CustomerId, Date, InvoiceId, Scope, TypedId};
use coffer_store::{Fault, Reading, Row, values};
use std::collections::{BTreeMap, BTreeSet};

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

/// As many at a time as these two ask for: the lines of a page, so that it never asks twice.
const AT_ONCE: usize = 50;
const CALLED: &str = "SELECT i.id, i.number_text, i.customer, c.name, i.currency, i.amount_due FROM invoice i \
     JOIN customer c ON c.business = i.business AND c.id = i.customer \
     WHERE i.business = $1 AND (i.scope_id = $2 OR $2 IS NULL) \
     AND i.id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
     $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52)";
const CUSTOMERS: &str = "SELECT id, name FROM customer WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) \
     AND id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
     $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52)";

/// The rows with these ids, some at a time.
fn each_of(
    reading: &mut impl Reading,
    sql: &'static str,
    scope: &Scope,
    ids: impl Iterator<Item = [u8; 16]>,
) -> Result<Vec<Row>, Fault> {
    let ids: Vec<_> = ids.collect();
    let mut rows = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let mut values = values![reading.business().bytes(), only(scope)];
        values.extend((0..AT_ONCE).map(|place| some.get(place).copied().into()));
        rows.extend(reading.query(sql, &values)?);
    }
    Ok(rows)
}

/// What these invoices are called.
pub(super) fn called(
    reading: &mut impl Reading,
    scope: &Scope,
    ids: &BTreeSet<InvoiceId>,
) -> Result<BTreeMap<InvoiceId, Called>, Fault> {
    let rows = each_of(reading, CALLED, scope, ids.iter().map(TypedId::bytes))?;
    let mut called = BTreeMap::new();
    for row in &rows {
        let (id, customer): (InvoiceId, CustomerId) = (row.id(0)?, row.id(2)?);
        let corrupt = || Fault::Corrupt { table: "invoice", column: "currency", row: id.to_string() };
        let currency: Currency = row.get::<String>(4)?.parse().map_err(|_| corrupt())?;
        let due = Money::new(row.get(5)?, currency);
        let name = open_name(reading, customer, &row.get::<Vec<u8>>(3)?)?;
        called.insert(id, Called { number: row.get(1)?, customer: name, due });
    }
    Ok(called)
}

/// The names of these customers.
pub(super) fn customers(
    reading: &mut impl Reading,
    scope: &Scope,
    ids: &BTreeSet<CustomerId>,
) -> Result<BTreeMap<CustomerId, String>, Fault> {
    let rows = each_of(reading, CUSTOMERS, scope, ids.iter().map(TypedId::bytes))?;
    let mut names = BTreeMap::new();
    for row in &rows {
        let id: CustomerId = row.id(0)?;
        names.insert(id, open_name(reading, id, &row.get::<Vec<u8>>(1)?)?);
    }
    Ok(names)
}

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
