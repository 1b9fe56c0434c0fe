//! Instants, as the clock on the wall of the business shows them.

use crate::words::Words;
use coffer_billing::business::Calendar;
use coffer_documents::numbers;
use coffer_kernel::Timestamp;

/// A day and a time of day: "21 Nov, 14:05".
pub(crate) fn moment(words: &Words, calendar: &Calendar, at: Timestamp) -> String {
    format!("{}, {}", day(words, calendar, at), calendar.at(at).strftime("%H:%M"))
}

/// A day: "21 Nov", with the year where it is another.
pub(crate) fn day(words: &Words, calendar: &Calendar, at: Timestamp) -> String {
    numbers::short_date(words.language, calendar.at(at).date(), calendar.today)
}
