//! Development commands: `cargo xtask test | tidy | controls [--json] | gen [--check] | bench [W2 …] | deep [PART | NAME…]`.
//!
//! `test` is what `./test` and CI run: all set-up, then every stage, with a time each.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a development command talks to a terminal and reads the world"
)]

mod controls;
mod deep;
mod generate;
#[cfg(test)]
mod needs;
mod proofs;
mod stages;
mod supply;
mod tidy;
mod tree;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["test", only @ ..] => stages::run(only),
        ["tidy"] => tidy::run(),
        ["controls"] => controls::print(false),
        ["controls", "--json"] => controls::print(true),
        ["bench", only @ ..] => stages::bench(only),
        ["deep", words @ ..] => deep::run(words),
        ["gen"] => generate::run_all(false),
        ["gen", "--check"] => generate::run_all(true),
        _ => Err(
            "cargo xtask test [STAGE…] | tidy | controls [--json] | gen [--check] | bench [W2 …] | deep [PART | NAME…]"
                .to_owned(),
        ),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
