//! Every statement about debts. They look and never write.

use super::super::page::Place;
use super::Debt;
use crate::scope::only;
use crate::summed::{altered, read_all};
use coffer_kernel::money::{Currency, Money};
use coffer_kernel::{CustomerId, Date, Scope, TypedId};
use coffer_store::{Fault, Reading, Row, Value, values};
use std::collections::BTreeSet;

/// What is summed.
const STANDINGS: &str = "invoice_standing";
/// What these customers owe by customer and currency; `$3` is today.
macro_rules! owed {
    ($of:literal, $rest:literal) => {
        concat!(
            "SELECT customer, currency, CAST(SUM(open_minor) AS BIGINT), ",
            "CAST(SUM(CASE WHEN due_on < $3 THEN open_minor ELSE 0 END) AS BIGINT), MIN(due_on) FROM invoice_standing ",
            "WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND open_minor > 0 AND ",
            $of,
            " GROUP BY customer, currency ORDER BY customer, currency ",
            $rest
        )
    };
}
const DEBTS: &str = owed!("(customer, currency) > ($4, $5)", "LIMIT $6");
const DEBTS_OF_ONE: &str = owed!("customer = $7 AND (customer, currency) > ($4, $5)", "LIMIT $6");
/// As many at a time as this asks for.
const AT_ONCE: usize = 50;
const DEBTS_OF: &str = owed!(
    "customer IN ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, \
     $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53)",
    ""
);
const HOW_MANY: &str = "SELECT COUNT(DISTINCT customer), COUNT(DISTINCT CASE WHEN due_on < $3 THEN customer END) \
     FROM invoice_standing WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND open_minor > 0";
const OWERS: &str = "SELECT customer, MIN(due_on) FROM invoice_standing WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) \
     AND open_minor > 0 AND due_on <= $3 GROUP BY customer \
     HAVING MIN(due_on) > $4 OR (MIN(due_on) = $4 AND customer > $5) ORDER BY MIN(due_on), customer LIMIT $6";

/// A page of what is open, by customer and currency: of one customer, or of all.
pub(super) fn debts(
    reading: &mut impl Reading,
    scope: &Scope,
    customer: Option<CustomerId>,
    today: Date,
    after: &Place,
    most: i64,
) -> Result<Vec<Debt>, Fault> {
    let mut values = values![reading.business().bytes(), only(scope), today, after.customer.bytes()];
    values.extend(values![after.currency.as_str(), most]);
    values.extend(customer.map(|customer| Value::from(customer.bytes())));
    let sql = if customer.is_some() { DEBTS_OF_ONE } else { DEBTS };
    read_all(reading, STANDINGS, (sql, &values), debt)
}

/// What is open of these customers, by customer and currency.
pub(super) fn debts_of(
    reading: &mut impl Reading,
    scope: &Scope,
    customers: &BTreeSet<CustomerId>,
    today: Date,
) -> Result<Vec<Debt>, Fault> {
    let (customers, mut debts): (Vec<CustomerId>, _) = (customers.iter().copied().collect(), Vec::new());
    for some in customers.chunks(AT_ONCE) {
        let mut values = values![reading.business().bytes(), only(scope), today];
        values.extend((0..AT_ONCE).map(|place| some.get(place).map(|id| id.bytes()).into()));
        debts.extend(read_all(reading, STANDINGS, (DEBTS_OF, &values), debt)?);
    }
    Ok(debts)
}

fn debt(row: &Row) -> Result<Debt, Fault> {
    let currency: Currency = row.get::<String>(1)?.parse().map_err(|_| altered(STANDINGS))?;
    let money = |place| Ok::<_, Fault>(Money::new(row.get(place)?, currency));
    Ok(Debt { customer: row.id(0)?, open: money(2)?, overdue: money(3)?, since: row.get(4)? })
}

/// How many customers owe, and how many of them are late.
pub(super) fn how_many(reading: &mut impl Reading, scope: &Scope, today: Date) -> Result<(i64, i64), Fault> {
    let row = reading.one(HOW_MANY, &values![reading.business().bytes(), only(scope), today])?;
    row.map_or(Ok((0, 0)), |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Whoever owes something that was due by this day, the longest owing first.
pub(super) fn owers(
    reading: &mut impl Reading,
    scope: &Scope,
    by: Date,
    (since, id): (Date, CustomerId),
    most: i64,
) -> Result<Vec<(Date, CustomerId)>, Fault> {
    let values = values![reading.business().bytes(), only(scope), by, since, id.bytes(), most];
    read_all(reading, STANDINGS, (OWERS, &values), |row| Ok((row.get(1)?, row.id(0)?)))
}

#[cfg(test)]
mod tests;
