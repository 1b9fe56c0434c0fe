//! The business itself: who sells, where, in which currency and time zone.
//!
//! Commands: [`found`], [`revise`]. Queries: [`get`], [`name`], [`inviting`], [`calendar`]. It refuses a time zone or country that
//! does not exist, and a numbering by which two numbers could be written alike.

mod found;
mod model;
mod numbering;
mod queries;
mod revise;
pub(crate) mod sql;

pub use found::{FoundBusiness, FoundRefused, found};
pub use model::{Account, Business, PaidTo};
pub use numbering::{LARGEST_FIRST, Numbering};
pub(crate) use queries::calendar_of;
pub use queries::{Calendar, calendar, get, inviting, name};
pub use revise::{Change, ReviseBusiness, ReviseRefused, check_numbering, revise};
pub use sql::AGGREGATE;

use coffer_store::{Refuse, Refused};

/// Nothing where nothing is wrong; what is, at all its fields, so that nobody mends a form in rounds.
fn all_at_once<R: Refuse + From<Refused>>(mut wrong: Vec<R>) -> Result<(), R> {
    match wrong.len() {
        0 => Ok(()),
        1 => wrong.pop().map_or(Ok(()), Err),
        _ => Err(Refused::Fields(wrong.iter().flat_map(Refuse::pointers).collect()).into()),
    }
}
