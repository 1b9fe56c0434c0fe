//! The edge, in the process: every route, as everybody.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests"
)]

mod delivery;
mod description;
mod desk;
mod door;
mod edge;
mod examples;
mod import;
mod letterhead;
mod line;
mod matrix;
mod paper;
mod slow;
mod stranger;
mod visit;
mod world;
