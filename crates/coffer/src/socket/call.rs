//! The caller's side: gives a command to the server that has the books.

use super::{Answer, LONGEST_PATH, PART, Told, Wanted, path, receive, send};
use crate::Ending;
use crate::console::{Console, Terminal};
use crate::ending::Ended;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::Path;

/// A server that has the books open.
pub(crate) struct Server(UnixStream);

/// The server that has these books open, where there is one that can be asked.
pub(crate) fn server(data: &Path) -> Result<Option<Server>, Ending> {
    let path = path(data);
    let Ok(found) = path.symlink_metadata() else { return Ok(None) };
    let folder = data.metadata()?;
    if found.uid() != folder.uid() {
        let path = path.display();
        return Err(format!("{path} belongs to another account than its folder. Find out who put it there.").into());
    }
    if path.as_os_str().len() > LONGEST_PATH {
        return Ok(None);
    }
    match UnixStream::connect(&path) {
        Ok(stream) => Ok(Some(Server(stream))),
        // Nobody listens any more: the server was killed, or has just ended.
        Err(error) if matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound) => Ok(None),
        Err(error) => Err(format!(
            "The server that has these books open cannot be reached at {} ({error}). Give this command as the account \
             that runs it.",
            path.display()
        )
        .into()),
    }
}

impl Server {
    /// Gives it the words of the command line and does what it says until the end.
    pub(crate) fn run(self, words: Vec<String>) -> Result<(), Ending> {
        let mut out = self.0.try_clone()?;
        let mut lines = BufReader::new(self.0);
        // Whoever is sent away at once is told why before they could say what they want.
        let mut said = Some(send(&mut out, &Wanted { version: crate::VERSION.to_owned(), words }));
        let mut terminal = Terminal;
        loop {
            let told = receive(&mut lines);
            if !matches!(told, Ok(Some(_))) {
                said.take().unwrap_or(Ok(()))?;
            }
            match told?.ok_or("The server stopped before this was done. Start it, and look what stands.")? {
                Told::Say(line) => terminal.say(&line)?,
                Told::Ask(question) => send(&mut out, &Answer::Line(terminal.ask(&question)?))?,
                Told::File(name) => {
                    let mut parts = Parts::of(&mut lines);
                    let answer = match terminal.give(&mut parts, Path::new(&name)) {
                        Ok(left) => Answer::Kept { left },
                        Err(why) => Answer::NotKept(why.to_string()),
                    };
                    io::copy(&mut parts, &mut io::sink())?;
                    send(&mut out, &answer)?;
                }
                Told::Take { name, most } => bring(&mut terminal, &mut out, Path::new(&name), most)?,
                Told::Done => return Ok(()),
                Told::Refused { code, why } => return Err(Ended::with(code, why)),
                Told::Part(_) | Told::Broken(_) => {}
            }
        }
    }
}

/// Brings the server a file of ours, or says why not.
fn bring(terminal: &mut Terminal, out: &mut UnixStream, name: &Path, most: usize) -> Result<(), Ending> {
    match terminal.take(name, most) {
        Ok(Some(file)) => {
            send(out, &Answer::File(file.len()))?;
            Ok(out.write_all(&file)?)
        }
        Ok(None) => send(out, &Answer::TooLarge),
        Err(why) => send(out, &Answer::NoFile(why.to_string())),
    }
}

/// A file that comes in parts.
struct Parts<'a, R> {
    lines: &'a mut R,
    left: usize,
    over: bool,
}

impl<'a, R: BufRead> Parts<'a, R> {
    const fn of(lines: &'a mut R) -> Self {
        Self { lines, left: 0, over: false }
    }

    fn next(&mut self) -> io::Result<()> {
        match receive(self.lines).map_err(|error| io::Error::other(error.to_string()))? {
            Some(Told::Part(bytes)) if bytes <= PART => {
                (self.left, self.over) = (bytes, bytes == 0);
                Ok(())
            }
            Some(Told::Broken(why)) => {
                self.over = true;
                Err(io::Error::other(why))
            }
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl<R: BufRead> Read for Parts<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !self.over {
            self.next()?;
        }
        let most = self.left.min(into.len());
        if most == 0 {
            // Reading nothing would wait for something all the same.
            return Ok(0);
        }
        let read = self.lines.read(into.get_mut(..most).unwrap_or_default())?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= read;
        Ok(read)
    }
}
