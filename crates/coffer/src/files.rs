//! Files that are there as a whole or not at all, whatever ends the program on the way.
//!
//! A file has another name (`….new` for our own, `….unfinished` for what somebody asked for) until it is whole and on
//! disk. What an earlier attempt left under such a name begins like what is written now, and is replaced; anything else
//! of that name is somebody's own.

use crate::Ending;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The same path with something after its name.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Writes a file of our own that was not there, readable to its owner alone, and waits until it is on disk. For
/// whoever has its folder alone.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.exists() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    replace(path, bytes)
}

/// The same, in place of what was there.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = beside(path, ".new");
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    sync_folder_of(path)
}

/// Makes a folder for its owner alone, and those above it that are missing.
pub(crate) fn make_folder(path: &Path) -> Result<(), Ending> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|error| {
        format!(
            "The folder {} cannot be made ({error}). Choose another place, or let this account write there.",
            path.display()
        )
        .into()
    })
}

/// A file without a name, for what is on its way to somebody.
pub(crate) fn scratch_file(folder: &Path) -> Result<File, Ending> {
    make_folder(folder)?;
    let path = folder.join(format!("file-{}", SCRATCH.fetch_add(1, Ordering::Relaxed)));
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    fs::remove_file(&path)?;
    Ok(file)
}

/// Tells scratch files apart; whoever has the folder has it alone.
static SCRATCH: AtomicU64 = AtomicU64::new(0);

/// Waits until the names in a file's folder are on disk.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if folder != Path::new("") => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

/// Writes what somebody asked for to a file that is not there yet. Tells whether an attempt that was ended by force had
/// left something under the unfinished name.
pub(crate) fn deliver(from: &mut dyn Read, to: &Path) -> Result<bool, Ending> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(taken(to));
    }
    let part = beside(to, ".unfinished");
    let mut start = Vec::new();
    Read::take(&mut *from, START).read_to_end(&mut start)?;
    let (mut file, left) = unfinished(&part, &start)?;
    let outcome = fill(&mut start.as_slice().chain(from), &mut file, &part, to);
    if outcome.is_err() {
        // If it stays, the next attempt replaces it.
        drop(fs::remove_file(&part));
    }
    outcome.map(|()| left)
}

/// By how many bytes of its start a file of ours is known.
const START: u64 = 15;

fn taken(to: &Path) -> Ending {
    format!("There is a file {} already, and it is never replaced by another. Choose a new name.", to.display()).into()
}

/// The file under its unfinished name, empty and ours alone.
fn unfinished(part: &Path, start: &[u8]) -> Result<(File, bool), Ending> {
    let cannot = |error: io::Error| -> Ending {
        format!("{} cannot be written ({error}). Choose a folder that this account may write to.", part.display())
            .into()
    };
    let left = match fs::symlink_metadata(part) {
        Ok(found) if !found.is_file() || !begins(part, start)? => return Err(taken(part)),
        found => found.is_ok(),
    };
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(part).map_err(cannot)?;
    let busy =
        || format!("Another Coffer is writing {} at this moment. Wait for it, or choose a new name.", part.display());
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(busy().into()),
        Err(TryLockError::Error(error)) => return Err(cannot(error)),
    }
    // Whoever held it may have given it its name in the meantime: that one is whole and stays.
    let (opened, named) = (file.metadata().map_err(cannot)?, fs::symlink_metadata(part));
    if !named.is_ok_and(|named| (named.dev(), named.ino()) == (opened.dev(), opened.ino())) {
        return Err(busy().into());
    }
    file.set_len(0).map_err(cannot)?;
    Ok((file, left))
}

/// Whether a file begins like this, as far as it goes.
fn begins(file: &Path, start: &[u8]) -> Result<bool, Ending> {
    let mut found = Vec::new();
    File::open(file)?.take(START).read_to_end(&mut found)?;
    Ok(start.starts_with(&found))
}

fn fill(from: &mut dyn Read, file: &mut File, part: &Path, to: &Path) -> Result<(), Ending> {
    let written = io::copy(from, file).and_then(|_| file.sync_all());
    written.map_err(|error| -> Ending {
        format!(
            "{} could not be written ({error}); nothing was kept of it. Choose a place with more room.",
            to.display()
        )
        .into()
    })?;
    match renameat_with(CWD, part, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => {}
        Err(Errno::EXIST) => return Err(taken(to)),
        // Not every file system can promise that; nobody else has this file, and it was not there a moment ago.
        Err(_) => fs::rename(part, to)?,
    }
    Ok(sync_folder_of(to)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_unfinished_is_replaced_and_what_is_whole_never() {
        let folder = std::env::temp_dir().join(format!("coffer-files-{}", std::process::id()));
        drop(fs::remove_dir_all(&folder));
        fs::create_dir(&folder).unwrap();
        let file = folder.join("books.backup");
        fs::write(folder.join("books.backup.unfinished"), "a book of mine").unwrap();
        assert!(deliver(&mut "coffer backup 1, whole".as_bytes(), &file).is_err(), "somebody's own file");
        assert_eq!(fs::read_to_string(folder.join("books.backup.unfinished")).unwrap(), "a book of mine");
        fs::write(folder.join("books.backup.unfinished"), "coffer backup 1, and longer than this one").unwrap();
        assert!(deliver(&mut "coffer backup 1, whole".as_bytes(), &file).unwrap(), "told of");
        assert_eq!(fs::read_to_string(&file).unwrap(), "coffer backup 1, whole");
        assert!(deliver(&mut "other".as_bytes(), &file).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "coffer backup 1, whole");
        let other = folder.join("other");
        let held = File::create(folder.join("other.unfinished")).unwrap();
        held.lock().unwrap();
        assert!(deliver(&mut "other".as_bytes(), &other).is_err(), "somebody is at it");
        drop(held);
        assert!(deliver(&mut "other".as_bytes(), &other).is_ok());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing else is left");
        fs::remove_dir_all(&folder).unwrap();
    }
}
