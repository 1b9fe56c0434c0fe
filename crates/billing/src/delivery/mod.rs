//! How an invoice gets to its reader. So far by hand: downloaded, handed over, and said so.
//!
//! Commands: [`mark_sent`]. What was sent may have been booked by whoever got it, so it is no longer voided.

mod mark_sent;
#[cfg(test)]
mod tests;

pub use mark_sent::{MarkRefused, MarkSent, mark_sent};
