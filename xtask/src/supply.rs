//! What comes in with dependencies: their licences and sources on every change, the published advisories in deep runs.

use crate::deep::succeed;
use crate::tree::{self, cache};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Licences, banned crates and sources (`deny.toml`). Asks nobody but for the crates themselves, where a machine is new.
pub(crate) fn check() -> Result<(), String> {
    succeed(Command::new("cargo").args(["fetch", "--locked", "--quiet"]).current_dir(tree::root()))?;
    deny(&["--offline", "check", "licenses", "bans", "sources"])
}

/// Names a folder that holds the published list, for a machine that reaches nobody.
const LIST: &str = "COFFER_ADVISORIES";

/// Whether a hole in something we use was published, and until when the list knew (`2026-11-20`; none where it was
/// fetched just now). Fetches the list, or takes it from the folder that `COFFER_ADVISORIES` names.
pub(crate) fn advisories() -> Result<Option<String>, String> {
    let Some(folder) = env::var_os(LIST) else {
        return deny(&["check", "advisories"]).map(|()| None);
    };
    let lists = cache()?.join("deep/advisories");
    let newest = take_over(Path::new(&folder), &lists)?;
    let text = tree::root().join("deny.toml");
    let text = std::fs::read_to_string(&text).map_err(|error| format!("{}: {error}", text.display()))?;
    let settings = lists.join("deny.toml");
    let text = text.replace("[advisories]", &format!("[advisories]\ndb-path = {:?}", lists.display().to_string()));
    std::fs::write(&settings, text).map_err(|error| format!("{}: {error}", settings.display()))?;
    deny(&["--offline", "--config", &settings.to_string_lossy(), "check", "advisories"])?;
    Ok(Some(newest))
}

/// Puts a list where the tool looks for it, dated by the newest advisory in it: the tool refuses what is stale.
fn take_over(folder: &Path, lists: &Path) -> Result<String, String> {
    // How the tool names the list of github.com/rustsec/advisory-db.
    let list = lists.join("advisory-db-3157b0e258782691");
    drop(std::fs::remove_dir_all(lists));
    std::fs::create_dir_all(lists).map_err(|error| format!("{}: {error}", lists.display()))?;
    succeed(Command::new("cp").arg("-r").arg(folder).arg(&list))?;
    let newest = newest(&list.join("crates")).ok_or_else(|| format!("{}: no advisories", folder.display()))?;
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=list", "-c", "user.email=list@localhost"]).args(words).current_dir(&list);
        git.env("GIT_COMMITTER_DATE", format!("{newest}T00:00:00Z"));
        succeed(&mut git)
    };
    git(&["init", "--quiet"])?;
    git(&["add", "--all"])?;
    git(&["commit", "--quiet", "--message", "The published list"])?;
    Ok(newest)
}

/// The day of the newest advisory below a folder.
fn newest(folder: &Path) -> Option<String> {
    let inside = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let day = |path: PathBuf| {
        if path.is_dir() {
            return newest(&path);
        }
        let text = std::fs::read_to_string(path).ok()?;
        let day = text.lines().find_map(|line| line.strip_prefix("date = \""))?;
        day.get(..10).map(str::to_owned)
    };
    inside.filter_map(day).max()
}

fn deny(words: &[&str]) -> Result<(), String> {
    // Where `xtask/needs.sh tests` puts what judges us.
    let tool = cache()?.join("judges/bin/cargo-deny");
    let ended = Command::new(&tool).args(words).current_dir(tree::root()).stdin(Stdio::null()).status();
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("cargo-deny ended with {status}")),
        Err(error) => Err(format!("{}: {error}; the stage set-up installs it", tool.display())),
    }
}
