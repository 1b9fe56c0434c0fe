//! The server's side: takes commands, one thread each, and answers in the words the command line would have used.

use super::caller::Caller;
use super::{LONGEST_PATH, Told, Wanted, is_ours, path, receive, send};
use crate::Ending;
use crate::arguments::Arguments;
use crate::commands;
use crate::ending::{self, IN_USE};
use crate::home::Home;
use clap::Parser;
use std::collections::HashMap;
use std::fs::{self, Permissions};
use std::net::Shutdown;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::UnixListener;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

/// How many commands may run side by side.
const MOST: usize = 8;
/// What somebody hears who comes when all places are taken.
const FULL: &str = "The server is doing eight commands already, so it did not begin this one. Wait until one of them has ended, and give \
     it again; who waits at a question or for a file holds a place, too.";
/// How long a caller may take to say what they want, to bring a file, and to take in what they are told.
const PATIENCE: Duration = Duration::from_secs(60);

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
        let Ok(stream) = stream.into_std() else { continue };
        let Ok(room) = Arc::clone(&room).try_acquire_owned() else {
            // It does not wait: a socket that nobody has read from takes a line at once.
            drop(send(&mut &stream, &Told::Refused { code: IN_USE, why: FULL.to_owned() }));
            continue;
        };
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
    let mut caller = Caller::at(stream, PATIENCE)?;
    let Some(wanted) = receive::<Wanted>(&mut caller.lines)? else { return Ok(()) };
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
