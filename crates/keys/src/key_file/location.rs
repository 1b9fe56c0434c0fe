//! Whether a file lies inside a directory, whatever its path looks like.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The folder a file is in. A bare file name is in the working directory.
pub(super) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Whether `file` lies in `directory` or below, after every symbolic link on the way is followed.
///
/// A directory that exists is recognised by its device and inode, and so also where it is mounted a second time. One
/// that does not exist yet is compared by name, as are the parts of the file's path that do not.
pub(super) fn is_inside(file: &Path, directory: &Path) -> Result<bool, ErrorKind> {
    let folder = resolved(folder_of(file))?;
    match identity(directory) {
        Ok(wanted) => Ok(folder.ancestors().any(|ancestor| identity(ancestor).is_ok_and(|found| found == wanted))),
        Err(error) if may_come_into_being(&error) => Ok(folder.starts_with(resolved(directory)?)),
        Err(error) => Err(error.kind()),
    }
}

/// What tells a directory from every other, whatever it is called.
fn identity(directory: &Path) -> io::Result<(u64, u64)> {
    let found = fs::metadata(directory)?;
    Ok((found.dev(), found.ino()))
}

fn resolved(path: &Path) -> Result<PathBuf, ErrorKind> {
    let absolute = std::path::absolute(path).map_err(|error| error.kind())?;
    let mut missing = Vec::new();
    for ancestor in absolute.ancestors() {
        match fs::canonicalize(ancestor) {
            Ok(existing) => {
                return Ok(missing.iter().rev().fold(existing, |path, part| path.join(part)));
            }
            Err(error) if may_come_into_being(&error) => missing.extend(ancestor.file_name()),
            Err(error) => return Err(error.kind()),
        }
    }
    Err(ErrorKind::NotFound)
}

fn may_come_into_being(error: &io::Error) -> bool {
    error.kind() == ErrorKind::NotFound
}
