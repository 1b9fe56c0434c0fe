//! For tests only: a virtual clock, seeded entropy, named callers, books on both engines, and real servers.
//!
//! No crate of the product depends on this one.

pub mod axe;
pub mod books;
pub mod callers;
pub mod chromium;
pub mod en16931;
pub mod machine;
pub mod mail;
pub mod past;
pub mod pdf;
pub mod postgres;
pub mod project;
pub mod schemathesis;
pub mod world;

pub use books::{Home, TestBooks, in_each_home, on_both_engines};
pub use callers::Callers;
pub use world::{SeededEntropy, VirtualClock};
