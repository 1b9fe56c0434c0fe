//! Row digests: what the log remembers of a row's canonical bytes.

use crate::encoding::length_prefix;
use aws_lc_rs::hmac;

/// A keyed digest (HMAC-SHA256) of a row, fed part by part.
///
/// It stands in the audit record, so that an older row put back in its own place is found out. It is keyed, so that
/// the log is no oracle: without the business's key nobody can try which values would give it.
pub struct RowDigest(hmac::Context);

impl RowDigest {
    pub(super) fn new(key: &hmac::Key) -> Self {
        let mut context = hmac::Context::with_key(key);
        context.update(b"coffer/v1/row");
        Self(context)
    }

    /// Adds one part. Each call is a part of its own: `ab` then `c` is not `a` then `bc`.
    pub fn update(&mut self, part: &[u8]) {
        self.0.update(&length_prefix(part));
        self.0.update(part);
    }

    /// The digest of all parts.
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        let mut out = [0; 32];
        out.copy_from_slice(self.0.sign().as_ref());
        out
    }
}
