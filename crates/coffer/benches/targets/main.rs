//! The performance targets by their ids (W1 …), each beside the floor of the same run where there is one.
//!
//! `cargo xtask bench [W2 W4 …]` prints a line of JSON for each result. Compare ratios of one run; absolute figures
//! drift from machine to machine, and a machine that does other work at the time measures that work: `busy` is the load
//! average when the run began. No figure is asserted.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a benchmark measures the world and prints what it saw"
)]

#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../../tests/process/client.rs"]
mod client;
mod figures;
mod floor;
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
#[path = "../../tests/process/installation.rs"]
mod installation;
mod lists;
mod load;
mod log;
mod paper;
mod sealing;
mod whole;

use serde_json::json;

/// A measurement, under the ids it answers to.
type Bench = (&'static [&'static str], fn());

const BENCHES: &[Bench] = &[
    (&["W1", "W2"], load::run),
    (&["W4", "W8", "W9", "W11"], whole::run),
    (&["W7"], paper::run),
    (&["W13"], sealing::engines),
    (&["W15"], sealing::fields),
];

fn main() {
    // The harness is told things like `--bench`; what is left are ids.
    let only: Vec<String> = std::env::args().skip(1).filter(|word| word.starts_with('W')).collect();
    let busy = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("{}", json!({ "busy": busy.split(' ').next(), "optimised": !cfg!(debug_assertions) }));
    for (ids, bench) in BENCHES {
        if only.is_empty() || ids.iter().any(|id| only.iter().any(|word| word == id)) {
            bench();
        }
    }
}
