//! The server's side: takes commands, one thread each, and answers in the words the command line would have used.

use super::{Answer, LONGEST_PATH, PART, Told, Wanted, is_ours, path, receive, send};
use crate::Ending;
use crate::arguments::Arguments;
use crate::commands;
use crate::console::Console;
use crate::ending;
use crate::home::Home;
use clap::Parser;
use std::collections::HashMap;
use std::fmt::Display;
use std::fs::{self, Permissions};
use std::io::{BufReader, Read, Write};
use std::net::Shutdown;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::UnixListener;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

/// What a caller is told who answers something else than was asked.
const NO_ANSWER: &str = "This is not an answer.";

/// How many commands may run side by side.
const MOST: usize = 8;
/// How long a caller may take to say what they want, and to take in what they are told.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long somebody may think about a question.
const THOUGHT: Duration = Duration::from_secs(15 * 60);

/// A socket that is listened at.
pub(crate) struct Listening {
    path: PathBuf,
    calls: Arc<Calls>,
    stop: watch::Sender<bool>,
    done: JoinHandle<()>,
}

/// The calls under way, so that the end need not wait for somebody who thinks.
#[derive(Default)]
struct Calls {
    streams: Mutex<HashMap<u64, UnixStream>>,
    next: AtomicU64,
}

impl Calls {
    fn begin(&self, stream: &UnixStream) -> std::io::Result<u64> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.streams.lock().unwrap_or_else(PoisonError::into_inner).insert(number, stream.try_clone()?);
        Ok(number)
    }

    fn over(&self, number: u64) {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
    }

    fn end(&self) {
        for (_, call) in self.streams.lock().unwrap_or_else(PoisonError::into_inner).drain() {
            drop(call.shutdown(Shutdown::Both));
        }
    }
}

/// Listens for commands; [`None`] where the data folder's path is too long for a socket, which is said.
pub(crate) fn listen(home: &Home) -> Result<Option<Listening>, Ending> {
    let path = path(&home.places.data);
    if path.as_os_str().len() > LONGEST_PATH {
        tracing::warn!("the path of the data folder is too long for a socket: commands need this server stopped");
        return Ok(None);
    }
    // Whoever has the lock has the folder: what lies there is of a server that was killed.
    drop(fs::remove_file(&path));
    let listener = UnixListener::bind(&path)?;
    fs::set_permissions(&path, Permissions::from_mode(0o600))?;
    let (stop, stopped) = watch::channel(false);
    let calls = Arc::new(Calls::default());
    #[expect(clippy::disallowed_methods, reason = "`Listening::stop` ends it")]
    let done = tokio::spawn(accept(listener, home.clone(), Arc::clone(&calls), stopped));
    Ok(Some(Listening { path, calls, stop, done }))
}

impl Listening {
    /// Takes in no more calls and ends those under way.
    pub(crate) async fn stop(self) {
        drop(fs::remove_file(&self.path));
        self.stop.send_replace(true);
        drop(self.done.await);
        self.calls.end();
    }
}

async fn accept(listener: UnixListener, home: Home, calls: Arc<Calls>, mut stopped: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(MOST));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.changed() => return,
        };
        let Ok((stream, _)) = accepted else { continue };
        let account = match stream.peer_cred() {
            Ok(peer) if is_ours(peer.uid()) => peer.uid(),
            Ok(peer) => {
                tracing::warn!(account = peer.uid(), "a command of another account was not taken");
                continue;
            }
            Err(_) => continue,
        };
        let (Ok(room), Ok(stream)) = (Arc::clone(&room).try_acquire_owned(), stream.into_std()) else { continue };
        let (Ok(()), Ok(number)) = (stream.set_nonblocking(false), calls.begin(&stream)) else { continue };
        let (home, calls, handle) = (home.by(account), Arc::clone(&calls), Handle::current());
        // It waits for a person, so it has a thread of its own; the end of the socket ends it.
        drop(tokio::task::spawn_blocking(move || {
            // What went wrong with the call itself shows at the caller's end.
            drop(take(&home, &stream, &handle));
            calls.over(number);
            drop(room);
        }));
    }
}

/// One call, from what is wanted to the end.
fn take(home: &Home, stream: &UnixStream, handle: &Handle) -> Result<(), Ending> {
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut caller = Caller { out: stream.try_clone()?, lines: BufReader::new(stream.try_clone()?) };
    let Some(wanted) = receive::<Wanted>(&mut caller.lines)? else { return Ok(()) };
    stream.set_read_timeout(Some(THOUGHT))?;
    let outcome =
        read(&wanted).and_then(|arguments| handle.block_on(commands::run(home, arguments.command, &mut caller)));
    let told = match outcome {
        Ok(()) => Told::Done,
        Err(why) => Told::Refused { code: ending::code(&why), why: ending::sentence(&why) },
    };
    send(&mut caller.out, &told)
}

fn read(wanted: &Wanted) -> Result<Arguments, Ending> {
    if wanted.version != crate::VERSION {
        return Err(format!(
            "The server is Coffer {} and this command {}. Restart the server, or use its own version.",
            crate::VERSION,
            wanted.version
        )
        .into());
    }
    Ok(Arguments::try_parse_from(std::iter::once("coffer").chain(wanted.words.iter().map(String::as_str)))?)
}

/// Whoever gave a command through the socket.
struct Caller {
    out: UnixStream,
    lines: BufReader<UnixStream>,
}

impl Caller {
    fn answer(&mut self) -> Result<Answer, Ending> {
        receive(&mut self.lines)?.ok_or_else(|| "Whoever gave this command is gone.".into())
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
        match self.answer()? {
            Answer::Kept { left } => sent.map(|()| left),
            Answer::NotKept(why) => Err(why.into()),
            Answer::Line(_) | Answer::File(_) | Answer::TooLarge | Answer::NoFile(_) => Err(NO_ANSWER.into()),
        }
    }

    fn take(&mut self, name: &Path, most: usize) -> Result<Option<Vec<u8>>, Ending> {
        let name = name.to_str().ok_or("The name of this file is no text. Choose another.")?;
        send(&mut self.out, &Told::Take { name: name.to_owned(), most })?;
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
}
