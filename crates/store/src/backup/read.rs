//! Reading a backup, and judging whether it is whole before anything is made of it.

use super::{FIRST_LINE, Header, Locks, measure};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The longest second line that is believed.
const LONGEST_HEADER: u64 = 64 * 1024;

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
    /// There is no place for what is in it.
    NoRoom(io::Error),
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => write!(f, "The backup cannot be read: {error}."),
            Self::Foreign => f.write_str("This is not a backup of Coffer, or one of a later version. Take another file, or update Coffer."),
            Self::Damaged => f.write_str("This backup is damaged: bytes of it are missing or changed. Nothing was restored. Take another copy of it, or an earlier one."),
            Self::NoRoom(error) => write!(f, "What is in the backup cannot be written to this disk: {error}. Nothing was restored. Make room, or choose another --data."),
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
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(to);
        let copied = file.and_then(|mut file| {
            io::copy(&mut self.rest, &mut file)?;
            file.sync_all()
        });
        copied.map_err(Unreadable::NoRoom)?;
        let found = measure(&mut File::open(to)?)?;
        if found != (self.header.bytes, self.header.sha256) {
            drop(std::fs::remove_file(to));
            return Err(Unreadable::Damaged);
        }
        Ok(())
    }
}
