//! Mutants: a tool breaks the money, the rounding and the policy in every small way it knows, and some test has to see
//! each. What is listed as missed is a way to be wrong that no test of these rooms would find.

use super::Sizes;
use super::copy::{Copy, home};
use super::kept::keep;
use super::run::{succeed, within};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// The tool, which is installed by its name where it is missing.
const TOOL: &str = "cargo-mutants";
/// The most that one room may take.
const LIMIT: Duration = Duration::from_secs(45 * 60);

/// A room, the files that are broken in it, and the words that choose its tests.
const ROOMS: &[(&str, &[&str], &[&str])] = &[
    ("kernel", &["crates/kernel/src/money/mod.rs", "crates/kernel/src/policy.rs"], &["--lib"]),
    ("billing", &["crates/billing/src/invoices/content/{totals,adjustment,line}.rs"], &["--lib", "invoices::"]),
];

/// Breaks each room in turn, in the copy.
pub(crate) fn run(_sizes: &Sizes) -> Result<(), String> {
    let (start, tool, copy) = (Instant::now(), tool()?, Copy::open()?);
    let mut rows = Vec::new();
    for (room, files, tests) in ROOMS {
        let found = copy.log("mutants").with_extension(room);
        drop(std::fs::remove_dir_all(&found));
        let mut command = Command::new(&tool);
        command.args(["mutants", "--in-place", "--no-shuffle", "--colors", "never", "--output"]).arg(&found);
        command.args(files.iter().flat_map(|file| ["--file", file]));
        command.args(["--timeout", "120", "--", "--locked"]).args(*tests);
        command.current_dir(copy.project()).env("CARGO_TARGET_DIR", home()?.join("mutants"));
        let ended = within(&mut command, LIMIT, &copy.log(&format!("mutants-{room}")))?;
        let list = |name: &str| -> Vec<Value> {
            let text = std::fs::read_to_string(found.join("mutants.out").join(name)).unwrap_or_default();
            text.lines().map(Value::from).collect()
        };
        let (missed, caught) = (list("missed.txt"), list("caught.txt").len() + list("timeout.txt").len());
        println!("{room}: {caught} caught, {} missed ({ended:?})", missed.len());
        rows.push(json!({ "room": room, "files": files, "caught": caught, "missed": missed, "ended": ended }));
    }
    keep("mutants", None, start.elapsed().as_secs(), &rows)?;
    let missed = |row: &Value| row.get("missed").and_then(Value::as_array).map_or(0, Vec::len);
    // What the tool ends with: 0 all were caught, 2 some were missed, 3 some took too long.
    let broken = |row: &Value| !matches!(row.get("ended").and_then(Value::as_i64), Some(0 | 2 | 3));
    if rows.iter().any(broken) {
        return Err("The tool could not do its work; its log stands in the cache.".to_owned());
    }
    match rows.iter().map(missed).sum::<usize>() {
        0 => Ok(()),
        some => Err(format!("{some} mutants were missed: docs/deep/mutants.json.")),
    }
}

fn tool() -> Result<PathBuf, String> {
    let tools = home()?.join("tools");
    let tool = tools.join("bin").join(TOOL);
    if !tool.exists() {
        println!("installing {TOOL}");
        succeed(Command::new("cargo").args(["install", "--quiet", "--locked", TOOL, "--root"]).arg(&tools))?;
    }
    Ok(tool)
}
