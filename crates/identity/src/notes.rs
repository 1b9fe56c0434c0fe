//! Events that more than one command records.

use coffer_kernel::{TypedId, UserId};
use coffer_store::Event;

/// Somebody signed in.
pub(crate) struct SignedIn(pub(crate) UserId);

impl Event for SignedIn {
    const NAME: &'static str = "session.opened";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}
