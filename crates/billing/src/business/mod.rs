//! The business itself: who sells, where, in which currency and time zone.
//!
//! Commands: [`found`]. It refuses a time zone or country that does not exist.

mod found;
mod model;
pub(crate) mod sql;

pub use found::{FoundBusiness, FoundRefused, found};
pub use model::Business;
pub use sql::AGGREGATE;
