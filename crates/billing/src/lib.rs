//! What happens to money: customers, invoices, the books under them.
//!
//! Every act is one command, one file named by its verb, one transaction; every look is one query. Decisions are pure
//! and stand in `model.rs` and `content/`; statements stand in `sql.rs` and nowhere else.

pub mod business;
pub mod catalogue;
pub mod check;
pub mod customers;
pub mod delivery;
pub mod fold;
pub mod import;
pub mod insights;
pub mod invoices;
pub mod ledger;
pub mod letterhead;
pub mod payments;
mod scope;
pub mod settlement;
mod summed;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod text;
mod vat_id;

use coffer_store::Aggregate;

/// Every protected aggregate of this crate, for the checker.
pub static AGGREGATES: &[&Aggregate] = &[
    &business::AGGREGATE,
    &letterhead::AGGREGATE,
    &customers::AGGREGATE,
    &catalogue::AGGREGATE,
    &invoices::AGGREGATE,
    &settlement::AGGREGATE,
    &payments::AGGREGATE,
    &ledger::AGGREGATE,
    &delivery::rendition::AGGREGATE,
    &delivery::settings::AGGREGATE,
    &delivery::letters::AGGREGATE,
];
