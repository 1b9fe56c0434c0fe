//! The world, as parameters (law 8): so that a year, a crash and an attacker can be simulated from a seed.

pub use jiff::{Timestamp, civil::Date};

/// Tells the time. Production reads the system clock once, in `main`; tests hand out a virtual one.
pub trait Clock: Send + Sync {
    /// The present instant, in UTC. Stored with microsecond precision.
    fn now(&self) -> Timestamp;
}

/// A source of unpredictable bytes.
///
/// Production draws from the operating system's generator (through `keys`, the only crate that touches
/// primitives); tests draw from a seed. There is no fallible variant: a generator that cannot answer must
/// end the process rather than let a weak key be made.
pub trait Entropy: Send + Sync {
    /// Fills `out` completely.
    fn fill(&self, out: &mut [u8]);
}
