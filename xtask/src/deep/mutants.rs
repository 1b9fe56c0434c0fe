//! Mutants: a tool breaks the money, the rounding and the policy in every small way it knows, and some test has to see
//! each. What is listed as missed is a way to be wrong that no test of these rooms would find.

use super::Sizes;
use super::copy::{Copy, home};
use super::kept::{keep, results};
use super::run::{succeed, within};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// The tool, which is installed by its name where it is missing.
const TOOL: &str = "cargo-mutants";

/// A room, the files that are broken in it, and the words that choose its tests.
type Room = (&'static str, &'static [&'static str], &'static [&'static str]);

const ROOMS: &[Room] = &[
    ("kernel", &["crates/kernel/src/money/mod.rs", "crates/kernel/src/policy.rs"], &["--lib"]),
    ("billing", &["crates/billing/src/invoices/content/{totals,adjustment,line}.rs"], &["--lib", "invoices::"]),
];

/// Breaks each room in turn, in the copy. What one came to is kept before the next begins.
pub(crate) fn run(sizes: &Sizes) -> Result<(), String> {
    let (start, tool, copy) = (Instant::now(), tool()?, Copy::open()?);
    let limit = Duration::from_secs(60 * sizes.minutes);
    let (mut rows, mut failed) = (results("mutants"), Vec::new());
    for room in ROOMS {
        let row = in_room(room, &tool, &copy, limit)?;
        let missed = row.get("missed").and_then(Value::as_array).map_or(0, Vec::len);
        // What the tool ends with: 0 all were caught, 2 some were missed, 3 some took too long; nothing where it was
        // stopped before it was done.
        match row.get("ended").and_then(Value::as_i64) {
            Some(0) if row.get("caught").and_then(Value::as_u64) == Some(0) => {
                failed.push(format!("the tool found nothing to break in {}", room.0));
            }
            Some(0) => {}
            Some(2 | 3) => failed.push(format!("{missed} were missed in {}", room.0)),
            Some(_) => {
                failed.push(format!("the tool could not do its work in {}; its log stands in the cache", room.0))
            }
            None => failed.push(format!("{} was not done in time", room.0)),
        }
        rows.retain(|kept| kept.get("room") != row.get("room"));
        rows.push(row);
        keep("mutants", None, start.elapsed().as_secs(), &rows)?;
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("{}: docs/deep/mutants.json.", failed.join("; "))) }
}

fn in_room((room, files, tests): &Room, tool: &Path, copy: &Copy, limit: Duration) -> Result<Value, String> {
    let found = copy.log("mutants").with_extension(room);
    drop(std::fs::remove_dir_all(&found));
    let mut command = Command::new(tool);
    command.args(["mutants", "--workspace", "--in-place", "--no-shuffle", "--colors", "never", "--output"]).arg(&found);
    command.args(files.iter().flat_map(|file| ["--file", file]));
    command.args(["--timeout", "120", "--", "--locked"]).args(*tests);
    command.current_dir(copy.project()).env("CARGO_TARGET_DIR", home()?.join("mutants"));
    let ended = within(&mut command, limit, &copy.log(&format!("mutants-{room}")))?;
    let list = |name: &str| -> Vec<Value> {
        let text = std::fs::read_to_string(found.join("mutants.out").join(name)).unwrap_or_default();
        text.lines().map(Value::from).collect()
    };
    let (missed, caught) = (list("missed.txt"), list("caught.txt").len() + list("timeout.txt").len());
    println!("{room}: {caught} caught, {} missed ({ended:?})", missed.len());
    Ok(json!({ "room": room, "files": files, "caught": caught, "missed": missed, "ended": ended }))
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
