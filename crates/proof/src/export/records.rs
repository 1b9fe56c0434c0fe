//! The records of an export, read one by one in constant memory.
//!
//! Nothing is believed here: lengths are limited before they are read, and every line
//! must be the one the format has for it.

use std::io::{self, BufRead, BufReader, Read};

use super::{FORMAT_LINE, MAX_LEAF_BYTES, Malformed};
use crate::checkpoint::MAX_NOTE_BYTES;
use crate::decimal;
use crate::hash::{Hash, leaf_hash};

/// The longest line: `origin` and the longest name of a key.
const MAX_LINE_BYTES: u64 = 300;

/// One record behind the header.
pub(super) enum Record {
    Leaf { index: u64, hash: Hash },
    Checkpoint(Vec<u8>),
    End { leaves: u64 },
}

/// Why there is no next record.
pub(super) enum Broken {
    Io(io::Error),
    Truncated,
    Malformed(Malformed),
}

pub(super) struct Records<R> {
    input: BufReader<R>,
    /// The last line and the last leaf; both keep their room from record to record.
    line: Vec<u8>,
    leaf: Vec<u8>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input: BufReader::new(input), line: Vec::new(), leaf: Vec::new() }
    }

    /// Reads the header and returns the origin.
    pub(super) fn header(&mut self) -> Result<String, Broken> {
        if self.line()? != FORMAT_LINE {
            return Err(Broken::Malformed(Malformed::Format));
        }
        let origin = self.line()?.strip_prefix("origin ");
        origin.map(str::to_owned).ok_or(Broken::Malformed(Malformed::Line))
    }

    pub(super) fn next(&mut self) -> Result<Record, Broken> {
        let malformed = Broken::Malformed(Malformed::Line);
        let (kind, rest) = self.line()?.split_once(' ').ok_or(malformed)?;
        match kind {
            "leaf" => {
                let numbers = rest.split_once(' ');
                let index = numbers.and_then(|(index, _)| decimal::parse(index));
                let length = numbers.and_then(|(_, length)| decimal::parse(length));
                let (index, length) = index.zip(length).ok_or(Broken::Malformed(Malformed::Line))?;
                block(&mut self.input, length, MAX_LEAF_BYTES, &mut self.leaf)?;
                Ok(Record::Leaf { index, hash: leaf_hash(&self.leaf) })
            }
            "checkpoint" => {
                let length = decimal::parse(rest).ok_or(Broken::Malformed(Malformed::Line))?;
                let mut note = Vec::new();
                block(&mut self.input, length, MAX_NOTE_BYTES, &mut note)?;
                Ok(Record::Checkpoint(note))
            }
            "end" => {
                let leaves = decimal::parse(rest).ok_or(Broken::Malformed(Malformed::Line))?;
                Ok(Record::End { leaves })
            }
            _ => Err(Broken::Malformed(Malformed::Line)),
        }
    }

    /// Reads the next line, without its end.
    fn line(&mut self) -> Result<&str, Broken> {
        self.line.clear();
        let mut limited = (&mut self.input).take(MAX_LINE_BYTES);
        limited.read_until(b'\n', &mut self.line).map_err(Broken::Io)?;
        let line = match self.line.strip_suffix(b"\n") {
            Some(line) => line,
            None if self.line.len() as u64 == MAX_LINE_BYTES => return Err(Broken::Malformed(Malformed::Line)),
            None => return Err(Broken::Truncated),
        };
        std::str::from_utf8(line).map_err(|_| Broken::Malformed(Malformed::Line))
    }

    /// Makes sure that nothing follows.
    pub(super) fn finish(&mut self) -> Result<(), Broken> {
        match self.input.fill_buf() {
            Ok([]) => Ok(()),
            Ok(_) => Err(Broken::Malformed(Malformed::BehindTheEnd)),
            Err(source) => Err(Broken::Io(source)),
        }
    }
}

/// Reads the announced bytes, and the line end behind them, into `out`.
fn block(input: &mut impl BufRead, length: u64, most: usize, out: &mut Vec<u8>) -> Result<(), Broken> {
    let length = usize::try_from(length).ok().filter(|length| *length <= most);
    let length = length.ok_or(Broken::Malformed(Malformed::TooLong { most }))?;
    out.resize(length + 1, 0);
    input.read_exact(out).map_err(|error| {
        if error.kind() == io::ErrorKind::UnexpectedEof { Broken::Truncated } else { Broken::Io(error) }
    })?;
    if out.pop() == Some(b'\n') { Ok(()) } else { Err(Broken::Malformed(Malformed::Line)) }
}
