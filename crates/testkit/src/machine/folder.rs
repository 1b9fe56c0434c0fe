//! A folder for one test's use, and the lock that says the test still uses it.

use std::{
    fs::{self, DirBuilder, File},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use super::{Ending, MachineError, watch};

/// Where short paths begin: the path of a Unix socket may have 107 bytes, and a server that runs as
/// another user must be able to walk there, so `TMPDIR` is not asked.
pub(crate) fn short_temporary_folder() -> &'static Path {
    Path::new("/tmp")
}

/// A new folder, held by this value. Its watcher ends and removes it once the value, or the process,
/// has gone.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// The process's hold on the folder; locked for as long as it is open.
    _hold: File,
}

impl Folder {
    /// Makes a folder named after `purpose`. `ending` is done to it once nobody holds it.
    pub(crate) fn new(purpose: &str, ending: Ending) -> Result<Self, MachineError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let name = format!("coffer-{purpose}-{}-{count}", process::id());
            let path = short_temporary_folder().join(name);
            match DirBuilder::new().mode(0o755).create(&path) {
                // Left by a process of the same number that did not end well; its watcher has it.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => {
                    made.map_err(MachineError::doing("make the folder", &path))?;
                    return Self::hold(path, ending);
                }
            }
        }
    }

    fn hold(path: PathBuf, ending: Ending) -> Result<Self, MachineError> {
        let lock = path.join("lock");
        let doing = || MachineError::doing("lock", &lock);
        let hold = File::create(&lock).map_err(doing())?;
        hold.lock_shared().map_err(doing())?;
        watch(&path, ending)?;
        Ok(Self { path, _hold: hold })
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// Makes a folder at a fixed place, or takes the one that stands there if it is this user's.
pub(crate) fn shared_folder(path: &Path) -> Result<(), MachineError> {
    let doing = || MachineError::doing("make the folder", path);
    match DirBuilder::new().mode(0o755).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let found = fs::symlink_metadata(path).map_err(doing())?;
            if found.is_dir() && found.uid() == super::programs::user_id()? {
                return Ok(());
            }
            let foreign = io::Error::other("it exists and is not a folder of this user's");
            Err(doing()(foreign))
        }
        made => made.map_err(doing()),
    }
}
