//! The threads that read. Each keeps a connection; a query gets a snapshot of its own.

use crate::Fault;
use crate::committer::worker::spawn;
use crate::engine::{Connection, Engine, Mode};
use crate::keyring::held;
use crate::refused::Refused;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

/// How many queries may wait.
const MOST_WAITING: usize = 4_096;

/// What is done with a connection inside a snapshot, or with the reason why there is none.
pub(crate) type Look = Box<dyn FnOnce(Result<&mut dyn Connection, Fault>) + Send>;

/// Queries that wait.
#[derive(Default)]
pub(crate) struct Readers {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Look>,
    closed: bool,
}

impl Readers {
    /// Starts the threads.
    pub(crate) fn start(readers: &Arc<Self>, engine: &Arc<dyn Engine>) -> Result<Vec<JoinHandle<()>>, Fault> {
        (0..engine.readers())
            .map(|number| {
                let (readers, engine) = (Arc::clone(readers), Arc::clone(engine));
                spawn(format!("coffer-reader-{number}"), move || readers.run(engine.as_ref()))
            })
            .collect()
    }

    /// Puts a query in line.
    pub(crate) fn push(&self, look: Look) -> Result<(), Refused> {
        let mut state = held(&self.state);
        if state.closed {
            return Err(Refused::Fault(Fault::Closed));
        }
        if state.waiting.len() >= MOST_WAITING {
            return Err(Refused::Busy);
        }
        state.waiting.push_back(look);
        self.wake.notify_one();
        Ok(())
    }

    /// Takes in nothing more.
    pub(crate) fn close(&self) {
        held(&self.state).closed = true;
        self.wake.notify_all();
    }

    fn run(&self, engine: &dyn Engine) {
        let mut link: Option<Box<dyn Connection>> = None;
        while let Some(look) = self.take() {
            if link.as_ref().is_none_or(|link| !link.alive()) {
                link = match engine.connect(Mode::Read) {
                    Ok(link) => Some(link),
                    Err(fault) => {
                        look(Err(fault));
                        continue;
                    }
                };
            }
            let Some(link) = link.as_deref_mut() else { continue };
            if let Err(fault) = link.begin(Mode::Read) {
                link.rollback();
                look(Err(fault));
                continue;
            }
            // A panic drops the answer's channel, which tells the one who waits; the snapshot is thrown away.
            drop(catch_unwind(AssertUnwindSafe(|| look(Ok(&mut *link)))));
            link.rollback();
        }
    }

    fn take(&self) -> Option<Look> {
        let mut state = held(&self.state);
        loop {
            if let Some(look) = state.waiting.pop_front() {
                return Some(look);
            }
            if state.closed {
                return None;
            }
            state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
