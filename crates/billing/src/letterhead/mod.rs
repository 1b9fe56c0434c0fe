//! How documents show whose they are: the business's own logo and colour.
//!
//! Command: [`revise`]. Query: [`get`]. A picture gets here only as `documents` made it anew. What was printed before
//! stays as it was printed.

mod accent;
mod model;
mod queries;
mod revise;
pub(crate) mod sql;
#[cfg(test)]
mod tests;

pub use accent::{Accent, NoColour};
pub use model::{LARGEST, Letterhead, Picture};
pub use queries::get;
pub use revise::{Logo, ReviseLetterhead, revise};
pub use sql::AGGREGATE;
