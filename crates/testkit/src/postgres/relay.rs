//! What stands between a client and its server, and loses what they say: a network, for as long as a test likes.

use std::{
    fs,
    io::{self, Read, Write},
    net::Shutdown,
    os::unix::net::{UnixListener, UnixStream},
    path::PathBuf,
    process,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
};

use super::Address;
use crate::machine::{MachineError, short_temporary_folder};

/// Passes everything on, in both directions, until it is told otherwise. Ends with its value.
#[derive(Debug)]
pub struct Relay {
    address: Address,
    folder: PathBuf,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    pairs: Mutex<Vec<Pair>>,
    over: AtomicBool,
}

/// One connection, as it is held at both of its ends.
#[derive(Debug)]
struct Pair {
    client: UnixStream,
    server: UnixStream,
    mute: Arc<AtomicBool>,
}

impl Relay {
    /// A relay to the server that is reached over a Unix socket at this address.
    ///
    /// # Errors
    /// [`MachineError`]: no socket can be made.
    pub fn to(server: &Address) -> Result<Self, MachineError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = short_temporary_folder().join(format!("coffer-relay-{}-{count}", process::id()));
        // Left by a process of the same number that did not end well.
        drop(fs::remove_dir_all(&folder));
        fs::create_dir(&folder).map_err(MachineError::doing("make", &folder))?;
        let socket = format!(".s.PGSQL.{}", server.port);
        let listener = UnixListener::bind(folder.join(&socket)).map_err(MachineError::doing("listen in", &folder))?;
        let shared = Arc::new(Shared::default());
        let (far, ours) = (PathBuf::from(&server.host).join(&socket), Arc::clone(&shared));
        let accept = move || {
            for client in listener.incoming() {
                if ours.over.load(Ordering::Acquire) {
                    break;
                }
                // A client that cannot be served finds its connection closed.
                let _ = client.and_then(|client| ours.join(client, UnixStream::connect(&far)?));
            }
        };
        thread::Builder::new()
            .name("relay".to_owned())
            .spawn(accept)
            .map_err(MachineError::doing("begin a thread for", &folder))?;
        let address = Address { host: folder.display().to_string(), ..server.clone() };
        Ok(Self { address, folder, shared })
    }

    /// Where clients reach it.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// From now on, whoever is connected hears nothing from the server any more. The server still hears them.
    pub fn mute(&self) {
        self.shared.pairs().iter().for_each(|pair| pair.mute.store(true, Ordering::Release));
    }

    /// Ends every connection that stands, for both sides. A new one is passed on like any other.
    pub fn cut(&self) {
        for pair in self.shared.pairs().drain(..) {
            // One that has ended by itself is as good.
            drop(pair.client.shutdown(Shutdown::Both));
            drop(pair.server.shutdown(Shutdown::Both));
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Release);
        // Wakes the thread that waits for clients, so that it sees that it is over.
        drop(UnixStream::connect(self.folder.join(format!(".s.PGSQL.{}", self.address.port))));
        self.cut();
        drop(fs::remove_dir_all(&self.folder));
    }
}

impl Shared {
    fn pairs(&self) -> std::sync::MutexGuard<'_, Vec<Pair>> {
        self.pairs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn join(&self, client: UnixStream, server: UnixStream) -> io::Result<()> {
        let mute = Arc::new(AtomicBool::new(false));
        let (asks, asked) = (client.try_clone()?, server.try_clone()?);
        let (answers, answered) = (server.try_clone()?, client.try_clone()?);
        // Known before anything is passed on, so that nothing gets past a cut.
        self.pairs().push(Pair { client, server, mute: Arc::clone(&mute) });
        pass(asks, asked, Arc::default())?;
        pass(answers, answered, mute)
    }
}

/// Passes on what comes, on a thread of its own, until one side is closed; then the other is, too.
fn pass(mut from: UnixStream, mut to: UnixStream, mute: Arc<AtomicBool>) -> io::Result<()> {
    let body = move || {
        let mut some = vec![0; 64 * 1024];
        while let Ok(count @ 1..) = from.read(&mut some) {
            let lost = mute.load(Ordering::Acquire);
            if !lost && to.write_all(some.get(..count).unwrap_or_default()).is_err() {
                break;
            }
        }
        drop(from.shutdown(Shutdown::Both));
        drop(to.shutdown(Shutdown::Both));
    };
    thread::Builder::new().name("relay".to_owned()).spawn(body).map(drop)
}
