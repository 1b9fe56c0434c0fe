//! Logs of which no head was kept on this machine: they are gone on with from what the database says was signed last. Nobody here
//! can know whether that was all of it, so it is said.

use super::kept::{Kept, beginning};
use crate::books::Books;
use crate::keyring::held;
use crate::log::tree;
use crate::refused::Refused;
use coffer_kernel::BusinessId;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Over how many records the head was, and whether that was told already.
#[derive(Default)]
pub(crate) struct Begun(Mutex<BTreeMap<BusinessId, (u64, bool)>>);

impl Begun {
    fn with(&self, log: BusinessId, size: u64) {
        held(&self.0).entry(log).or_insert((size, false));
    }

    fn of(&self, log: BusinessId) -> Option<u64> {
        held(&self.0).get(&log).map(|(size, _)| *size)
    }

    fn untold(&self, log: BusinessId) -> Option<u64> {
        let mut begun = held(&self.0);
        let (size, told) = begun.get_mut(&log)?;
        let untold = (!*told).then_some(*size);
        *told = true;
        untold
    }
}

impl Books {
    /// Over how many records the head is from which this log was gone on with since the books were opened, or will be: it stood
    /// in the database and nowhere else. [`None`] where a head was kept, or nothing was signed yet.
    ///
    /// # Errors
    /// Where the engine refuses, or what is kept cannot be read.
    pub async fn begun_with(&self, log: BusinessId) -> Result<Option<u64>, Refused> {
        let heads = &self.inner().heads;
        if let Some(size) = heads.begun.of(log) {
            return Ok(Some(size));
        }
        if !heads.lack(&heads.of(log)?) {
            return Ok(None);
        }
        let signed = self.apart(log, |link, book| Ok(tree::head(link, book)?.size)).await?;
        Ok(Some(signed).filter(|size| *size > 0))
    }

    /// The same of what was signed since, once: for whoever writes the operator's log.
    #[must_use]
    pub fn begun_newly(&self, log: BusinessId) -> Option<u64> {
        self.inner().heads.begun.untold(log)
    }

    /// What is signed is held against: what was kept, or else what the database says was signed last, where the records under it
    /// are those.
    pub(crate) async fn held_against(&self, log: BusinessId, kept: &Kept) -> Result<Kept, Refused> {
        let heads = &self.inner().heads;
        if !heads.lack(kept) {
            return Ok(kept.clone());
        }
        let Some(last) = self.apart(log, beginning).await? else { return Ok(Kept::NONE) };
        heads.begun.with(log, last.head.size);
        Ok(Kept::as_if(&last))
    }
}
