//! Why an archive is refused.

use std::fmt;
use std::io;

/// An archive was refused. It travels inside an [`io::Error`] of kind `InvalidData`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveRefused {
    /// It is not an archive, or of a version or form that this program does not read.
    Header,
    /// It is encrypted for somebody else.
    OtherKey,
    /// Its header was altered.
    HeaderAltered,
    /// Its content is cut short, altered, reordered, or has something after its end.
    Content,
    /// What it was to be encrypted for is no public key.
    Recipient,
    /// It is longer than the format can number.
    TooLong,
}

impl fmt::Display for ArchiveRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "This is not an archive that this program reads: its header is damaged or of another kind.",
            Self::OtherKey => "The archive was made for another key. Look for the key from the time it was made.",
            Self::HeaderAltered => "The archive's header was altered. Take another copy of it.",
            Self::Content => {
                "The archive is damaged: its content is cut short or altered. Nothing of it may be used; take another \
                 copy."
            }
            Self::Recipient => "The archive's recipient is not a public key.",
            Self::TooLong => "The archive is too long for its format.",
        })
    }
}

impl std::error::Error for ArchiveRefused {}

impl From<ArchiveRefused> for io::Error {
    fn from(refused: ArchiveRefused) -> Self {
        Self::new(io::ErrorKind::InvalidData, refused)
    }
}
