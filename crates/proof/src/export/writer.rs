//! Writing an export.
//!
//! The writer keeps to the format and does not judge the log: a damaged one must be
//! exportable too, as evidence. Judging is for [`verify`](super::verify).

use std::fmt;
use std::io::{self, Write};

use super::{FORMAT_LINE, MAX_LEAF_BYTES};
use crate::checkpoint::{KeyName, MAX_NOTE_BYTES};

/// Writes leaves and checkpoints in log order. Give it a buffered stream, and call
/// [`finish`](Self::finish): a file without its last line counts as cut off.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    leaves: u64,
}

impl<W: Write> Writer<W> {
    /// Starts the export of the log `origin`, the name of its key.
    ///
    /// # Errors
    /// The stream failed.
    pub fn new(mut out: W, origin: &KeyName) -> Result<Self, NotWritten> {
        write!(out, "{FORMAT_LINE}\norigin {origin}\n")?;
        Ok(Self { out, leaves: 0 })
    }

    /// Writes the next leaf.
    ///
    /// # Errors
    /// The leaf is longer than [`MAX_LEAF_BYTES`], or the stream failed.
    pub fn leaf(&mut self, leaf: &[u8]) -> Result<(), NotWritten> {
        if leaf.len() > MAX_LEAF_BYTES {
            return Err(NotWritten::LeafTooLong { index: self.leaves, length: leaf.len() });
        }
        writeln!(self.out, "leaf {} {}", self.leaves, leaf.len())?;
        self.out.write_all(leaf)?;
        self.out.write_all(b"\n")?;
        self.leaves += 1;
        Ok(())
    }

    /// Writes a signed checkpoint over the leaves written so far.
    ///
    /// # Errors
    /// It is longer than [`MAX_NOTE_BYTES`], or the stream failed.
    pub fn checkpoint(&mut self, signed: &[u8]) -> Result<(), NotWritten> {
        if signed.len() > MAX_NOTE_BYTES {
            return Err(NotWritten::CheckpointTooLong { length: signed.len() });
        }
        writeln!(self.out, "checkpoint {}", signed.len())?;
        self.out.write_all(signed)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// Writes the last line, flushes, and gives the stream back.
    ///
    /// # Errors
    /// The stream failed.
    pub fn finish(mut self) -> Result<W, NotWritten> {
        writeln!(self.out, "end {}", self.leaves)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// The export could not be written.
#[derive(Debug)]
pub enum NotWritten {
    /// The stream failed.
    Io(io::Error),
    /// A leaf is longer than the format allows.
    LeafTooLong {
        /// The index of the leaf.
        index: u64,
        /// Its length in bytes.
        length: usize,
    },
    /// A checkpoint is longer than the format allows.
    CheckpointTooLong {
        /// Its length in bytes.
        length: usize,
    },
}

impl fmt::Display for NotWritten {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(source) => write!(
                out,
                "The export could not be written: {source}. What is there is incomplete; delete \
                 it and export again.",
            ),
            Self::LeafTooLong { index, length } => write!(
                out,
                "Leaf {index} has {length} bytes, more than the {MAX_LEAF_BYTES} that an export \
                 holds. The log should not have taken it; report this with the index.",
            ),
            Self::CheckpointTooLong { length } => write!(
                out,
                "A checkpoint has {length} bytes, more than the {MAX_NOTE_BYTES} that a signed \
                 note may have. Export it with fewer signatures.",
            ),
        }
    }
}

impl std::error::Error for NotWritten {}

impl From<io::Error> for NotWritten {
    fn from(source: io::Error) -> Self {
        Self::Io(source)
    }
}
