//! The watcher: a shell outside the test that ends what nobody holds any more.
//!
//! A held folder has a file `lock`, on which every process that uses the folder has a shared lock.
//! The kernel drops it when the process ends, however it ends. The watcher waits for the exclusive
//! lock, so it acts when the last user has gone, and only if nobody came within the grace time.

use std::{os::unix::process::CommandExt, path::Path, process::Stdio};

use super::{MachineError, ServerUser, succeed};

/// What is done with a folder that nobody holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ending {
    /// How long a new user may take to come, in seconds.
    pub(crate) grace_seconds: u32,
    /// Shell text that ends what runs in the folder `$1`.
    pub(crate) stop: &'static str,
    /// What of the folder is then removed: everything, or this part of it.
    pub(crate) only_remove: Option<&'static str>,
}

/// Waits until nobody holds the folder `$1` and nobody comes for `$2` seconds.
const WAIT: &str = r#"
command -v flock || exit
exec 9<"$1/lock" || exit
while :; do
    flock -x 9 && flock -u 9 && sleep "$2"
    flock -xn 9 && break
done
"#;

/// Removes `$3`. What was just killed may still be writing, so the first try may fail.
const REMOVE: &str = r#"
tries=0
until rm -rf -- "$3" || [ "$tries" -ge 50 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
"#;

/// Starts a watcher for a held folder. It outlives this process and ends with its work.
pub(crate) fn watch(folder: &Path, ending: Ending) -> Result<(), MachineError> {
    // The outer shell ends at once, so the inner one is nobody's child and needs no waiting for.
    let script = format!("(\n{WAIT}\n{}\n{REMOVE}\n) &", ending.stop);
    let removed = ending.only_remove.map_or(folder.to_owned(), |part| folder.join(part));
    let mut command = ServerUser::Same.command(Path::new("/bin/sh"));
    command
        .args(["-c", &script, "coffer-test-watcher"])
        .arg(folder)
        .arg(ending.grace_seconds.to_string())
        .arg(removed)
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    succeed(&mut command).map(|_| ())
}
