//! What comes in with dependencies: their licences and sources on every change, the published advisories in deep runs.

use crate::tree;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Licences, banned crates and sources (`deny.toml`). Asks nobody.
pub(crate) fn check() -> Result<(), String> {
    deny(&["--offline", "check", "licenses", "bans", "sources"])
}

/// Whether a hole in something we use was published. Fetches the list of those; without a way to it, it says so.
pub(crate) fn advisories() -> Result<(), String> {
    deny(&["check", "advisories"])
}

fn deny(words: &[&str]) -> Result<(), String> {
    let tool = tool()?;
    let ended = Command::new(&tool).args(words).current_dir(tree::root()).stdin(Stdio::null()).status();
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("cargo-deny ended with {status}")),
        Err(error) => Err(format!("{}: {error}; the stage set-up installs it", tool.display())),
    }
}

/// Where `xtask/needs.sh tests` puts what judges us.
fn tool() -> Result<PathBuf, String> {
    let home = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let cache = home("XDG_CACHE_HOME").or_else(|| home("HOME").map(|home| home.join(".cache")));
    Ok(cache.ok_or("There is no HOME.")?.join("coffer/judges/bin/cargo-deny"))
}
