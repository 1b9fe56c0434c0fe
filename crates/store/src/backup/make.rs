//! Making a backup: the pages are copied into a scratch file without a name, and read from there.

use super::{FIRST_LINE, Header, Locks, measure};
use crate::books::Order;
use crate::engine::Engine;
use crate::recorded::Event;
use crate::{Books, Dialect, fault::hex, refusals};
use coffer_kernel::{Action, Actor};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Cursor, Read, Seek};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

struct BackUp;

impl Order for BackUp {
    const ACTION: Action = Action::BackUp;
}

struct BackupMade;

impl Event for BackupMade {
    const NAME: &'static str = "backup.made";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}

refusals! {
    /// Why there is no backup.
    pub enum BackUpRefused {
        /// Not this engine.
        Engine => Conflict, "backup.engine", "These books are on PostgreSQL. Copy that database with its own tools, e.g. pg_dump: what is personal in it is sealed all the same.";
        /// The disk.
        Disk => Unavailable, "backup.disk", "The backup could not be made: it needs as much room beside the data as the books themselves, for a moment, and there is too little. Nothing was kept of it. Make room, then try again.";
    }
}

/// A backup, to be read from its first byte to its last. What is on disk of it has no name, so that nothing is left of
/// it when it is dropped, or when the program is killed.
#[derive(Debug)]
pub struct Made {
    head: Cursor<Vec<u8>>,
    pages: File,
    bytes: u64,
}

impl Made {
    /// How many bytes there are in all.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl Read for Made {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.head.read(into)? {
            0 => self.pages.read(into),
            read => Ok(read),
        }
    }
}

impl Books {
    /// Makes a backup, through the folder `scratch`, which is made where it is missing. It is recorded before anybody
    /// gets it.
    ///
    /// # Errors
    /// [`BackUpRefused`]; nothing is left in the folder then.
    pub async fn back_up(&self, actor: &Actor, locks: Locks, scratch: PathBuf) -> Result<Made, BackUpRefused> {
        if self.dialect() != Dialect::Sqlite {
            return Err(BackUpRefused::Engine);
        }
        let (engine, world) = (Arc::clone(&self.inner().engine), self.world());
        let made_at = world.clock.now().to_string();
        let mut name = [0; 16];
        world.entropy.fill(&mut name);
        let copied = tokio::task::spawn_blocking(move || {
            let pages = copy(engine.as_ref(), &scratch, &hex(&name))?;
            assemble(pages, made_at, locks)
        });
        let made = match copied.await {
            Ok(Ok(made)) => made,
            Ok(Err(_)) | Err(_) => return Err(BackUpRefused::Disk),
        };
        self.transact(actor, BackUp, |tx, _, _| tx.record::<_, _, BackUpRefused>(BackupMade, ())).await?;
        Ok(made)
    }
}

/// Removes what backups that were ended by force left in their scratch folder, and tells how many there were. Only for
/// whoever has the books alone.
///
/// # Errors
/// Where the folder cannot be read or emptied.
pub fn tidy_up(scratch: &Path) -> io::Result<usize> {
    match fs::read_dir(scratch) {
        Ok(left) => {
            let left = left.count();
            fs::remove_dir_all(scratch).map(|()| left)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// Copies the pages into a file that loses its name as soon as it is whole.
fn copy(engine: &dyn Engine, scratch: &Path, name: &str) -> io::Result<File> {
    DirBuilder::new().recursive(true).mode(0o700).create(scratch)?;
    let path = scratch.join(name);
    // The engine writes into an empty file as it is, and would make one that is open to others.
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    let copied = engine.copy(&path).map_err(|fault| io::Error::other(fault.to_string()));
    let opened = copied.and_then(|()| File::open(&path));
    fs::remove_file(&path)?;
    opened
}

fn assemble(mut pages: File, made_at: String, locks: Locks) -> io::Result<Made> {
    let (bytes, sha256) = measure(&mut pages)?;
    pages.rewind()?;
    let header = serde_json::to_string(&Header { made_at, bytes, sha256, locks })?;
    let head = format!("{FIRST_LINE}\n{header}\n").into_bytes();
    Ok(Made { bytes: bytes + head.len() as u64, head: Cursor::new(head), pages })
}
