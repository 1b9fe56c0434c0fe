//! The root key in a file of its own, away from the data.
//!
//! The file is one line, `coffer-root-key-1:` and 32 bytes in base 64, so that a person who finds it knows what it is.
//! It is refused where it would not protect anything (control C07): inside the data directory, by whatever path; open
//! to other accounts; owned by somebody else; reachable under a second name; in a folder to which other accounts may
//! write. Every refusal says what, why and what next.

mod location;
mod refused;

pub use refused::{KeyFileRefused, Problem};

use crate::{RootKey, RootProvider, RootUnavailable, Secret};
use base64ct::{Base64, Encoding};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What the line starts with. The number is the version of the file's format.
const PREFIX: &str = "coffer-root-key-";
const VERSION: &str = "1:";
/// Thirty-two bytes in base 64.
const KEY_TEXT: usize = 44;
/// A whole line with its end.
const LINE: usize = PREFIX.len() + VERSION.len() + KEY_TEXT + 1;
/// More than any key file has.
const LONGEST: u64 = 256;
/// Reading and writing by the owner: all a key file may allow.
const ALLOWED_MODE: u32 = 0o600;

/// What the folder of a key file may not allow: whoever may write there may exchange the key or take it away.
const WRITABLE_TO_OTHERS: u32 = 0o022;

/// A root key kept in a file.
#[derive(Debug, Clone)]
pub struct KeyFile {
    path: PathBuf,
    data_directory: PathBuf,
}

impl KeyFile {
    /// The key file at `path`, for the data in `data_directory`.
    #[must_use]
    pub const fn at(path: PathBuf, data_directory: PathBuf) -> Self {
        Self { path, data_directory }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a key may lie here at all, before there is one.
    ///
    /// # Errors
    /// [`KeyFileRefused`] where it would lie with the data, or in a folder that is not this account's alone to write to.
    pub fn check_place(&self) -> Result<(), KeyFileRefused> {
        match location::is_inside(&self.path, &self.data_directory) {
            Ok(false) => self.refuse_a_shared_folder(),
            Ok(true) => Err(self.refused(Problem::BesideTheData)),
            Err(kind) => Err(self.refused(Problem::Unreadable(kind))),
        }
    }

    /// Whether a key may lie here, and where there is one whether it lies well: for whoever is about to make or open
    /// something, before they do.
    ///
    /// # Errors
    /// [`KeyFileRefused`].
    pub fn check(&self) -> Result<(), KeyFileRefused> {
        match self.read() {
            Err(refused) if refused.problem == Problem::Missing => self.check_place(),
            read => read.map(drop),
        }
    }

    /// Writes a root key into a new file, for the owner's eyes only, and reads it back before it returns. The file has
    /// its name only once it is whole: whatever ends the program on the way leaves no half key in its place.
    ///
    /// # Errors
    /// [`KeyFileRefused`]: a file that is there already is never touched, and a half-written one is taken away.
    pub fn create(&self, root: &RootKey) -> Result<(), KeyFileRefused> {
        self.check_place()?;
        if fs::symlink_metadata(&self.path).is_ok() {
            return Err(self.refused(Problem::Exists));
        }
        let unfinished = self.unfinished();
        // What an earlier attempt left when it was ended: no key in force ever has this name.
        match fs::remove_file(&unfinished) {
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(self.refused(Problem::Unwritable(error.kind())));
            }
            Ok(()) | Err(_) => {}
        }
        let file = OpenOptions::new().write(true).create_new(true).mode(ALLOWED_MODE).open(&unfinished);
        let file = file.map_err(|error| self.refused(Problem::of_creating(&error)))?;
        let outcome = self.fill(file, root).and_then(|()| self.name(&unfinished));
        // What could not be removed is removed by the next attempt, or when the key is read.
        let _ = fs::remove_file(&unfinished);
        outcome?;
        let folder = File::open(location::folder_of(&self.path)).and_then(|folder| folder.sync_all());
        folder.map_err(|error| self.refused(Problem::Unwritable(error.kind())))?;
        if self.read()?.id() == root.id() { Ok(()) } else { Err(self.refused(Problem::Damaged)) }
    }

    fn fill(&self, mut file: File, root: &RootKey) -> Result<(), KeyFileRefused> {
        let key = Zeroizing::new(Base64::encode_string(root.secret().expose()));
        let mut line = Zeroizing::new(String::with_capacity(LINE));
        line.extend([PREFIX, VERSION, &key, "\n"]);
        let written = file.write_all(line.as_bytes()).and_then(|()| file.sync_all());
        written.map_err(|error| self.refused(Problem::Unwritable(error.kind())))
    }

    /// Gives a whole file its name, unless there is something of this name: unlike renaming, that replaces nothing.
    fn name(&self, unfinished: &Path) -> Result<(), KeyFileRefused> {
        fs::hard_link(unfinished, &self.path).map_err(|error| self.refused(Problem::of_creating(&error)))
    }

