//! Reading a log back: records newest first, with what their sealed details say as long as their keys are there.

use super::leaf::{Leaf, Outcome};
use crate::column::Column;
use crate::reading::Reading;
use crate::{Fault, values};
use coffer_kernel::{SubjectId, TypedId};

const DETAIL: Column = Column::other("log_detail", "sealed");

mod sql {
    pub(super) const BEFORE: &str = "SELECT r.seq, r.leaf, d.id, d.subject, d.sealed FROM log_record r \
         LEFT JOIN log_detail d ON d.business = r.business AND d.seq = r.seq \
         WHERE r.business = $1 AND r.seq < $2 ORDER BY r.seq DESC LIMIT 200";
}

/// How many records are looked through for one page: a filter that finds little goes on with the next page.
const LOOKED_THROUGH: usize = 2_000;
const AT_ONCE: usize = 200;

/// A record, as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The record.
    pub leaf: Leaf,
    /// Its detail; nothing where there is none, or whom it was about was erased.
    pub detail: Option<String>,
}

/// One page of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Newest first.
    pub records: Vec<Remembered>,
    /// Where an older page begins; nothing where there is none.
    pub before: Option<i64>,
}

/// The records before this place (from the newest, where none is said) that pass, at most so many.
///
/// Details are opened of what was done; what was shown or refused says enough in its leaf.
///
/// # Errors
/// Where the engine refuses or a leaf cannot be read.
pub fn past(
    reading: &mut impl Reading,
    before: Option<i64>,
    most: usize,
    passes: impl Fn(&Leaf) -> bool,
) -> Result<Past, Fault> {
    let (mut records, mut before) = (Vec::new(), before.unwrap_or(i64::MAX));
    for _ in 0..LOOKED_THROUGH / AT_ONCE {
        let rows = reading.query(sql::BEFORE, &values![reading.business().bytes(), before])?;
        let last = rows.len() < AT_ONCE;
        for row in rows {
            before = row.get(0)?;
            let unreadable = Fault::Corrupt { table: "log_record", column: "leaf", row: before.to_string() };
            let leaf = Leaf::from_bytes(&row.get::<Vec<u8>>(1)?).ok_or(unreadable)?;
            if !passes(&leaf) {
                continue;
            }
            let sealed: Option<Vec<u8>> = row.get(4)?;
            let detail = match sealed.filter(|_| leaf.out == Outcome::Done) {
                Some(sealed) => {
                    let (id, subject): (Vec<u8>, SubjectId) = (row.get(2)?, row.id(3)?);
                    // Whoever was erased is erased here too.
                    reading.open(&DETAIL, &id, subject, &sealed).ok()
                }
                None => None,
            };
            records.push(Remembered { leaf, detail });
            if records.len() == most {
                return Ok(Past { records, before: (before > 0).then_some(before) });
            }
        }
        if last {
            return Ok(Past { records, before: None });
        }
    }
    Ok(Past { records, before: Some(before) })
}
