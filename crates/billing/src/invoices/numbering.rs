//! Numbers: one series a year and kind, without gaps.

use super::sql;
use crate::business::Business;
use coffer_kernel::Date;
use coffer_store::{Fault, Tx};

/// A number that was just taken. It is given back if the transaction is not committed.
pub(super) struct Number {
    pub(super) series: String,
    pub(super) value: i64,
    pub(super) text: String,
}

/// Takes the next number of the year's series.
pub(super) fn next(tx: &mut Tx<'_>, business: &Business, issued_on: Date) -> Result<Number, Fault> {
    let series = format!("invoice {}", issued_on.year());
    let value = sql::take_number(tx, &series)?;
    let text = format!("{}{}-{value:04}", business.number_prefix, issued_on.year());
    Ok(Number { series, value, text })
}