    /// The name a key has until it is whole.
    fn unfinished(&self) -> PathBuf {
        let mut name = self.path.as_os_str().to_owned();
        name.push(".new");
        PathBuf::from(name)
    }

    /// Takes away the name a whole key had before its own, where the program was ended between the two.
    fn forget_first_name(&self, found: &Metadata) {
        let unfinished = self.unfinished();
        let same = |other: Metadata| (other.dev(), other.ino()) == (found.dev(), found.ino());
        if found.nlink() == 2 && fs::symlink_metadata(&unfinished).is_ok_and(same) {
            // If it cannot be, the key is refused with its reason.
            let _ = fs::remove_file(unfinished);
        }
    }

    fn read(&self) -> Result<RootKey, KeyFileRefused> {
        let found = fs::symlink_metadata(&self.path).map_err(|error| self.refused(Problem::of_finding(&error)))?;
        self.check_place()?;
        self.refuse_other_than_a_file(&found)?;
        self.forget_first_name(&found);
        let unreadable = |error: io::Error| self.refused(Problem::Unreadable(error.kind()));
        let file = File::open(&self.path).map_err(unreadable)?;
        let opened = file.metadata().map_err(unreadable)?;
        if (found.dev(), found.ino()) != (opened.dev(), opened.ino()) {
            return Err(self.refused(Problem::Exchanged));
        }
        self.refuse_open_to_others(&opened)?;
        let mut content = Zeroizing::new(Vec::with_capacity(256));
        file.take(LONGEST).read_to_end(&mut content).map_err(unreadable)?;
        parse(&content).map_err(|problem| self.refused(problem))
    }

    fn refuse_other_than_a_file(&self, found: &Metadata) -> Result<(), KeyFileRefused> {
        if found.is_symlink() {
            Err(self.refused(Problem::Symlink))
        } else if !found.is_file() {
            Err(self.refused(Problem::NotAFile))
        } else {
            Ok(())
        }
    }

    fn refuse_open_to_others(&self, opened: &Metadata) -> Result<(), KeyFileRefused> {
        let ours = rustix::process::geteuid().as_raw();
        let mode = opened.mode() & 0o7777;
        if opened.uid() != ours {
            Err(self.refused(Problem::NotOurs { owner: opened.uid(), ours }))
        } else if mode & !ALLOWED_MODE != 0 {
            Err(self.refused(Problem::OpenToOthers { mode }))
        } else if opened.nlink() != 1 {
            Err(self.refused(Problem::OtherNames { names: opened.nlink() }))
        } else {
            Ok(())
        }
    }

    /// A folder that is not there is made for its owner alone.
    fn refuse_a_shared_folder(&self) -> Result<(), KeyFileRefused> {
        let Ok(folder) = fs::metadata(location::folder_of(&self.path)) else { return Ok(()) };
        let (owner, mode) = (folder.uid(), folder.mode() & 0o7777);
        let trusted = owner == 0 || owner == rustix::process::geteuid().as_raw();
        if trusted && mode & WRITABLE_TO_OTHERS == 0 {
            Ok(())
        } else {
            Err(self.refused(Problem::SharedFolder { owner, mode }))
        }
    }

    fn refused(&self, problem: Problem) -> KeyFileRefused {
        KeyFileRefused { path: self.path.clone(), problem }
    }
}

impl RootProvider for KeyFile {
    fn unlock(&self) -> Result<RootKey, RootUnavailable> {
        self.read().map_err(RootUnavailable::KeyFile)
    }

    fn describe(&self) -> String {
        format!("the key file {}", self.path.display())
    }
}

fn parse(content: &[u8]) -> Result<RootKey, Problem> {
    let line = std::str::from_utf8(content).map_err(|_| Problem::NotAKeyFile)?;
    let line = line.strip_suffix('\n').unwrap_or(line);
    let versioned = line.strip_prefix(PREFIX).ok_or(Problem::NotAKeyFile)?;
    let Some(key) = versioned.strip_prefix(VERSION) else {
        let (version, _) = versioned.split_once(':').ok_or(Problem::NotAKeyFile)?;
        return Err(version.parse().map_or(Problem::NotAKeyFile, Problem::UnknownVersion));
    };
    if key.len() != KEY_TEXT {
        return Err(Problem::Damaged);
    }
    // Room for the padding too: base 64 decodes in groups of three bytes.
    let mut bytes = Zeroizing::new([0; 33]);
    let decoded = Base64::decode(key, bytes.as_mut_slice()).map_err(|_| Problem::Damaged)?;
    Secret::copied(decoded).map(RootKey::new).ok_or(Problem::Damaged)
}

#[cfg(test)]
mod tests;
