//! Customers from a file, on pages: the file is chosen, its columns are recognised and can be changed, every row says what
//! would become of it, and only then is anything written.
//!
//! Nothing of the file is kept here between the steps: the page carries it, and sends it with each of them.

mod brought;
mod choose;
mod review;
mod rows;
mod write;

pub(crate) use choose::{choose, take};
