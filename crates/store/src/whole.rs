//! Rows with all that belongs to them, held against the digest that was written with them.
//!
//! What nobody makes without the business's key cannot be made for an altered row. What it does not see is a whole older row
//! put back, digest included: `coffer check` does, because the log's last digest is another.

use crate::stored::{Aggregate, digest};
use crate::{Fault, Row, Value};
use coffer_keys::BusinessKeys;

/// A row that is what was written last, and the rows that belong to it.
#[derive(Debug)]
pub struct Whole {
    pub(crate) root: Row,
    pub(crate) parts: Vec<Vec<Row>>,
}

impl Whole {
    /// The root, with the columns of its `select`.
    #[must_use]
    pub const fn root(&self) -> &Row {
        &self.root
    }

    /// The rows of its first part, with the columns of that part's `select`.
    #[must_use]
    pub fn parts(&self) -> &[Row] {
        self.parts.first().map_or(&[], Vec::as_slice)
    }
}

/// What became of the rows that were held against their digests.
#[derive(Debug, Default)]
pub struct Held {
    /// The last one that fits, by its table and id.
    pub(crate) last: Option<(&'static str, [u8; 16])>,
    /// The first one that does not, however the body went on.
    pub(crate) altered: Option<Fault>,
}

impl Held {
    /// Whether a row is what was written.
    pub(crate) fn fits(
        &mut self,
        keys: &BusinessKeys,
        of: &'static Aggregate,
        root: &Row,
        parts: &[Vec<&[Value]>],
    ) -> Result<bool, Fault> {
        let fits = is_its_digest(keys, of, root, parts);
        if fits {
            self.last = Some((of.root.name, root.get(1)?));
        }
        Ok(fits)
    }

    /// Notes that one is not.
    pub(crate) fn differs(&mut self, of: &'static Aggregate, root: &Row) -> Result<Fault, Fault> {
        let altered = Fault::Altered { table: of.root.name, id: root.get(1)? };
        Ok(self.altered.get_or_insert(altered).clone())
    }
}

/// Whether a root without parts is what was written, for whoever goes on either way.
pub(crate) fn is_whole(keys: &BusinessKeys, of: &Aggregate, root: &Row) -> bool {
    is_its_digest(keys, of, root, &[])
}

/// Whether the root's last cell is the digest of the others and of the parts. Takes as long for a wrong one as for a right one.
fn is_its_digest(keys: &BusinessKeys, of: &Aggregate, root: &Row, parts: &[Vec<&[Value]>]) -> bool {
    let Some((Value::Bytes(kept), cells)) = root.cells().split_last() else { return false };
    let written = digest(keys, of, cells, parts);
    kept.len() == written.len()
        && kept.iter().zip(written).fold(0, |differs, (kept, written)| differs | (kept ^ written)) == 0
}
