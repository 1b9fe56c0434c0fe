//! No record, no success (law 3): the only way for a body to end well.

use crate::log::leaf::Outcome;
use coffer_kernel::SubjectId;

/// What a command did, for the log. The name is public; the detail is sealed under its subject's key.
pub trait Event {
    /// The past participle, e.g. `invoice.issued`.
    const NAME: &'static str;
    /// The id of what it is about, so that its history can be found.
    fn about(&self) -> Option<[u8; 16]>;
    /// Whose data the detail holds; [`None`] for the business's own.
    fn subject(&self) -> Option<SubjectId> {
        None
    }
    /// The detail, if any: what changed, as JSON that the history page renders.
    fn detail(&self) -> Option<String> {
        None
    }
}

/// Proof that the record was made. Only [`crate::Tx::record`] makes one.
#[derive(Debug)]
#[must_use]
pub struct Recorded<T>(pub(crate) T);

/// A record waiting for its place in the log.
#[derive(Debug)]
pub(crate) struct Pending {
    pub(crate) id: [u8; 16],
    pub(crate) out: Outcome,
    pub(crate) what: String,
    pub(crate) about: Option<[u8; 16]>,
    pub(crate) subject: SubjectId,
    /// The sealed detail.
    pub(crate) sealed: Option<Vec<u8>>,
}
