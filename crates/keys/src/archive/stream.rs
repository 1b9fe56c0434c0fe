//! The payload of an age file: chunks of 64 KiB, each numbered, the last one marked.

use super::ArchiveRefused;
use crate::Secret;
use crate::subkey::derived;
use aws_lc_rs::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use coffer_kernel::Entropy;
use std::io::{self, BufRead, BufReader, Read, Write};
use zeroize::Zeroizing;

/// The plaintext bytes of a chunk; only the last may have fewer.
pub(super) const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
const NONCE: usize = 16;

/// An archive being written.
///
/// Dropping it without [`Self::finish`] leaves an archive without an end, which does not open: an interrupted backup is
/// never taken for a whole one.
pub struct Sealer<W: Write> {
    writer: W,
    chunks: Chunks,
    plaintext: Zeroizing<Vec<u8>>,
}

impl<W: Write> Sealer<W> {
    pub(super) fn start(mut writer: W, file_key: &Secret<[u8; 16]>, entropy: &dyn Entropy) -> io::Result<Self> {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce);
        writer.write_all(&nonce)?;
        let plaintext = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
        Ok(Self { writer, chunks: Chunks::new(file_key, &nonce), plaintext })
    }

    /// Writes the last chunk, and gives the writer back. The caller makes what was written durable.
    ///
    /// # Errors
    /// The writer's own.
    pub fn finish(mut self) -> io::Result<W> {
        self.seal_chunk(Position::Last)?;
        self.writer.flush()?;
        Ok(self.writer)
    }

    fn seal_chunk(&mut self, position: Position) -> io::Result<()> {
        self.chunks.seal(position, &mut self.plaintext)?;
        self.writer.write_all(&self.plaintext)?;
        self.plaintext.clear();
        Ok(())
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk is sealed only once there is more: the last chunk may be full, but never empty after others.
        if self.plaintext.len() == CHUNK && !bytes.is_empty() {
            self.seal_chunk(Position::Inner)?;
        }
        let room = CHUNK.saturating_sub(self.plaintext.len());
        let (taken, _) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
        self.plaintext.extend_from_slice(taken);
        Ok(taken.len())
    }

    /// Flushes what is sealed; a chunk that is not full yet stays in memory.
    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// An archive being read.
///
/// Every byte it gives is authentic and in its place. That the archive is whole is known when a read gives no bytes;
/// until then it may turn out to be cut short.
pub struct Opener<R: Read> {
    reader: BufReader<R>,
    chunks: Chunks,
    plaintext: Zeroizing<Vec<u8>>,
    given: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    First,
    Inner,
    Ended,
    Refused,
}

impl<R: Read> Opener<R> {
    pub(super) fn start(mut reader: BufReader<R>, file_key: &Secret<[u8; 16]>) -> io::Result<Self> {
        let mut nonce = [0; NONCE];
        reader.read_exact(&mut nonce).map_err(|error| {
            if error.kind() == io::ErrorKind::UnexpectedEof { ArchiveRefused::Header.into() } else { error }
        })?;
        let plaintext = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
        Ok(Self { reader, chunks: Chunks::new(file_key, &nonce), plaintext, given: 0, state: State::First })
    }

    fn open_chunk(&mut self) -> io::Result<()> {
        self.plaintext.clear();
        self.given = 0;
        self.reader.by_ref().take((CHUNK + TAG) as u64).read_to_end(&mut self.plaintext)?;
        let position = if self.reader.fill_buf()?.is_empty() { Position::Last } else { Position::Inner };
        let first = self.state == State::First;
        // Until the chunk is open nothing more may be given, whatever the caller does with the refusal.
        self.state = State::Refused;
        self.chunks.open(position, &mut self.plaintext)?;
        if self.plaintext.is_empty() && !first {
            return Err(ArchiveRefused::Content.into());
        }
        self.state = match position {
            Position::Last => State::Ended,
            Position::Inner => State::Inner,
        };
        Ok(())
    }
}

impl<R: Read> Read for Opener<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        if self.given == self.plaintext.len() {
            match self.state {
                State::First | State::Inner => self.open_chunk()?,
                State::Ended => return Ok(0),
                State::Refused => {}
            }
        }
        if self.state == State::Refused {
            return Err(ArchiveRefused::Content.into());
        }
        let (_, rest) = self.plaintext.split_at_checked(self.given).unwrap_or((&[], &[]));
        let given = (&*rest).read(out)?;
        self.given = self.given.saturating_add(given);
        Ok(given)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Inner,
    Last,
}

/// The payload key, and the number of the next chunk.
struct Chunks {
    key: LessSafeKey,
    next: u64,
}

impl Chunks {
    #[expect(clippy::expect_used, reason = "a key of 32 bytes is refused only where memory has run out")]
    fn new(file_key: &Secret<[u8; 16]>, nonce: &[u8; NONCE]) -> Self {
        let key = derived(nonce, file_key.expose(), b"payload");
        let key = UnboundKey::new(&CHACHA20_POLY1305, key.expose()).expect("32 bytes are a key");
        Self { key: LessSafeKey::new(key), next: 0 }
    }

    fn seal(&mut self, position: Position, chunk: &mut Vec<u8>) -> Result<(), ArchiveRefused> {
        let nonce = self.nonce(position)?;
        self.key.seal_in_place_append_tag(nonce, Aad::empty(), chunk).map_err(|_| ArchiveRefused::TooLong)
    }

    fn open(&mut self, position: Position, chunk: &mut Vec<u8>) -> Result<(), ArchiveRefused> {
        let nonce = self.nonce(position)?;
        let opened = self.key.open_in_place(nonce, Aad::empty(), chunk).map_err(|_| ArchiveRefused::Content)?.len();
        chunk.truncate(opened);
        Ok(())
    }

    /// Eleven bytes of chunk number, most significant first, and whether it is the last.
    fn nonce(&mut self, position: Position) -> Result<Nonce, ArchiveRefused> {
        let [a, b, c, d, e, f, g, h] = self.next.to_be_bytes();
        self.next = self.next.checked_add(1).ok_or(ArchiveRefused::TooLong)?;
        Ok(Nonce::assume_unique_for_key([0, 0, 0, a, b, c, d, e, f, g, h, u8::from(position == Position::Last)]))
    }
}
