//! Reading a log back, newest first: the records, and where that is asked for what their sealed details say, as long as
//! their keys are there.

use super::leaf::{Leaf, Outcome};
use crate::column::Column;
use crate::reading::Reading;
use crate::snapshot::Snapshot;
use crate::{Fault, Row, values};
use coffer_kernel::{SubjectId, TypedId};

const DETAIL: Column = Column::other("log_detail", "sealed");

mod sql {
    pub(super) const ALL: &str = "SELECT r.seq, r.leaf, d.id, d.subject, d.sealed FROM log_record r \
         LEFT JOIN log_detail d ON d.business = r.business AND d.seq = r.seq \
         WHERE r.business = $1 AND r.seq < $2 ORDER BY r.seq DESC LIMIT $3";
    pub(super) const ABOUT: &str = "SELECT r.seq, r.leaf, d.id, d.subject, d.sealed FROM log_record r \
         LEFT JOIN log_detail d ON d.business = r.business AND d.seq = r.seq \
         WHERE r.business = $1 AND r.seq < $2 AND r.about = $4 ORDER BY r.seq DESC LIMIT $3";
}

/// How many records are looked through for one page: a filter that finds little goes on with the next page.
const LOOKED_THROUGH: i64 = 2_000;
const AT_ONCE: i64 = 200;

/// Which records of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Only what is about this.
    pub about: Option<[u8; 16]>,
    /// Only before this place; from the newest where none is said.
    pub before: Option<i64>,
    /// How many at most.
    pub most: usize,
    /// Whether their details are opened: of what was done. What was shown or refused says enough in its leaf.
    pub details: bool,
}

/// A record, as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The record.
    pub leaf: Leaf,
    /// Its detail; nothing where there is none, none was asked for, or whom it was about was erased.
    pub detail: Option<String>,
}

/// One page of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Newest first.
    pub records: Vec<Remembered>,
    /// Before which place an older page begins; nothing where there is none.
    pub before: Option<i64>,
}

impl Snapshot<'_> {
    /// The records that are asked for and pass. Whose details are opened counts as shown.
    ///
    /// # Errors
    /// Where the engine refuses or a leaf cannot be read.
    pub fn history(&mut self, asked: Asked, passes: impl Fn(&Leaf) -> bool) -> Result<Past, Fault> {
        let (mut found, mut before, mut looked) = (Vec::new(), asked.before.unwrap_or(i64::MAX), 0);
        let goes_on = 'found: loop {
            let rows = self.records(asked.about, before)?;
            let last = rows.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
            for row in rows {
                let (seq, leaf) = read(&row)?;
                if passes(&leaf) {
                    if found.len() == asked.most {
                        break 'found true;
                    }
                    found.push((leaf, row));
                }
                before = seq;
            }
            looked += AT_ONCE;
            if last || looked >= LOOKED_THROUGH {
                break !last;
            }
        };
        let records = found.into_iter().map(|(leaf, row)| {
            let detail = if asked.details && leaf.out == Outcome::Done { self.detail(&row)? } else { None };
            Ok(Remembered { leaf, detail })
        });
        Ok(Past { records: records.collect::<Result<_, Fault>>()?, before: goes_on.then_some(before) })
    }

    fn records(&mut self, about: Option<[u8; 16]>, before: i64) -> Result<Vec<Row>, Fault> {
        let business = self.business().bytes();
        match about {
            None => self.query(sql::ALL, &values![business, before, AT_ONCE]),
            Some(about) => self.query(sql::ABOUT, &values![business, before, AT_ONCE, about]),
        }
    }

    fn detail(&mut self, row: &Row) -> Result<Option<String>, Fault> {
        let Some(sealed) = row.get::<Option<Vec<u8>>>(4)? else { return Ok(None) };
        let (id, subject): (Vec<u8>, SubjectId) = (row.get(2)?, row.id(3)?);
        // Whoever was erased is erased here too.
        Ok(self.open(&DETAIL, &id, subject, &sealed).ok())
    }
}

fn read(row: &Row) -> Result<(i64, Leaf), Fault> {
    let seq: i64 = row.get(0)?;
    let unreadable = Fault::Corrupt { table: "log_record", column: "leaf", row: seq.to_string() };
    Ok((seq, Leaf::from_bytes(&row.get::<Vec<u8>>(1)?).ok_or(unreadable)?))
}
