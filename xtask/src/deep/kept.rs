//! The results of deep runs, committed in `docs/deep/`.

use super::{counter, days};
use crate::tree;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;

/// Keeps a part's result with the commit it is of, the day (since 1970-01-01), the seed and how long it took.
pub(crate) fn keep(name: &str, seed: Option<u64>, seconds: u64, results: &[Value]) -> Result<(), String> {
    let kept = json!({ "commit": commit()?, "day": days(), "seed": seed, "seconds": seconds, "results": results });
    let text = serde_json::to_string_pretty(&kept).map_err(|error| error.to_string())?;
    let path = place(name);
    std::fs::create_dir_all(path.parent().unwrap_or(&path)).map_err(|error| error.to_string())?;
    std::fs::write(&path, text + "\n").map_err(|error| format!("{}: {error}", path.display()))
}

/// What a part's last run found; nothing where there was none.
pub(crate) fn results(name: &str) -> Vec<Value> {
    last(name).and_then(|kept| kept.get("results").and_then(Value::as_array).cloned()).unwrap_or_default()
}

/// Says of every part how old its result is, and of how many counter-proofs there is none.
pub(crate) fn report() {
    for (part, _) in super::PARTS {
        match last(part).and_then(|kept| kept.get("day").and_then(Value::as_u64)) {
            Some(day) => println!("deep {part}: {} days old", days().saturating_sub(day)),
            None => println!("deep {part}: never run"),
        }
    }
    let never: Vec<String> = counter::never_seen_red();
    if !never.is_empty() {
        println!("deep counter-proofs: {} were not seen red: {}", never.len(), never.join(", "));
    }
}

/// The commit that is checked out.
pub(crate) fn commit() -> Result<String, String> {
    let output = Command::new("git").args(["rev-parse", "HEAD"]).current_dir(tree::root()).output();
    Ok(String::from_utf8_lossy(&output.map_err(|error| error.to_string())?.stdout).trim().to_owned())
}

fn last(name: &str) -> Option<Value> {
    serde_json::from_str(&std::fs::read_to_string(place(name)).ok()?).ok()
}

fn place(name: &str) -> PathBuf {
    tree::root().join(format!("docs/deep/{name}.json"))
}
