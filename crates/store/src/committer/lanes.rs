//! Waiting lines, one per business. One thread at a time empties a lane, so that its bodies never wait for each other's locks.

use super::job::Job;
use crate::keyring::held;
use coffer_kernel::BusinessId;
use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, PoisonError};

/// How many orders may wait in one lane.
const MOST_WAITING: usize = 4_096;
/// How many bodies share a COMMIT.
const MOST_IN_BATCH: usize = 256;

/// All lanes of this process.
#[derive(Default)]
pub(crate) struct Lanes {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    lanes: HashMap<BusinessId, Lane>,
    ready: VecDeque<BusinessId>,
    closed: bool,
}

#[derive(Default)]
struct Lane {
    waiting: VecDeque<Box<dyn Job>>,
    /// In `ready`, or being emptied.
    taken: bool,
}

/// Why an order was not taken in.
pub(crate) enum Turned {
    /// The lane is full.
    Full,
    /// The books are closing.
    Closed,
}

impl Lanes {
    /// Puts orders in line; those of one business stay together.
    pub(crate) fn push(&self, jobs: Vec<Box<dyn Job>>) -> Result<(), Turned> {
        let mut state = held(&self.state);
        if state.closed {
            return Err(Turned::Closed);
        }
        for job in jobs {
            let business = job.business();
            let lane = state.lanes.entry(business).or_default();
            if lane.waiting.len() >= MOST_WAITING {
                return Err(Turned::Full);
            }
            lane.waiting.push_back(job);
            if !lane.taken {
                lane.taken = true;
                state.ready.push_back(business);
                self.wake.notify_one();
            }
        }
        Ok(())
    }

    /// Waits for a lane with orders and takes a batch of them. [`None`] once closed and empty.
    pub(crate) fn take(&self) -> Option<(BusinessId, Vec<Box<dyn Job>>)> {
        let mut state = held(&self.state);
        loop {
            if let Some(business) = state.ready.pop_front()
                && let Some(lane) = state.lanes.get_mut(&business)
            {
                let most = lane.waiting.len().min(MOST_IN_BATCH);
                return Some((business, lane.waiting.drain(..most).collect()));
            }
            if state.closed {
                return None;
            }
            state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Gives a lane back after its batch.
    pub(crate) fn done(&self, business: BusinessId) {
        let mut state = held(&self.state);
        let Some(lane) = state.lanes.get_mut(&business) else { return };
        if lane.waiting.is_empty() {
            state.lanes.remove(&business);
        } else {
            state.ready.push_back(business);
            self.wake.notify_one();
        }
    }

    /// Takes in nothing more; what waits is still done.
    pub(crate) fn close(&self) {
        held(&self.state).closed = true;
        self.wake.notify_all();
    }
}
