//! The real world: the system's clock, and a terminal to talk to.

use coffer_kernel::{Clock, Timestamp};
use std::io::Write;

/// The system's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Tells the operator something.
pub(crate) fn say(line: impl std::fmt::Display) {
    // A terminal that went away is not a reason to stop.
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// Tells the operator why it ended.
pub(crate) fn complain(why: &str) {
    drop(writeln!(std::io::stderr(), "coffer: {why}"));
}
