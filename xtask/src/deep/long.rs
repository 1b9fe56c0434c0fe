//! What the test suite does a little of, done much longer.

use super::Sizes;
use super::kept::keep;
use crate::{supply, tree};
use serde_json::{Map, Value, json};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Lives of the simulator: many seeds on both engines, and a crash at every single step of some.
pub(crate) fn simulator(sizes: &Sizes) -> Result<(), String> {
    let settings = [
        ("COFFER_SIMULATOR_FROM", sizes.seed),
        ("COFFER_SIMULATOR_SEEDS", sizes.lives),
        ("COFFER_SIMULATOR_ROUNDS", 120),
        ("COFFER_SIMULATOR_CRASHED", 1 + sizes.lives / 100),
        ("COFFER_SIMULATOR_STRIDE", 1),
    ];
    tests("simulator", sizes.seed, "money", "simulator", &settings)
}

/// The process killed under load, at moments drawn from the seed, and at every call that changes the disk.
pub(crate) fn kills(sizes: &Sizes) -> Result<(), String> {
    let settings =
        [("COFFER_KILLS", sizes.kills / 2), ("COFFER_KILLS_SEED", sizes.seed), ("COFFER_KILLS_EVERY_CALL", 1)];
    tests("kills", sizes.seed, "process", "kill", &settings)
}

/// The published advisories, as they stand today.
pub(crate) fn advisories(_sizes: &Sizes) -> Result<(), String> {
    let start = Instant::now();
    let known = supply::advisories()?;
    keep("advisories", None, start.elapsed().as_secs(), &[json!({ "well": true, "list_until": known })])
}

/// Runs tests alone and without a limit of time: what is run is long on purpose.
fn tests(part: &str, seed: u64, target: &str, filter: &str, settings: &[(&str, u64)]) -> Result<(), String> {
    let start = Instant::now();
    let mut run = Command::new("cargo");
    run.args(["test", "--locked", "--workspace", "--test", target, filter, "--", "--test-threads", "1"]);
    run.envs(settings.iter().map(|(name, size)| (name, size.to_string()))).current_dir(tree::root());
    let well = run.stdin(Stdio::null()).status().map_err(|error| error.to_string())?.success();
    let settings: Map<String, Value> =
        settings.iter().map(|(name, size)| ((*name).to_owned(), (*size).into())).collect();
    keep(part, Some(seed), start.elapsed().as_secs(), &[json!({ "settings": settings, "well": well })])?;
    if well { Ok(()) } else { Err(format!("It did not end well; see above. The seed is {seed}.")) }
}
