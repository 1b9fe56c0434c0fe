//! Verifying an export, in constant memory.

use std::io::Read;

use super::finding::{Finding, Place};
use super::records::{Broken, Record, Records};
use crate::checkpoint::{Checkpoint, VerifierKey};
use crate::tree::{Frontier, TreeHead};

/// What was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The last signed state.
    pub head: TreeHead,
    /// How many signed states were seen on the way.
    pub checkpoints: u64,
}

/// Reads a whole export and believes nothing that `key` did not sign. With a `pinned` checkpoint, kept elsewhere and
/// already verified, the log must also continue that state.
///
/// # Errors
/// The first [`Finding`], with its place.
pub fn verify<R: Read>(input: R, key: &VerifierKey, pinned: Option<&Checkpoint>) -> Result<Verified, Finding> {
    let mut records = Records::new(input);
    let origin = records.header().map_err(found)?;
    if origin != key.name().as_str() || pinned.is_some_and(|pinned| pinned.origin() != origin) {
        return Err(Finding::OtherLog { origin });
    }
    let mut audit = Audit {
        key,
        pinned: pinned.map(|pinned| *pinned.head()),
        frontier: Frontier::new(),
        signed: 0,
        checkpoints: 0,
    };
    audit.meet_pinned()?;
    loop {
        match records.next().map_err(found)? {
            Record::Leaf { index, hash } => {
                if index != audit.frontier.size() {
                    return Err(Finding::OutOfOrder { due: audit.frontier.size(), found: index });
                }
                audit.frontier.append(hash);
                audit.meet_pinned()?;
            }
            Record::Checkpoint(note) => audit.checkpoint(&note)?,
            Record::End { leaves } => {
                records.finish().map_err(found)?;
                return audit.end(leaves);
            }
        }
    }
}

struct Audit<'a> {
    key: &'a VerifierKey,
    /// The state kept elsewhere, until it was met.
    pinned: Option<TreeHead>,
    frontier: Frontier,
    signed: u64,
    checkpoints: u64,
}

impl Audit<'_> {
    fn checkpoint(&mut self, note: &[u8]) -> Result<(), Finding> {
        let leaves = self.frontier.size();
        let refused = |reason| Finding::Checkpoint { leaves, reason };
        let checkpoint = Checkpoint::open(note, self.key).map_err(refused)?;
        if *checkpoint.head() != self.frontier.head() || checkpoint.origin() != self.key.name().as_str() {
            return Err(Finding::Altered(Place { after: self.signed, until: checkpoint.head().size }));
        }
        self.signed = leaves;
        self.checkpoints += 1;
        Ok(())
    }

    fn meet_pinned(&mut self) -> Result<(), Finding> {
        let Some(kept) = self.pinned.filter(|kept| kept.size == self.frontier.size()) else { return Ok(()) };
        if kept != self.frontier.head() {
            return Err(Finding::Rewritten { kept: kept.size, leaves: self.frontier.size() });
        }
        self.pinned = None;
        Ok(())
    }

    fn end(self, announced: u64) -> Result<Verified, Finding> {
        let leaves = self.frontier.size();
        if announced != leaves {
            return Err(Finding::OutOfOrder { due: announced, found: leaves });
        }
        if let Some(kept) = self.pinned {
            return Err(Finding::Rewritten { kept: kept.size, leaves });
        }
        if self.signed != leaves || self.checkpoints == 0 {
            return Err(Finding::Unsigned { signed: self.signed, leaves });
        }
        Ok(Verified { head: self.frontier.head(), checkpoints: self.checkpoints })
    }
}

fn found(broken: Broken) -> Finding {
    match broken {
        Broken::Io(reason) => Finding::Io(reason),
        Broken::Truncated => Finding::Truncated,
        Broken::Malformed(what) => Finding::Malformed(what),
    }
}
