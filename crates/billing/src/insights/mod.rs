//! What a person looks at first: what is owed and since when, by whom, what was billed and paid by month. A few
//! statements that sum in the database, never one per row; currencies are never added up.

mod credits;
mod debts;
mod named;
mod overview;
mod page;
mod sql;
#[cfg(test)]
mod tests;
mod waiting;

pub use credits::{Credit, Credits, ListCredits, credits};
pub use debts::{Debt, Debts, ListDebts, ListOwers, Owers, Owing, WhoOwes, debts, owers, owing};
pub use named::{Called, NameThem, Names, named};
pub use overview::{Month, Overview, Owed, Week, overview};
pub use waiting::{Waiting, waiting};
