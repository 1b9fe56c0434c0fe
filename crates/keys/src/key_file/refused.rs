//! Why a key file is refused, in words for the operator.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// A key file was refused, or could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFileRefused {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// There is no such file.
    Missing,
    /// It lies in the data directory or below, by this path or another.
    BesideTheData,
    /// It is a symbolic link.
    Symlink,
    /// It is a directory, a device or a pipe.
    NotAFile,
    /// It was exchanged for another file while it was being opened.
    Exchanged,
    /// Its mode lets other accounts reach it, or makes it executable.
    OpenToOthers {
        /// The permission bits it has.
        mode: u32,
    },
    /// Another account owns it.
    NotOurs {
        /// The user id of its owner.
        owner: u32,
        /// The user id this program runs under.
        ours: u32,
    },
    /// It has further names (hard links), which may lie anywhere.
    OtherNames {
        /// How many names it has.
        names: u64,
    },
    /// Other accounts may write to the folder it is in.
    SharedFolder {
        /// The user id of the folder's owner.
        owner: u32,
        /// The permission bits it has.
        mode: u32,
    },
    /// It is something else than a key file.
    NotAKeyFile,
    /// It is a key file of a version this program does not know.
    UnknownVersion(u32),
    /// It is a key file whose key is not 32 bytes in base 64.
    Damaged,
    /// It cannot be read.
    Unreadable(ErrorKind),
    /// A new one was asked for, and there is one already.
    Exists,
    /// A new one was asked for in a folder that is not there.
    NoFolder,
    /// A new one could not be written.
    Unwritable(ErrorKind),
}

impl Problem {
    pub(super) fn of_creating(error: &io::Error) -> Self {
        if error.kind() == ErrorKind::AlreadyExists {
            Self::Exists
        } else if error.kind() == ErrorKind::NotFound {
            Self::NoFolder
        } else {
            Self::Unwritable(error.kind())
        }
    }

    pub(super) fn of_finding(error: &io::Error) -> Self {
        if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) {
            Self::Missing
        } else {
            Self::Unreadable(error.kind())
        }
    }

    /// The stable code, for logs and exit messages.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "key_file.missing",
            Self::BesideTheData => "key_file.beside_the_data",
            Self::Symlink => "key_file.symlink",
            Self::NotAFile => "key_file.not_a_file",
            Self::Exchanged => "key_file.exchanged",
            Self::OpenToOthers { .. } => "key_file.open_to_others",
            Self::NotOurs { .. } => "key_file.not_ours",
            Self::OtherNames { .. } => "key_file.other_names",
            Self::SharedFolder { .. } => "key_file.shared_folder",
            Self::NotAKeyFile => "key_file.not_a_key_file",
            Self::UnknownVersion(_) => "key_file.unknown_version",
            Self::Damaged => "key_file.damaged",
            Self::Unreadable(_) => "key_file.unreadable",
            Self::Exists => "key_file.exists",
            Self::NoFolder => "key_file.no_folder",
            Self::Unwritable(_) => "key_file.unwritable",
        }
    }
}

impl fmt::Display for KeyFileRefused {
    #[expect(clippy::too_many_lines, reason = "one sentence for each problem, side by side")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.problem {
            Problem::Missing => write!(
                f,
                "There is no key file at {path}. Without it the data cannot be opened. Put the file back, name its \
                 place in the configuration, or recover the key with the recovery sheet."
            ),
            Problem::BesideTheData => write!(
                f,
                "The key file {path} lies inside the data directory. Whoever copies or steals the data would have the \
                 key with it. Move it to a place of its own that is not backed up with the data."
            ),
            Problem::Symlink => write!(
                f,
                "The key file {path} is a symbolic link, so that what it leads to can change unseen. Name the file \
                 itself in the configuration."
            ),
            Problem::NotAFile => {
                write!(f, "{path} is not a regular file, so it holds no key. Name the key file in the configuration.")
            }
            Problem::Exchanged => write!(
                f,
                "The key file {path} was replaced by another file while it was opened. Find out who did that before \
                 you start again."
            ),
            Problem::OpenToOthers { mode } => write!(
                f,
                "The key file {path} has mode {mode:04o}, which lets more than its owner at it. Run: chmod 600 {path}"
            ),
            Problem::NotOurs { owner, ours } => write!(
                f,
                "The key file {path} belongs to user {owner}, and this program runs as user {ours}; its owner could \
                 read or exchange it. Run the program as the owner, or give it the file: chown {ours} {path}"
            ),
            Problem::OtherNames { names } => write!(
                f,
                "The key file {path} has {names} names (hard links), and another of them may lie beside the data. \
                 Copy it to a new file with one name and remove the others."
            ),
            Problem::SharedFolder { owner, mode } => write!(
                f,
                "Other accounts may write to the folder of the key file {path} (mode {mode:04o}, owner {owner}), so they \
                 could exchange the key or take it away. Make the folder this account's own, with mode 700, or keep the \
                 key in another one."
            ),
            Problem::NotAKeyFile => write!(
                f,
                "{path} is not a key file: one is a single line that starts with coffer-root-key-1. Name the right \
                 file in the configuration."
            ),
            Problem::UnknownVersion(version) => write!(
                f,
                "The key file {path} is of version {version}, which this program does not know. Install the version \
                 of Coffer that wrote it, or a newer one."
            ),
            Problem::Damaged => write!(
                f,
                "The key file {path} is damaged: its key is not whole. Put a good copy in its place, or recover the \
                 key with the recovery sheet."
            ),
            Problem::Unreadable(kind) => write!(
                f,
                "The key file {path} cannot be read ({kind}). Check the file, its folder and the account this \
                 program runs under."
            ),
            Problem::Exists => write!(
                f,
                "There is a file at {path} already. It may be the only key to other data, so it is left as it is. \
                 Choose another place for the new key."
            ),
            Problem::NoFolder => write!(
                f,
                "The folder for the key file {path} does not exist. Make it first, open to this program's account only."
            ),
            Problem::Unwritable(kind) => write!(
                f,
                "The key file {path} cannot be written ({kind}). Check the folder, the space on its disk and the \
                 account this program runs under."
            ),
        }
    }
}

impl std::error::Error for KeyFileRefused {}
