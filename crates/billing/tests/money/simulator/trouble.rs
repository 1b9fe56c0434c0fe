//! What goes wrong.

use coffer_store::{Failure, Faults, Step};
use coffer_testkit::SeededEntropy;
use std::sync::atomic::{AtomicU64, Ordering};

/// From this step on the process is gone: nothing works any more.
pub(super) struct CrashFrom {
    step: u64,
    seen: AtomicU64,
}

impl CrashFrom {
    pub(super) const fn new(step: u64) -> Self {
        Self { step, seen: AtomicU64::new(0) }
    }

    pub(super) fn happened(&self) -> bool {
        self.seen.load(Ordering::Acquire) > self.step
    }
}

impl Faults for CrashFrom {
    fn at(&self, _: Step) -> Option<Failure> {
        (self.seen.fetch_add(1, Ordering::AcqRel) >= self.step).then_some(Failure::Crash)
    }
}

/// Now and then a statement is refused, a transaction lost, an answer to COMMIT swallowed.
pub(super) struct Hiccups(SeededEntropy);

impl Hiccups {
    pub(super) const fn new(seed: u64) -> Self {
        Self(SeededEntropy::new(seed))
    }
}

impl Faults for Hiccups {
    fn at(&self, step: Step) -> Option<Failure> {
        let often = match step {
            Step::AfterCommit => 20,
            Step::Begin | Step::Statement(_) | Step::BeforeCommit => 250,
        };
        if self.0.below(often) > 0 {
            return None;
        }
        Some(match (step, self.0.below(2)) {
            (Step::AfterCommit, _) => Failure::Silence,
            (_, 0) => Failure::Refuse,
            _ => Failure::Lose,
        })
    }
}
