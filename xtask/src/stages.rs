//! The test command: set-up, then every stage. A stage that fails does not hide what the next ones would say.

use crate::{controls, generate, supply, tidy, tree};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

type Stage = (&'static str, fn() -> Result<(), String>);

const STAGES: &[Stage] = &[
    ("set-up", set_up),
    ("format", || cargo(&["fmt", "--all", "--check"])),
    ("tidy", tidy::run),
    ("supply", supply::check),
    ("generated", || generate::run(true)),
    ("lint", || cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "--deny", "warnings"])),
    ("tests", tests),
    ("examples in docs", || cargo(&["test", "--locked", "--workspace", "--doc", "--quiet"])),
];

/// Runs the named stages, or all of them.
pub(crate) fn run(only: &[&str]) -> Result<(), String> {
    let known = STAGES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    if only == ["--help"] {
        println!("./test runs every stage, ./test STAGE… those that are named. Choose from: {known}.");
        return Ok(());
    }
    if let Some(unknown) = only.iter().find(|name| !STAGES.iter().any(|(known, _)| known == *name)) {
        return Err(format!("There is no stage {unknown}. Choose from: {known}."));
    }
    let mut times: Vec<(&str, Duration, bool)> = Vec::new();
    for (name, stage) in STAGES.iter().filter(|(name, _)| only.is_empty() || only.contains(name)) {
        println!("\n== {name}");
        let start = Instant::now();
        let outcome = stage();
        if let Err(why) = &outcome {
            println!("{name}: {why}");
        }
        times.push((name, start.elapsed(), outcome.is_ok()));
    }
    println!();
    for (name, time, well) in &times {
        println!("{:>7.1} s  {}  {name}", time.as_secs_f32(), if *well { "ok  " } else { "FAIL" });
    }
    let minutes = times.iter().map(|(_, time, _)| *time).sum::<Duration>().as_secs() / 60;
    // Said and not refused: how long it takes is the machine's doing too.
    if let Some(over) = tidy::over_budget("whole_run_minutes", minutes) {
        println!("{over}");
    }
    if let Some((passed, failed)) = controls::counts() {
        println!("{passed} passed, {failed} failed");
    }
    if times.iter().all(|(_, _, well)| *well) { Ok(()) } else { Err("Not everything is well; see above.".to_owned()) }
}

fn set_up() -> Result<(), String> {
    let script = tree::root().join("xtask/needs.sh");
    succeed(Command::new("sh").arg(script).arg("tests"))
}

fn tests() -> Result<(), String> {
    controls::forget();
    cargo(&["nextest", "run", "--locked", "--workspace", "--no-fail-fast"])
}

/// Runs the benchmarks with these ids, or all: a line of JSON for each result.
pub(crate) fn bench(only: &[&str]) -> Result<(), String> {
    let words = ["bench", "--locked", "--quiet", "--package", "coffer", "--bench", "targets", "--"];
    let ids = only.iter().copied().filter(|word| *word != "--json");
    cargo(&words.into_iter().chain(ids).collect::<Vec<_>>())
}

fn cargo(words: &[&str]) -> Result<(), String> {
    succeed(Command::new("cargo").args(words).current_dir(tree::root()))
}

fn succeed(command: &mut Command) -> Result<(), String> {
    match command.stdin(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("ended with {status}")),
        Err(error) => Err(format!("could not be run: {error}")),
    }
}
