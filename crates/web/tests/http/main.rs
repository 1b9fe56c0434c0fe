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

mod again;
mod altered;
mod at_field;
mod away;
mod back;
mod backup;
mod beyond;
mod consequence;
mod costs;
mod customer_reads;
mod delivery;
mod description;
mod desk;
mod door;
mod drawn;
mod edge;
mod editor;
mod empty;
mod examples;
mod fixed;
mod forms;
mod half;
mod handed_over;
mod head;
mod hidden;
mod import;
mod kept_files;
mod keys;
mod letterhead;
mod line;
mod matrix;
mod missing;
mod nul;
mod obstacles;
mod offered;
mod others;
mod pages;
mod paper;
mod parity;
mod pasted;
mod payments;
mod policy;
mod pressed;
mod questions;
mod reach;
mod ready;
mod reasons;
mod safe;
mod seen;
mod sent_on;
mod set_up;
mod shown_out;
mod slow;
mod stranger;
mod told;
mod typed;
mod untaken;
mod vat_id;
mod visit;
mod world;
mod written;
