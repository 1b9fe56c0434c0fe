//! The history of a business, as its people read it: who did what and when, newest first, and the whole of it as a file
//! that anybody can verify. Looking at it is recorded in it like any other looking.

#[cfg(test)]
mod carried_off;
mod export;
mod list;
#[cfg(test)]
mod tests;

pub use export::export;
pub use list::{Kept, Line, Lines, ListHistory, NOT_FRESH, Page, done_to, list, told};
