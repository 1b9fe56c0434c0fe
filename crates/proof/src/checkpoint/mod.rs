//! Checkpoints: a tree head in the words of one log, signed.
//!
//! The text is C2SP tlog-checkpoint, the envelope C2SP signed-note:
//!
//! ```text
//! example.com/behind-the-sofa                      the origin: which log
//! 20852163                                         how many leaves
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=     the root over them
//!                                                  an empty line, then the signatures
//! — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5…
//! ```
//!
//! Signing happens where keys are: sign [`Checkpoint::note_body`], then put the parts
//! together with [`SignedNote::assemble`]. Reading goes through [`Checkpoint::open`], which
//! hands out a checkpoint only after its signature held.
//!
//! Refused: text that is not the one canonical form, notes without a signature by the key
//! asked for, and notes in which any signature by that key is wrong.

mod key;
mod note;
mod refused;

pub use key::{BadKey, KeyId, KeyName, VerifierKey};
pub use note::{MAX_NOTE_BYTES, MAX_SIGNATURES, SignatureLine, SignedNote};
pub use refused::{BadCheckpoint, BadNote, CheckpointRefused, NoteRefused};

use std::fmt;

use crate::decimal;
use crate::tree::{MAX_TREE_SIZE, TreeHead};

/// The longest line of a checkpoint, in bytes.
pub const MAX_LINE_BYTES: usize = 1024;

/// The head of one log at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    head: TreeHead,
    extensions: Vec<String>,
}

impl Checkpoint {
    /// The checkpoint of the log `origin` with this tree head.
    ///
    /// # Errors
    /// The origin is empty, too long or holds control characters, or the tree is larger
    /// than any.
    pub fn new(origin: &str, head: TreeHead) -> Result<Self, BadCheckpoint> {
        check_line(origin)?;
        if head.size > MAX_TREE_SIZE {
            return Err(BadCheckpoint::Size);
        }
        Ok(Self { origin: origin.to_owned(), head, extensions: Vec::new() })
    }

    /// The same checkpoint with one more extension line. Monitors cannot audit these;
    /// tlog-checkpoint recommends to have none.
    ///
    /// # Errors
    /// The line is empty, too long or holds control characters.
    pub fn with_extension(mut self, line: &str) -> Result<Self, BadCheckpoint> {
        check_line(line)?;
        self.extensions.push(line.to_owned());
        Ok(self)
    }

    /// Reads the text of a checkpoint, without signatures. Whoever has a signed one uses
    /// [`open`](Self::open) instead.
    ///
    /// # Errors
    /// The text is not exactly what [`note_body`](Self::note_body) writes.
    pub fn parse(body: &str) -> Result<Self, BadCheckpoint> {
        let mut lines = body.strip_suffix('\n').ok_or(BadCheckpoint::Unfinished)?.split('\n');
        let mut next = || lines.next().ok_or(BadCheckpoint::Unfinished);
        let (origin, size, root) = (next()?, next()?, next()?);
        let size = decimal::parse(size).ok_or(BadCheckpoint::Size)?;
        let root = root.parse().map_err(BadCheckpoint::Root)?;
        let checkpoint = Self::new(origin, TreeHead { size, root })?;
        lines.try_fold(checkpoint, Self::with_extension)
    }

    /// Reads a signed checkpoint and hands it out if `key` signed it.
    ///
    /// # Errors
    /// The note is malformed, is not signed by `key`, or is not a checkpoint.
    pub fn open(signed: &[u8], key: &VerifierKey) -> Result<Self, CheckpointRefused> {
        let note = SignedNote::parse(signed)?;
        Ok(Self::parse(note.verify(key)?)?)
    }

    /// Reads what a signed checkpoint says, whoever signed it: for whoever compares and believes nothing.
    ///
    /// # Errors
    /// The note is malformed, or is not a checkpoint.
    pub fn unverified(signed: &[u8]) -> Result<Self, CheckpointRefused> {
        Ok(Self::parse(SignedNote::parse(signed)?.unverified())?)
    }

    /// The text to sign, with its final newline. It is also what `Display` shows.
    #[must_use]
    pub fn note_body(&self) -> String {
        self.to_string()
    }

    /// Which log it is of.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Size and root of the tree.
    #[must_use]
    pub const fn head(&self) -> &TreeHead {
        &self.head
    }

    /// The lines behind the root; usually none.
    pub fn extensions(&self) -> impl Iterator<Item = &str> {
        self.extensions.iter().map(String::as_str)
    }
}

fn check_line(line: &str) -> Result<(), BadCheckpoint> {
    let fits = !line.is_empty() && line.len() <= MAX_LINE_BYTES;
    if fits && !line.chars().any(|char| char < ' ') { Ok(()) } else { Err(BadCheckpoint::Line) }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}\n{}\n{}", self.origin, self.head.size, self.head.root)?;
        self.extensions.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}

#[cfg(test)]
mod tests;
