//! Numbers: one series a year and kind, or one for all years, without gaps.

use super::sql;
use crate::business::{Business, Numbering};
use coffer_kernel::Date;
use coffer_store::{Fault, Reading, Tx};

/// A number that was just taken. It is given back if the transaction is not committed.
pub(super) struct Number {
    pub(super) series: String,
    pub(super) value: i64,
    pub(super) text: String,
}

/// What the next number would be; somebody else may take it first.
pub(super) fn look(reading: &mut impl Reading, numbering: &Numbering, issued_on: Date) -> Result<String, Fault> {
    let value = match sql::last_number(reading, &numbering.series(issued_on))? {
        Some(last) => last + 1,
        None if sql::any_number(reading)? => 1,
        None => numbering.first,
    };
    Ok(numbering.text(issued_on, value))
}

/// Takes the next number of its series. The very first one of a business is where the business wants to begin.
pub(super) fn next(tx: &mut Tx<'_>, business: &Business, issued_on: Date) -> Result<Number, Fault> {
    let numbering = &business.numbering;
    let series = numbering.series(issued_on);
    let value = sql::take_number(tx, &series, numbering.first)?;
    let text = numbering.text(issued_on, value);
    Ok(Number { series, value, text })
}

/// Whether any number was ever given: then they run on from there.
pub(crate) fn numbers_were_given(reading: &mut impl Reading) -> Result<bool, Fault> {
    sql::any_number(reading)
}
