//! Backup: one file that, with the recovery sheet, brings everything back on an empty machine.
//!
//! | part | what |
//! | --- | --- |
//! | first line | `coffer backup 1` |
//! | second line | JSON: when, how many bytes, their SHA-256, the root key wrapped for the sheet, the database's key wrapped by the root key |
//! | the rest | the database's pages as they stood at one instant, encrypted as they are on disk |
//!
//! Nothing in it can be read without the sheet or the root key. It is made while commands go on. Books on PostgreSQL go
//! into an embedded database made for the backup, so that either engine can be restored from it.

mod across;
mod arrived;
mod kept;
mod make;
mod read;
mod restored;
mod sheet;

pub(crate) use sheet::AGGREGATE as SHEETS;

pub use across::{Embedded, NotInto, holds_books, into_postgres};
pub use arrived::Handed;
pub use kept::{Kept, LastBackup};
pub use make::{BackUpRefused, Made, tidy_up};
pub use read::{Backup, Unreadable};
pub use sheet::{ASKED, Sheet, SheetRefused, TrySheet};

use coffer_keys::fingerprint::Fingerprint;
use serde::{Deserialize, Serialize};
use std::io::{self, Read};

const FIRST_LINE: &str = "coffer backup 1";

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
