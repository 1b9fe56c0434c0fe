//! The threads that write.

use super::batch::Batch;
use super::job::Job;
use super::lanes::Lanes;
use crate::Fault;
use crate::engine::{Connection, Engine, Mode};
use crate::keyring::Keyring;
use crate::refused::Refused;
use crate::world::World;
use coffer_kernel::BusinessId;
use std::sync::Arc;
use std::thread::JoinHandle;

/// What a writing thread works with.
pub(crate) struct Worker {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) lanes: Arc<Lanes>,
    pub(crate) world: World,
    /// Called after each commit that left work behind or appended to the log.
    pub(crate) committed: Arc<dyn Fn(BusinessId) + Send + Sync>,
}

impl Worker {
    /// Empties lanes until they are closed.
    pub(crate) fn run(&self) {
        let mut link: Option<Box<dyn Connection>> = None;
        while let Some((business, jobs)) = self.lanes.take() {
            self.batch(&mut link, business, jobs);
            self.lanes.done(business);
        }
    }

    fn batch(&self, link: &mut Option<Box<dyn Connection>>, business: BusinessId, mut jobs: Vec<Box<dyn Job>>) {
        match self.attempt(link, business, &mut jobs) {
            Ok(()) => {}
            Err(Fault::Unknown) => jobs.iter_mut().for_each(|job| job.undone(Refused::Fault(Fault::Unknown))),
            // One of them, or the connection, broke it for all: each gets a transaction of its own.
            Err(_) => {
                for job in &mut jobs {
                    if let Err(fault) = self.attempt(link, business, std::slice::from_mut(job)) {
                        job.undone(Refused::Fault(fault));
                    }
                }
            }
        }
        jobs.into_iter().for_each(Job::answer);
        (self.committed)(business);
        if let Some(link) = link {
            link.upkeep();
        }
    }

    fn attempt(
        &self,
        slot: &mut Option<Box<dyn Connection>>,
        business: BusinessId,
        jobs: &mut [Box<dyn Job>],
    ) -> Result<(), Fault> {
        if slot.as_ref().is_none_or(|link| !link.alive()) {
            *slot = Some(self.engine.connect(Mode::Write)?);
        }
        let Some(link) = slot.as_deref_mut() else { return Err(Fault::Closed) };
        let batch = Batch { engine: self.engine.as_ref(), keyring: &self.keyring, world: &self.world, business };
        batch.run(link, jobs)
    }
}

/// A thread of the store's own.
pub(crate) fn spawn(name: String, body: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Fault> {
    std::thread::Builder::new().name(name).spawn(body).map_err(|error| Fault::Engine(error.to_string()))
}
