//! Logs of which no head was kept on this machine: they are gone on with from what the database says was signed last. Nobody here
//! can know whether that was all of it, so it is said.

use super::kept::{Kept, fits};
use crate::Fault;
use crate::books::Books;
use crate::engine::Connection;
use crate::keyring::{BookKeys, held};
use crate::log::tree::{self, Signed};
use crate::refused::Refused;
use coffer_kernel::BusinessId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The logs that were gone on with, and those that could not be: the records of each are read once, however often it is tried.
#[derive(Default)]
pub(crate) struct Begun {
    logs: Mutex<BTreeMap<BusinessId, GoneOn>>,
    /// The head that the records do not fit, and what is wrong with them.
    unfit: Mutex<BTreeMap<BusinessId, (Kept, Fault)>>,
}

struct GoneOn {
    /// Over how many records the head was.
    size: u64,
    /// Whether that was told already.
    told: bool,
    /// What is held against for as long as no head is kept: that one, or one that was signed since.
    head: Kept,
}

impl Begun {
    fn of(&self, log: BusinessId) -> Option<u64> {
        held(&self.logs).get(&log).map(|log| log.size)
    }

    fn head(&self, log: BusinessId) -> Option<Kept> {
        held(&self.logs).get(&log).map(|log| log.head.clone())
    }

    fn untold(&self, log: BusinessId) -> Option<u64> {
        let mut logs = held(&self.logs);
        let log = logs.get_mut(&log)?;
        let untold = (!log.told).then_some(log.size);
        log.told = true;
        untold
    }

    /// Remembers of a log that was gone on with what was signed of it since, which may be kept nowhere else.
    pub(crate) fn signed(&self, log: BusinessId, head: &Signed) {
        if let Some(log) = held(&self.logs).get_mut(&log) {
            log.head = Kept::as_if(head);
        }
    }

    /// The last head of the database, where the records under it are those. Where they are not, they are read again only once
    /// there is another head, or the books are opened anew.
    fn look(&self, link: &mut dyn Connection, book: &BookKeys) -> Result<Kept, Fault> {
        let Some(last) = tree::last(link, book)? else { return Ok(Kept::NONE) };
        let (log, head) = (book.business, Kept::as_if(&last));
        let unfit = held(&self.unfit).get(&log).filter(|(of, _)| *of == head).map(|(_, fault)| fault.clone());
        if let Some(fault) = unfit {
            return Err(fault);
        }
        if let Err(fault) = fits(link, book, &last) {
            // What the engine refuses is no word on the records.
            if matches!(fault, Fault::Corrupt { .. }) {
                held(&self.unfit).insert(log, (head, fault.clone()));
            }
            return Err(fault);
        }
        let gone_on = GoneOn { size: last.head.size, told: false, head: head.clone() };
        held(&self.logs).entry(log).or_insert(gone_on);
        Ok(head)
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
        if let Some(head) = heads.begun.head(log) {
            return Ok(head);
        }
        let heads = Arc::clone(heads);
        self.apart(log, move |link, book| heads.begun.look(link, book)).await
    }
}
