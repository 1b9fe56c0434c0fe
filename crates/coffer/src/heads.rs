//! The last signed head of each log, in files beside the data: what the database says of its own logs is held against them.
//!
//! A file holds a signed checkpoint (C2SP tlog-checkpoint) and nothing secret: it may be copied anywhere, and `coffer audit
//! verify --since` holds an exported log against such a copy.

use crate::files::{replace, sync_folder_of};
use crate::places::Places;
use coffer_kernel::BusinessId;
use coffer_store::Heads;
use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

/// The folder, beside the data.
const FOLDER: &str = "heads";

/// One file for each log.
pub(crate) struct HeadFiles(PathBuf);

impl HeadFiles {
    /// Those of the installation in these places.
    pub(crate) fn of(places: &Places) -> Self {
        Self(places.data.join(FOLDER))
    }

    fn file(&self, log: BusinessId) -> PathBuf {
        if log == BusinessId::INSTALLATION { self.0.join("installation") } else { self.0.join(log.to_string()) }
    }
}

impl Heads for HeadFiles {
    fn last(&self, log: BusinessId) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.file(log)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            found => found.map(Some),
        }
    }

    fn keep(&self, log: BusinessId, note: &str) -> io::Result<()> {
        if !self.0.exists() {
            DirBuilder::new().recursive(true).mode(0o700).create(&self.0)?;
            sync_folder_of(&self.0)?;
        }
        replace(&self.file(log), note.as_bytes())
    }
}
