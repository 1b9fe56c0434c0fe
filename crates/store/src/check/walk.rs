//! One walk through a log: dense, readable, the one that was signed, and a continuation of what was kept of it.

use super::Checked;
use crate::engine::Connection;
use crate::fault::hex;
use crate::finding::Finding;
use crate::keyring::BookKeys;
use crate::log::kept::Kept;
use crate::log::leaf::Leaf;
use crate::log::mark::is_marked;
use crate::log::tree::{self, Unmarked};
use crate::{Fault, values};
use coffer_kernel::TypedId;
use coffer_proof::hash::leaf_hash;
use coffer_proof::tree::{Frontier, TreeHead};

mod sql {
    pub(super) const SIZE: &str = "SELECT size FROM log_head WHERE business = $1";
    pub(super) const LEAVES: &str =
        "SELECT seq, leaf, about FROM log_record WHERE business = $1 AND seq >= $2 ORDER BY seq LIMIT 4096";
}

/// The tree over the records as they are met, and the two states of it that are known from elsewhere.
struct States {
    frontier: Frontier,
    /// As it was signed last, by the database; and whether it was met.
    signed: (TreeHead, bool),
    /// As it is kept outside of the database; and whether it was met.
    kept: (Option<TreeHead>, bool),
}

impl States {
    fn new(signed: TreeHead, kept: Option<TreeHead>) -> Self {
        let mut states = Self { frontier: Frontier::new(), signed: (signed, false), kept: (kept, false) };
        states.meet();
        states
    }

    /// Takes a record in; whether it was signed yet.
    fn take(&mut self, leaf: &[u8]) -> bool {
        let (at, signed) = (self.frontier.size(), self.signed.0.size);
        if at < signed.max(self.kept.0.map_or(0, |kept| kept.size)) {
            self.frontier.append(leaf_hash(leaf));
            self.meet();
        }
        at < signed
    }

    fn meet(&mut self) {
        let size = self.frontier.size();
        if size == self.signed.0.size {
            self.signed.1 = self.frontier.head() == self.signed.0;
        }
        if let Some(kept) = self.kept.0.filter(|kept| kept.size == size) {
            self.kept.1 = self.frontier.head() == kept;
        }
    }

    /// Says which of the two was not met by these records.
    fn judge(&self, book: &BookKeys, kept: &Kept, stands: i64, checked: &mut Checked) {
        if !self.signed.1 {
            checked.findings.push(Finding::TreeDiffers { size: self.signed.0.size });
        }
        let size = self.kept.0.map(|kept| kept.size);
        if kept.head(book).is_err() || (size.is_some() && !self.kept.1) {
            checked.findings.push(Finding::LogCut { log: book.business, kept: size, stands });
        }
    }
}

/// Walks the log. Hands each record on, and whether it was signed yet.
pub(super) fn walk(
    link: &mut dyn Connection,
    book: &BookKeys,
    kept: &Kept,
    checked: &mut Checked,
    unmarked: Unmarked,
    each: &mut dyn FnMut(Leaf, bool),
) -> Result<(), Fault> {
    let business = book.business.bytes();
    let mut states = States::new(signed(link, book, checked)?, kept.head(book).unwrap_or_default());
    let mut next = 0_i64;
    // Nothing that lacks its mark follows on what has it. What is of before there were marks was signed when they came, so
    // that from then on whatever is not signed has one.
    let mut needed = false;
    'log: loop {
        let page = link.query(sql::LEAVES, &values![business, next])?;
        if page.is_empty() {
            break;
        }
        for row in page {
            let (seq, bytes): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            if seq != next {
                checked.findings.push(Finding::Gap { seq: next });
            }
            // The last place there is follows on nothing: a record there was not written here.
            let Some(after) = seq.checked_add(1) else { break 'log };
            next = after;
            let signed = states.take(&bytes);
            let marked = is_marked(&bytes, &book.keys);
            if !marked && (needed || (!signed && unmarked == Unmarked::Refused)) {
                checked.findings.push(Finding::NotWritten { seq });
            }
            needed |= marked;
            match Leaf::from_bytes(&bytes) {
                Some(leaf) if leaf.n == seq => {
                    // By what stands beside a record it is found; it has to be what was signed.
                    let about: Option<Vec<u8>> = row.get(2)?;
                    if about.as_deref().map(hex) != leaf.about {
                        checked.findings.push(Finding::RowDiffers { table: "log_record", row: seq.to_string() });
                    }
                    each(leaf, signed);
                }
                _ => checked.findings.push(Finding::Unreadable { seq }),
            }
        }
    }
    let size: i64 = link.query(sql::SIZE, &values![business])?.first().map_or(Ok(0), |row| row.get(0))?;
    if size != next {
        checked.findings.push(Finding::Gap { seq: next.min(size) });
    }
    states.judge(book, kept, next, checked);
    checked.records = next;
    Ok(())
}

/// The head that was signed last. One that is none says nothing of the records: they are looked at all the same, as such that
/// are not signed yet.
fn signed(link: &mut dyn Connection, book: &BookKeys, checked: &mut Checked) -> Result<TreeHead, Fault> {
    match tree::head(link, book) {
        Err(Fault::Corrupt { table: "log", .. }) => {
            checked.findings.push(Finding::TreeDiffers { size: 0 });
            Ok(tree::nothing())
        }
        head => head,
    }
}
