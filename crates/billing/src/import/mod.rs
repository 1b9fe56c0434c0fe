//! Customers from a file: the CSV that Invoice Ninja, Zoho Invoice and most others write.
//!
//! A file is read into a [`Table`] ([`read`]), its columns are given fields ([`Mapping::guess`], which can be changed),
//! and each row is one command of its own ([`run`]), so that one bad row never costs the others. A dry run says the same
//! of every row and writes nothing. Running a file again adds nobody twice: a row is known again by its number or, where
//! the file has none, by name, e-mail address and post code. It refuses what cannot be told apart or understood, row by
//! row, with the column; and whatever it writes as CSV cannot be run by a spreadsheet ([`Report::to_csv`]).

mod columns;
mod countries;
mod decode;
mod report;
mod rows;
mod run;
mod sql;
mod table;
#[cfg(test)]
mod tests;

pub use columns::{Field, Mapping, MappingRefused};
pub use decode::decode;
pub use report::{Outcome, Report, RowReport, Wrong};
pub use run::{ImportCustomers, ImportRefused, run};
pub use table::{LARGEST_FILE, MOST_ROWS, Table, TableRefused, read};
