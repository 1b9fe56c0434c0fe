//! The record of a transaction: what was done, and what of sealed data was shown.

use super::Tx;
use crate::Fault;
use crate::column::Column;
use crate::log::leaf::Outcome;
use crate::log::refusals::Kind;
use crate::reading::Reading;
use crate::recorded::{Event, Pending, Recorded};
use crate::snapshot::Disclosure;
use coffer_kernel::{SubjectId, TypedId};

/// The sealed detail of a record.
const DETAIL: Column = Column::other("log_detail", "sealed");

impl Tx<'_> {
    /// Ends the body: the record of what was done, and what the caller gets once it is durable.
    ///
    /// # Errors
    /// Where the detail cannot be sealed, or a body records twice.
    pub fn record<E: Event, T, R: From<Fault>>(&mut self, event: E, value: T) -> Result<Recorded<T>, R> {
        let pending = self.pending(&event)?;
        if self.note.record.replace(pending).is_some() {
            return Err(R::from(Fault::Misuse("a body records once")));
        }
        Ok(Recorded(value))
    }

    fn pending<E: Event>(&mut self, event: &E) -> Result<Pending, Fault> {
        let mut id = [0; 16];
        self.entropy().fill(&mut id);
        let subject = event.subject().unwrap_or_else(|| self.business().into());
        let sealed = match event.detail() {
            Some(detail) => Some(self.seal(&DETAIL, &id, subject, &detail)?),
            None => None,
        };
        Ok(Pending { id, out: Outcome::Done, what: E::NAME.to_owned(), about: event.about(), subject, sealed })
    }

    /// The record that sealed data was shown: which kinds in the open, whose in the sealed detail.
    pub(crate) fn record_disclosure(&mut self, disclosure: &Disclosure) -> Result<(), Fault> {
        let mut id = [0; 16];
        self.entropy().fill(&mut id);
        let whose: Vec<String> = disclosure.subjects.iter().map(ToString::to_string).collect();
        let about = disclosure.subjects.first().filter(|_| disclosure.subjects.len() == 1).map(TypedId::bytes);
        let subject = SubjectId::from(self.business());
        let sealed = Some(self.seal(&DETAIL, &id, subject, &whose.join(" "))?);
        self.note.record = Some(Pending { id, out: Outcome::Shown, what: disclosure.kinds(), about, subject, sealed });
        Ok(())
    }

    /// Counts that this was shown to whoever is known by this name; whether it was before, in this minute.
    pub(crate) fn count_shown(&mut self, by: &str, shown: &Disclosure) -> bool {
        let kind = Kind::shown(self.at, (self.permit.actor(), by), (self.permit.action(), shown.kinds()));
        let before = self.book.counts.has(&kind);
        self.note.kinds.push(kind);
        before
    }

    /// Records what this body has opened as shown, if it opened anything.
    pub(crate) fn record_what_was_opened(&mut self) -> Result<bool, Fault> {
        let opened = std::mem::take(&mut self.note.opened);
        if opened.is_empty() {
            return Ok(false);
        }
        self.record_disclosure(&opened).map(|()| true)
    }
}
