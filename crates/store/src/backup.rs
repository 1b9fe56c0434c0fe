//! Backup: one file that, with the recovery sheet, brings everything back on an empty machine.
//!
//! | part | what |
//! | --- | --- |
//! | first line | `coffer backup 1` |
//! | second line | JSON: when, how many bytes, their SHA-256, the root key wrapped for the sheet, the database's key wrapped by the root key |
//! | the rest | the database's pages as they stood at one instant, encrypted as they are on disk |
//!
//! Nothing in it can be read without the sheet or the root key. It is made while commands go on. The embedded engine
//! only, so far: PostgreSQL's own tools copy its database, and the wrapped keys in it make that copy just as useless to
//! a thief.

use crate::books::Order;
use crate::recorded::Event;
use crate::{Books, Dialect, refusals};
use coffer_kernel::{Action, Actor};
use coffer_keys::fingerprint::Fingerprint;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FIRST_LINE: &str = "coffer backup 1";
/// The longest second line that is believed.
const LONGEST_HEADER: u64 = 64 * 1024;

/// The two keys that go with the pages, wrapped: by the sheet, and by the root key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locks {
    /// The root key, wrapped for the recovery sheet; hexadecimal.
    pub root: String,
    /// The database's key, wrapped by the root key; hexadecimal.
    pub database: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    made_at: String,
    bytes: u64,
    sha256: String,
    locks: Locks,
}

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
        /// Something stands there.
        Exists => Conflict, "backup.exists", "There is a file of this name already. A backup never replaces another: choose a new name.";
        /// The disk.
        Disk => Unavailable, "backup.disk", "The backup could not be written: the disk is full, or this folder takes no files. Nothing was kept of it. Choose another place.";
    }
}

impl Books {
    /// Writes a backup to a file that is not there yet. It is recorded before the file has its name.
    ///
    /// # Errors
    /// [`BackUpRefused`]; no file is left then.
    pub async fn back_up(&self, actor: &Actor, locks: Locks, to: PathBuf) -> Result<u64, BackUpRefused> {
        if self.dialect() != Dialect::Sqlite {
            return Err(BackUpRefused::Engine);
        }
        if to.exists() {
            return Err(BackUpRefused::Exists);
        }
        let (engine, made_at) = (Arc::clone(&self.inner().engine), self.inner().world.clock.now().to_string());
        let part = to.with_extension("part");
        let unfinished = part.clone();
        let written = tokio::task::spawn_blocking(move || {
            let pages = unfinished.with_extension("pages");
            let outcome = engine.copy(&pages).map_err(|fault| io::Error::other(fault.to_string()));
            let outcome = outcome.and_then(|()| assemble(&pages, &unfinished, made_at, locks));
            drop(std::fs::remove_file(&pages));
            outcome
        });
        let bytes = match written.await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(_)) | Err(_) => {
                drop(std::fs::remove_file(&part));
                return Err(BackUpRefused::Disk);
            }
        };
        self.transact(actor, BackUp, |tx, _, _| tx.record::<_, _, BackUpRefused>(BackupMade, ())).await.inspect_err(
            |_| {
                drop(std::fs::remove_file(&part));
            },
        )?;
        std::fs::rename(&part, &to).map_err(|_| BackUpRefused::Disk)?;
        Ok(bytes)
    }
}

fn assemble(pages: &Path, to: &Path, made_at: String, locks: Locks) -> io::Result<u64> {
    let (bytes, sha256) = measure(&mut File::open(pages)?)?;
    let header = serde_json::to_string(&Header { made_at, bytes, sha256, locks })?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    writeln!(file, "{FIRST_LINE}\n{header}")?;
    io::copy(&mut File::open(pages)?, &mut file)?;
    file.sync_all()?;
    Ok(bytes)
}

fn measure(from: &mut impl Read) -> io::Result<(u64, String)> {
    let (mut fingerprint, mut bytes, mut part) = (Fingerprint::default(), 0_u64, [0; 64 * 1024]);
    loop {
        let read = from.read(&mut part)?;
        if read == 0 {
            return Ok((bytes, fingerprint.finish()));
        }
        bytes += read as u64;
        fingerprint.update(part.get(..read).unwrap_or_default());
    }
}

/// A backup that is being read.
pub struct Backup {
    header: Header,
    rest: BufReader<File>,
}

/// Why a file is no backup to restore.
#[derive(Debug)]
pub enum Unreadable {
    /// It could not be read at all.
    Io(io::Error),
    /// It is something else, or made by a later Coffer.
    Foreign,
    /// Bytes are missing, added or changed.
    Damaged,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => write!(f, "The backup cannot be read: {error}."),
            Self::Foreign => f.write_str("This is not a backup of Coffer, or one of a later version. Take another file, or update Coffer."),
            Self::Damaged => f.write_str("This backup is damaged: bytes of it are missing or changed. Nothing was restored. Take another copy of it, or an earlier one."),
        }
    }
}

impl std::error::Error for Unreadable {}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Backup {
    /// Opens a file and reads what it says of itself.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn open(file: &Path) -> Result<Self, Unreadable> {
        let mut rest = BufReader::new(File::open(file)?);
        let mut line = |most: u64| -> Result<String, Unreadable> {
            let mut line = Vec::new();
            (&mut rest).take(most).read_until(b'\n', &mut line)?;
            String::from_utf8(line).map_err(|_| Unreadable::Foreign)
        };
        if line(64)?.trim_end() != FIRST_LINE {
            return Err(Unreadable::Foreign);
        }
        let header = serde_json::from_str(&line(LONGEST_HEADER)?).map_err(|_| Unreadable::Damaged)?;
        Ok(Self { header, rest })
    }

    /// When it was made, RFC 3339.
    #[must_use]
    pub fn made_at(&self) -> &str {
        &self.header.made_at
    }

    /// The wrapped keys that go with the pages.
    #[must_use]
    pub const fn locks(&self) -> &Locks {
        &self.header.locks
    }

    /// Writes the pages to a new file, if they are whole.
    ///
    /// # Errors
    /// [`Unreadable::Damaged`] where they are not; the file is removed then.
    pub fn pages(mut self, to: &Path) -> Result<(), Unreadable> {
        let mut file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(to)?;
        io::copy(&mut self.rest, &mut file)?;
        file.sync_all()?;
        let found = measure(&mut File::open(to)?)?;
        if found != (self.header.bytes, self.header.sha256) {
            drop(std::fs::remove_file(to));
            return Err(Unreadable::Damaged);
        }
        Ok(())
    }
}
