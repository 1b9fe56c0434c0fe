//! What a person looks at first: what is owed and since when, what was billed and paid by month. A few statements that
//! sum in the database, never one per row; currencies are never added up.

mod overview;
mod sql;
#[cfg(test)]
mod tests;

pub use overview::{Month, Overview, Owed, Week, overview};
