//! Where things lie: the data in one folder, the key to it in another.

use crate::Ending;
use std::path::PathBuf;

/// The two places.
#[derive(Clone)]
pub(crate) struct Places {
    pub(crate) data: PathBuf,
    pub(crate) key_file: PathBuf,
}

impl Places {
    /// Where a backup's pages are copied to for a moment.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.data.join("unfinished")
    }
}

/// What was asked for, or the user's own folders (XDG Base Directory).
pub(crate) fn places(data: Option<PathBuf>, key_file: Option<PathBuf>) -> Result<Places, Ending> {
    let home = variable("HOME").map(PathBuf::from);
    let user = |variable_name: &str, below: &str| {
        let folder = variable(variable_name).map(PathBuf::from).or_else(|| home.as_ref().map(|home| home.join(below)));
        folder.ok_or("There is no home folder to put data in. Say where with --data and --key-file.")
    };
    Ok(Places {
        data: data.map_or_else(|| user("XDG_DATA_HOME", ".local/share").map(|folder| folder.join("coffer")), Ok)?,
        key_file: key_file
            .map_or_else(|| user("XDG_CONFIG_HOME", ".config").map(|folder| folder.join("coffer/root.key")), Ok)?,
    })
}

/// A variable of the environment that says something.
#[expect(clippy::disallowed_methods, reason = "configuration is read here and nowhere else")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
