//! Appending: the last thing a batch does before COMMIT.

use super::leaf::{self, Leaf, Outcome};
use crate::engine::Connection;
use crate::fault::hex;
use crate::keyring::BookKeys;
use crate::stored::RowDigest;
use crate::{Fault, values};
use coffer_kernel::{SubjectId, Timestamp, TypedId};
use coffer_proof::hash::leaf_hash;

mod sql {
    pub(super) const TAKE_HEAD: &str = "UPDATE log_head SET size = size + $2 WHERE business = $1 RETURNING size";
    pub(super) const ADD_RECORD: &str = "INSERT INTO log_record (business, seq, about, leaf) VALUES ($1, $2, $3, $4)";
    pub(super) const ADD_DETAIL: &str =
        "INSERT INTO log_detail (business, seq, id, subject, sealed) VALUES ($1, $2, $3, $4, $5)";
}

/// A record, ready but for its place.
pub(crate) struct Entry {
    pub(crate) id: [u8; 16],
    pub(crate) by: String,
    pub(crate) action: &'static str,
    pub(crate) out: Outcome,
    pub(crate) what: String,
    pub(crate) about: Option<[u8; 16]>,
    pub(crate) times: i64,
    pub(crate) rows: Vec<RowDigest>,
    /// The kinds of sealed data that were opened to do it.
    pub(crate) opened: Option<String>,
    pub(crate) subject: SubjectId,
    pub(crate) sealed: Option<Vec<u8>>,
}

/// Where a batch's records stand: enough to find out later whether they were committed.
#[derive(Debug, Clone)]
pub(crate) struct Appended {
    pub(crate) first: i64,
    pub(crate) leaf: Vec<u8>,
}

/// Takes the head, numbers the entries and writes them; [`None`] if there are none.
pub(crate) fn append(
    link: &mut dyn Connection,
    book: &BookKeys,
    at: Timestamp,
    entries: Vec<Entry>,
) -> Result<Option<Appended>, Fault> {
    if entries.is_empty() {
        return Ok(None);
    }
    let business = book.business.bytes();
    let count = i64::try_from(entries.len()).map_err(|_| Fault::Misuse("a batch is small"))?;
    let size: i64 = link
        .query(sql::TAKE_HEAD, &values![business, count])?
        .first()
        .ok_or(Fault::Corrupt { table: "log_head", column: "size", row: hex(&business) })?
        .get(0)?;
    let first = size - count;
    let mut appended = None;
    for (entry, seq) in entries.iter().zip(first..) {
        let bytes = leaf_of(entry, seq, at).to_bytes(&book.keys);
        appended.get_or_insert_with(|| Appended { first, leaf: bytes.clone() });
        link.later(sql::ADD_RECORD, values![business, seq, entry.about, bytes])?;
    }
    // One table after the other: rows of one table go to PostgreSQL together.
    for (entry, seq) in entries.into_iter().zip(first..) {
        if let Some(sealed) = entry.sealed {
            link.later(sql::ADD_DETAIL, values![business, seq, entry.id, entry.subject.bytes(), sealed])?;
        }
    }
    Ok(appended)
}

fn leaf_of(entry: &Entry, seq: i64, at: Timestamp) -> Leaf {
    Leaf {
        v: 1,
        n: seq,
        id: hex(&entry.id),
        at,
        by: entry.by.clone(),
        action: entry.action.to_owned(),
        out: entry.out,
        what: entry.what.clone(),
        about: entry.about.as_ref().map(|about| hex(about)),
        times: entry.times,
        rows: entry.rows.iter().map(leaf::row).collect(),
        opened: entry.opened.clone(),
        detail: entry.sealed.as_ref().map(|sealed| leaf_hash(sealed).to_string()),
        mark: None,
    }
}
