//! Work within a transaction: what is left for after the commit, and what becomes of what was claimed.

use super::Tx;
use crate::reading::Reading;
use crate::work::Claimed;
use crate::{Fault, Refused, values};
use coffer_kernel::{Timestamp, TypedId};

impl Tx<'_> {
    /// Leaves a row of work for after the commit: what must leave the process is a row first.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub fn enqueue(&mut self, kind: &'static str, about: Option<[u8; 16]>, due: Timestamp) -> Result<(), Fault> {
        self.note.work = true;
        let id = coffer_kernel::WorkId::new(self.at, self.entropy());
        let row = values![self.business().bytes(), id.bytes(), kind, about, due];
        self.later(crate::work::sql::ADD, row)
    }

    /// Ends claimed work with the result it led to.
    ///
    /// # Errors
    /// [`Refused::Stale`] where the claim has passed to somebody else.
    pub fn settle(&mut self, claimed: &Claimed) -> Result<(), Refused> {
        let row = values![self.business().bytes(), claimed.id.bytes(), claimed.fence];
        if self.execute(crate::work::sql::SETTLE, &row)? == 1 { Ok(()) } else { Err(Refused::Stale) }
    }

    /// Makes sure that claimed work is still this worker's, before it does what cannot be taken back.
    ///
    /// # Errors
    /// [`Refused::Stale`] where the claim has passed to somebody else.
    pub fn hold(&mut self, claimed: &Claimed) -> Result<(), Refused> {
        let row = values![self.business().bytes(), claimed.id.bytes(), claimed.fence];
        if self.execute(crate::work::sql::HOLD, &row)? == 1 { Ok(()) } else { Err(Refused::Stale) }
    }

    /// Puts claimed work back, to be tried again at `due`, with the change that says why.
    ///
    /// # Errors
    /// [`Refused::Stale`] where the claim has passed to somebody else.
    pub fn put_off(&mut self, claimed: &Claimed, due: Timestamp, problem: &str) -> Result<(), Refused> {
        let (business, id) = (self.business().bytes(), claimed.id.bytes());
        let row = values![business, id, claimed.fence, "waiting", due, problem];
        if self.execute(crate::work::sql::PUT_OFF, &row)? == 1 { Ok(()) } else { Err(Refused::Stale) }
    }
}
