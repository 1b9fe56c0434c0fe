//! One server for a whole run of tests, whichever processes they are in.
//!
//! Who has a shared lock on the folder's `lock` uses the server; who wants to make it needs the
//! exclusive lock. The watcher takes the exclusive lock too, so a server is never stopped beneath
//! a test, and a test that comes too late finds no server and makes the next.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use super::{
    cluster::{Cluster, STOP},
    settings::Settings,
};
use crate::machine::{Ending, MachineError, shared_folder, short_temporary_folder, user_id, watch};

/// Only the server goes, the lock stays for the next run.
const ENDING: Ending = Ending { grace_seconds: 10, stop: STOP, only_remove: Some("server") };

/// Finds or makes the shared server. It stays for as long as the file is open.
pub(super) fn join() -> Result<(Cluster, File), MachineError> {
    let folder = place()?;
    let lock = folder.join("lock");
    let doing = || MachineError::doing("lock", &lock);
    let hold = File::options().create(true).append(true).open(&lock).map_err(doing())?;
    loop {
        hold.lock_shared().map_err(doing())?;
        let cluster = Cluster::existing(&folder)?;
        if cluster.answers() {
            return Ok((cluster, hold));
        }
        hold.unlock().map_err(doing())?;
        hold.lock().map_err(doing())?;
        // Another test may have made it while this one waited.
        if !cluster.answers() {
            make(&folder)?;
        }
        hold.unlock().map_err(doing())?;
    }
}

fn make(folder: &Path) -> Result<(), MachineError> {
    let left_over = folder.join("server");
    if left_over.exists() {
        fs::remove_dir_all(&left_over).map_err(MachineError::doing("remove", &left_over))?;
    }
    Cluster::create(folder, &Settings::default())?;
    watch(folder, ENDING)
}

/// Lets one process at a time through, for as long as the file is open.
pub(super) fn one_at_a_time() -> Result<File, MachineError> {
    let path = place()?.join("templates");
    let doing = || MachineError::doing("lock", &path);
    let turn = File::options().create(true).append(true).open(&path).map_err(doing())?;
    turn.lock().map_err(doing())?;
    Ok(turn)
}

fn place() -> Result<PathBuf, MachineError> {
    let name = format!("coffer-postgres-{}", user_id()?);
    let folder = short_temporary_folder().join(name);
    shared_folder(&folder)?;
    Ok(folder)
}
