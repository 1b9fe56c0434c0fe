//! The store's promises, attacked on both engines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod closing;
mod crash;
mod cut;
mod disk;
mod ending;
mod generations;
mod hard;
mod idle;
mod inbox;
mod isolation;
mod known;
mod laws;
mod log;
mod migrations;
mod notes;
mod reached;
mod sealing;
mod shown;
mod unwanted;
