//! What happened, as the log says it: who did, was refused or was shown what, and when. No personal data stands in it.

mod list;
#[cfg(test)]
mod tests;

pub use list::{ListHistory, Page, list};
