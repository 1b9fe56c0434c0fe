//! Whoever is at the other end of the socket: told, asked, given files and asked for them, and waited for so long and no
//! longer, because they hold a place.

use super::{Answer, PART, Told, receive, send};
use crate::Ending;
use crate::console::Console;
use std::fmt::Display;
use std::io::{self, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;
use tokio::time::Instant;

/// What a caller is told who answers something else than was asked.
const NO_ANSWER: &str = "This is not an answer.";

/// What somebody hears whose file did not come.
const NO_FILE_CAME: &str = "The file did not come within a minute, so nothing was done. Look whether it can be read where it lies, and give the \
     command again.";
/// How long somebody may think about a question.
const THOUGHT: Duration = Duration::from_secs(15 * 60);

/// Whoever gave a command through the socket.
pub(super) struct Caller {
    pub(super) out: UnixStream,
    pub(super) lines: BufReader<Patient>,
    /// How long a file is waited for.
    patience: Duration,
}

/// What a caller says, for as long as it is waited for: as a whole, not for each piece of it.
pub(super) struct Patient {
    stream: UnixStream,
    until: Instant,
}

impl Read for Patient {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        self.stream.read(into)
    }
}

/// Whether this is an end of patience.
fn is_late(why: &Ending) -> bool {
    let kind = why.downcast_ref::<io::Error>().map(io::Error::kind);
    matches!(kind, Some(io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock))
}

impl Caller {
    /// At the other end of this. They are waited for so long, and so is a file of theirs.
    pub(super) fn at(stream: &UnixStream, patience: Duration) -> io::Result<Self> {
        let heard = Patient { stream: stream.try_clone()?, until: Instant::now() + patience };
        Ok(Self { out: stream.try_clone()?, lines: BufReader::new(heard), patience })
    }

    /// From now on they are waited for so long.
    fn wait(&mut self, time: Duration) {
        self.lines.get_mut().until = Instant::now() + time;
    }

    fn answer(&mut self) -> Result<Answer, Ending> {
        receive(&mut self.lines)?.ok_or_else(|| "Whoever gave this command is gone.".into())
    }

    fn brought(&mut self, most: usize) -> Result<Option<Vec<u8>>, Ending> {
        match self.answer()? {
            Answer::File(bytes) if bytes <= most => {
                let mut file = vec![0; bytes];
                self.lines.read_exact(&mut file)?;
                Ok(Some(file))
            }
            Answer::File(_) | Answer::TooLarge => Ok(None),
            Answer::NoFile(why) => Err(why.into()),
            Answer::Line(_) | Answer::Kept { .. } | Answer::NotKept(_) => Err(NO_ANSWER.into()),
        }
    }

    fn parts(&mut self, file: &mut dyn Read) -> Result<(), Ending> {
        let mut part = vec![0; PART];
        loop {
            let read = match file.read(&mut part) {
                Ok(read) => read,
                Err(error) => return send(&mut self.out, &Told::Broken(error.to_string())),
            };
            send(&mut self.out, &Told::Part(read))?;
            if read == 0 {
                return Ok(());
            }
            self.out.write_all(part.get(..read).unwrap_or_default())?;
        }
    }
}

impl Console for Caller {
    fn say(&mut self, line: &dyn Display) -> Result<(), Ending> {
        send(&mut self.out, &Told::Say(line.to_string()))
    }

    fn ask(&mut self, question: &str) -> Result<String, Ending> {
        send(&mut self.out, &Told::Ask(question.to_owned()))?;
        self.wait(THOUGHT);
        match self.answer()? {
            Answer::Line(line) => Ok(line),
            Answer::Kept { .. } | Answer::NotKept(_) | Answer::File(_) | Answer::TooLarge | Answer::NoFile(_) => {
                Err(NO_ANSWER.into())
            }
        }
    }

    fn give(&mut self, file: &mut dyn Read, name: &Path) -> Result<bool, Ending> {
        let name = name.to_str().ok_or("The name of this file is no text. Choose another.")?;
        send(&mut self.out, &Told::File(name.to_owned()))?;
        // Where the caller has no room they say so instead of reading on.
        let sent = self.parts(file);
        self.wait(THOUGHT);
        match self.answer()? {
            Answer::Kept { left } => sent.map(|()| left),
            Answer::NotKept(why) => Err(why.into()),
            Answer::Line(_) | Answer::File(_) | Answer::TooLarge | Answer::NoFile(_) => Err(NO_ANSWER.into()),
        }
    }

    fn take(&mut self, name: &Path, most: usize) -> Result<Option<Vec<u8>>, Ending> {
        let name = name.to_str().ok_or("The name of this file is no text. Choose another.")?;
        send(&mut self.out, &Told::Take { name: name.to_owned(), most })?;
        self.wait(self.patience);
        self.brought(most).map_err(|why| if is_late(&why) { NO_FILE_CAME.into() } else { why })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::thread;

    const SOON: Duration = Duration::from_millis(60);

    fn taken(caller: &mut Caller) -> String {
        caller.take(Path::new("customers.csv"), 1 << 20).unwrap_err().to_string()
    }

    // proves: C95.o
    #[test]
    fn a_file_that_does_not_come_holds_no_place() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let mut caller = Caller::at(&ours, SOON).unwrap();
        assert_eq!(taken(&mut caller), NO_FILE_CAME, "nothing is said");
        send(&mut &theirs, &Answer::File(1 << 20)).unwrap();
        assert_eq!(taken(&mut caller), NO_FILE_CAME, "it is announced, and does not come");
    }

    // proves: C95.o
    #[test]
    fn a_file_that_trickles_in_is_waited_for_as_a_whole() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let mut caller = Caller::at(&ours, SOON).unwrap();
        let (over, is_over) = channel::<()>();
        let trickle = thread::spawn(move || {
            send(&mut &theirs, &Answer::File(1 << 20)).unwrap();
            // Each byte comes well before patience would end for one.
            while is_over.recv_timeout(SOON / 10).is_err_and(|end| end == std::sync::mpsc::RecvTimeoutError::Timeout) {
                (&theirs).write_all(b"x").unwrap();
            }
        });
        assert_eq!(taken(&mut caller), NO_FILE_CAME);
        drop(over);
        trickle.join().unwrap();
    }

    #[test]
    fn a_file_that_comes_is_there() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let mut caller = Caller::at(&ours, THOUGHT).unwrap();
        send(&mut &theirs, &Answer::File(4)).unwrap();
        (&theirs).write_all(b"name").unwrap();
        assert_eq!(caller.take(Path::new("x"), 4).unwrap().as_deref(), Some(b"name".as_slice()));
        send(&mut &theirs, &Answer::File(5)).unwrap();
        assert_eq!(caller.take(Path::new("x"), 4).unwrap(), None, "more than is wanted is not read");
    }
}
