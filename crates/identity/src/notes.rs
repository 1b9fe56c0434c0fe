//! Events that more than one command records.

use coffer_kernel::{Origin, TypedId, UserId};
use coffer_store::Event;

/// Somebody signed in, from here.
pub(crate) struct SignedIn(pub(crate) UserId, pub(crate) Origin);

impl Event for SignedIn {
    const NAME: &'static str = "session.opened";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn detail(&self) -> Option<String> {
        crate::throttle::from(self.1)
    }
}
