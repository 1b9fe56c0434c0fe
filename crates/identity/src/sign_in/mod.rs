//! Signing in: a password, then the second step. Two requests, two answers that tell nobody whether there is such a
//! person (ASVS 6.3.8, control C31).

mod begin;
mod finish;
#[cfg(test)]
mod tests;

pub use begin::{BeginRefused, BeginSignIn, begin};
pub(crate) use finish::begin_whole;
pub use finish::{FinishRefused, FinishSignIn, finish};
