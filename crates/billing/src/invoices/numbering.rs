//! Numbers: one series a year and kind, without gaps.

use super::sql;
use crate::business::Business;
use coffer_kernel::Date;
use coffer_store::{Fault, Reading, Tx};

/// A number that was just taken. It is given back if the transaction is not committed.
pub(super) struct Number {
    pub(super) series: String,
    pub(super) value: i64,
    pub(super) text: String,
}

/// What the next number would be; somebody else may take it first.
pub(super) fn look(reading: &mut impl Reading, business: &Business, issued_on: Date) -> Result<String, Fault> {
    let value = sql::last_number(reading, &series(issued_on))? + 1;
    Ok(text(business, issued_on, value))
}

fn series(issued_on: Date) -> String {
    format!("invoice {}", issued_on.year())
}

fn text(business: &Business, issued_on: Date, value: i64) -> String {
    format!("{}{}-{value:04}", business.number_prefix, issued_on.year())
}

/// Takes the next number of the year's series.
pub(super) fn next(tx: &mut Tx<'_>, business: &Business, issued_on: Date) -> Result<Number, Fault> {
    let series = series(issued_on);
    let value = sql::take_number(tx, &series)?;
    let text = text(business, issued_on, value);
    Ok(Number { series, value, text })
}
