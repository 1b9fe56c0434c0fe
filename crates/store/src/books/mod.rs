//! The books: the two ways through, [`Books::transact`] for everything that changes and [`Books::read`] for
//! everything that looks.
//!
//! It refuses to do anything for an actor whose policy row says no, to answer a command before it is durable, and to
//! show sealed data before the disclosure is.

mod open;
mod pepper;
mod read;
mod refuse;
mod together;
mod transact;

pub use open::{EngineChoice, Opening};
pub use transact::{LookAgain, Once, Order, Recall};

use crate::committer::lanes::Lanes;
use crate::engine::{Dialect, Engine};
use crate::keyring::Keyring;
use crate::log::kept::KeptHeads;
use crate::migrate::Migration;
use crate::readers::Readers;
use crate::stored::Aggregate;
use crate::world::World;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use tokio::sync::Notify;

/// A handle to open books. Cheap to clone; the last one to go does not close them, [`Books::close`] does.
#[derive(Clone)]
pub struct Books {
    inner: Arc<Inner>,
    /// Where what is opened waits for the answer it is for, within [`Books::together`].
    pile: Option<Arc<together::Pile>>,
}

pub(crate) struct Inner {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) lanes: Arc<Lanes>,
    pub(crate) readers: Arc<Readers>,
    pub(crate) world: World,
    pub(crate) aggregates: &'static [&'static Aggregate],
    pub(crate) committed: Arc<Notify>,
    /// The last head of each log, kept outside of the database.
    pub(crate) heads: Arc<KeptHeads>,
    /// Where what is on its way out stands for a moment.
    pub(crate) scratch: PathBuf,
    /// What makes a schema of nothing.
    pub(crate) migrations: &'static [Migration],
    /// How whoever asks for a change is looked at again.
    pub(crate) look_again: LookAgain,
    threads: Mutex<Threads>,
}

#[derive(Default)]
struct Threads {
    reading: Vec<JoinHandle<()>>,
    writing: Vec<JoinHandle<()>>,
}

impl Books {
    /// The clock and entropy of these books.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.inner.world
    }

    /// Which engine they stand on.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.inner.engine.dialect()
    }

    /// Notified after each commit: there may be work, and leaves the tree does not know yet.
    #[must_use]
    pub fn committed(&self) -> Arc<Notify> {
        Arc::clone(&self.inner.committed)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// Takes in no more orders, finishes and answers those that wait, and closes. Blocks until that is done.
    ///
    /// Whoever reads goes first: the embedded engine moves its log into the database when the last connection closes, and
    /// where two close at once each takes the other for the last.
    pub fn close(&self) {
        // A thread that panicked outside a body has nothing left to finish.
        let ended = |threads: Vec<JoinHandle<()>>| threads.into_iter().for_each(|thread| drop(thread.join()));
        let threads = std::mem::take(&mut *crate::keyring::held(&self.inner.threads));
        self.inner.readers.close();
        ended(threads.reading);
        self.inner.lanes.close();
        ended(threads.writing);
    }
}
