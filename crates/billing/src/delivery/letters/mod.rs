//! Letters: an issued invoice goes to its reader by mail, as a link.
//!
//! Commands: [`send`] by a person, which leaves a letter waiting with a row of work in the same transaction; [`leave`]
//! and [`record`] by the worker, around the one act that cannot be taken back, [`end_altered`] where it comes upon what was
//! altered, and [`end_given_up`] once that was put right. Queries: [`of_invoice`], [`shown`], [`preview`], [`astray`], [`invoice_of`].
//!
//! Before a letter leaves, the books say that it is leaving: so a voided invoice never reaches anybody, and what has left
//! is never voided. A worker that finds a letter leaving knows that somebody else did not live to say what became of it:
//! then it was *perhaps sent*, a person is told, and nothing is repeated by itself. Sent once more by a person it has the
//! same id, by which mail programs show the two as one.

mod end;
mod leave;
mod model;
mod queries;
mod record;
mod send;
pub(super) mod sql;
#[cfg(test)]
mod tests;

pub use end::{ALTERED, end_altered, end_given_up};
pub use leave::{Leave, LeaveRefused, Leaving, Parcel, leave};
pub use model::{Letter, State};
pub use queries::{Astray, Preview, Shown, astray, invoice_of, of_invoice, preview, shown};
pub use record::{Outcome, RecordDelivery, Unsent, record};
pub use send::{SendInvoice, SendRefused, send};
pub use sql::AGGREGATE;

/// The work of handing a letter over; it is about the letter.
pub const SEND: &str = "letter.send";
