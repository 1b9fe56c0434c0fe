//! Documents as they were printed. The first one is kept, sealed: what any reader gets is what was recorded, whatever
//! the design looks like by then.
//!
//! Command: [`record`], by the printer. Queries: [`is_kept`] and [`manuscript`] for the printer, [`kept`] and
//! [`kept_for_reader`] for people, [`differences`] for whoever checks. It refuses to hand out a document that is not,
//! byte for byte, the one whose fingerprint was recorded.

mod differences;
mod queries;
mod record;
pub(super) mod sql;
#[cfg(test)]
mod tests;

pub use differences::differences;
pub use queries::{Manuscript, RenditionRefused, is_kept, kept, kept_for_reader, manuscript};
pub use record::{RecordRefused, RecordRendition, record};
pub use sql::AGGREGATE;

use coffer_kernel::{CustomerId, InvoiceId, Timestamp};
use coffer_keys::fingerprint::Fingerprint;

/// The largest document that is kept, in bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// A printed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Which invoice it shows.
    pub invoice: InvoiceId,
    /// Who owes it.
    pub customer: CustomerId,
    /// The version of the design.
    pub renderer: i64,
    /// What set it, and in which version.
    pub printer: String,
    /// When it was printed.
    pub made_at: Timestamp,
    /// SHA-256 of its bytes, hexadecimal. Not guessable: an invoice's nonce is part of them.
    pub fingerprint: String,
    /// The file.
    pub content: Vec<u8>,
}

impl Rendition {
    /// Whether these are the bytes that were recorded.
    fn is_whole(&self) -> bool {
        fingerprint(&self.content) == self.fingerprint
    }
}

fn fingerprint(content: &[u8]) -> String {
    let mut fingerprint = Fingerprint::default();
    fingerprint.update(content);
    fingerprint.finish()
}
