//! Why a note or a checkpoint was refused.

use std::fmt;

use super::{BadKey, MAX_LINE_BYTES, MAX_NOTE_BYTES, MAX_SIGNATURES, VerifierKey};
use crate::hash::BadHash;

/// The bytes are not a signed note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadNote {
    /// More than [`MAX_NOTE_BYTES`].
    TooLarge,
    /// Not UTF-8, or a control character other than newline.
    Characters,
    /// The last line has no newline.
    Unfinished,
    /// No empty line with signature lines behind it.
    NoSignature,
    /// More than [`MAX_SIGNATURES`].
    TooManySignatures,
    /// A line behind the text is not a signature line.
    Signature,
    /// A signature line names no possible key.
    Name(BadKey),
}

impl fmt::Display for BadNote {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => {
                write!(out, "The signed note is larger than {MAX_NOTE_BYTES} bytes.")
            }
            Self::Characters => {
                out.write_str("The signed note is not UTF-8 text, or has control characters other than newlines.")
            }
            Self::Unfinished => out.write_str("The signed note does not end in a newline."),
            Self::NoSignature => out.write_str(
                "The signed note has no signature: after the text an empty line and signature \
                 lines must follow.",
            ),
            Self::TooManySignatures => {
                write!(out, "The signed note has more than {MAX_SIGNATURES} signatures.")
            }
            Self::Signature => out.write_str(
                "A signature line of the signed note is not a dash, a name and base64 with single \
                 spaces between.",
            ),
            Self::Name(reason) => write!(out, "A signature line names no possible key. {reason}"),
        }?;
        out.write_str(" It was cut or altered; fetch it again, whole and unchanged.")
    }
}

impl std::error::Error for BadNote {}

/// The note is well formed, but the key does not stand behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteRefused {
    /// No signature line is of the key.
    NotSigned {
        /// The key that was asked for.
        key: VerifierKey,
    },
    /// A signature line is of the key, but the signature is not.
    WrongSignature {
        /// The key that was asked for.
        key: VerifierKey,
    },
}

impl fmt::Display for NoteRefused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSigned { key } => write!(
                out,
                "It is not signed by the key {}+{}. It is of another log or of another key of \
                 this log; check with the right key.",
                key.name(),
                key.id(),
            ),
            Self::WrongSignature { key } => write!(
                out,
                "The signature by the key {}+{} is wrong: the text was altered after signing, or \
                 somebody without the private key made it. Keep it as evidence and fetch the \
                 checkpoint from the log.",
                key.name(),
                key.id(),
            ),
        }
    }
}

impl std::error::Error for NoteRefused {}

/// The text is not a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadCheckpoint {
    /// Fewer than three lines, or no newline behind the last.
    Unfinished,
    /// The origin or an extension line is empty, too long or has control characters.
    Line,
    /// The size is not a canonical decimal number that a tree can have.
    Size,
    /// The root is not a hash.
    Root(BadHash),
}

impl fmt::Display for BadCheckpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfinished => out.write_str(
                "A checkpoint has at least three lines: origin, size and root. Fetch it again, \
                 whole and unchanged.",
            ),
            Self::Line => write!(
                out,
                "A line of the checkpoint is empty, longer than {MAX_LINE_BYTES} bytes or has \
                 control characters. The log that made it does not follow tlog-checkpoint.",
            ),
            Self::Size => out.write_str(
                "The second line of the checkpoint is not the size of a tree in decimal digits \
                 without leading zeros. The log that made it does not follow tlog-checkpoint.",
            ),
            Self::Root(reason) => {
                write!(out, "The third line of the checkpoint is not a root. {reason}")
            }
        }
    }
}

impl std::error::Error for BadCheckpoint {}

/// A signed checkpoint was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckpointRefused {
    /// The bytes are not a signed note.
    Note(BadNote),
    /// The key does not stand behind the note.
    Signature(NoteRefused),
    /// The key signed it, but the text is not a checkpoint.
    Text(BadCheckpoint),
}

impl fmt::Display for CheckpointRefused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Note(reason) => reason.fmt(out),
            Self::Signature(reason) => reason.fmt(out),
            Self::Text(reason) => reason.fmt(out),
        }
    }
}

impl std::error::Error for CheckpointRefused {}

impl From<BadNote> for CheckpointRefused {
    fn from(reason: BadNote) -> Self {
        Self::Note(reason)
    }
}

impl From<NoteRefused> for CheckpointRefused {
    fn from(reason: NoteRefused) -> Self {
        Self::Signature(reason)
    }
}

impl From<BadCheckpoint> for CheckpointRefused {
    fn from(reason: BadCheckpoint) -> Self {
        Self::Text(reason)
    }
}
