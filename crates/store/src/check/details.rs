//! Every sealed detail against the record that commits to it. None is ever taken away: what is to be forgotten loses its key,
//! and its sealed detail stays.

use super::Checked;
use crate::engine::Connection;
use crate::finding::Finding;
use crate::keyring::BookKeys;
use crate::log::leaf::Leaf;
use crate::{Fault, Row, values};
use coffer_kernel::TypedId;
use coffer_proof::hash::leaf_hash;
use std::collections::BTreeMap;

mod sql {
    pub(super) const LEAVES: &str =
        "SELECT seq, leaf FROM log_record WHERE business = $1 AND seq >= $2 ORDER BY seq LIMIT 4096";
    pub(super) const DETAILS: &str =
        "SELECT seq, sealed FROM log_detail WHERE business = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq";
    /// Those that are behind the last record.
    pub(super) const BEHIND: &str =
        "SELECT seq FROM log_detail WHERE business = $1 AND seq >= $2 ORDER BY seq LIMIT 4096";
}

/// Details that are not what was recorded, and those that are gone.
pub(super) fn details(link: &mut dyn Connection, book: &BookKeys, checked: &mut Checked) -> Result<(), Fault> {
    let business = book.business.bytes();
    let mut next = 0_i64;
    loop {
        let page = link.query(sql::LEAVES, &values![business, next])?;
        let Some(last) = page.last() else { break };
        let until: i64 = last.get(0)?;
        let mut stand = BTreeMap::new();
        for row in link.query(sql::DETAILS, &values![business, next, until])? {
            stand.insert(row.get::<i64>(0)?, leaf_hash(&row.get::<Vec<u8>>(1)?).to_string());
        }
        for row in &page {
            let seq: i64 = row.get(0)?;
            match (recorded(row)?, stand.remove(&seq)) {
                (Some(recorded), None) if recorded.is_some() => {
                    checked.found(book, Finding::DetailMissing { seq }, &[])
                }
                (Some(recorded), stands) if recorded == stands => {}
                // Nobody knows what a record that cannot be read was written with.
                (None, None) => {}
                (_, stands) => differs(book, checked, seq, &stands.unwrap_or_default()),
            }
        }
        stand.into_iter().for_each(|(seq, stands)| differs(book, checked, seq, &stands));
        let Some(after) = until.checked_add(1) else { return Ok(()) };
        next = after;
    }
    for row in link.query(sql::BEHIND, &values![business, next])? {
        checked.findings.push(Finding::DetailDiffers { seq: row.get(0)? });
    }
    Ok(())
}

fn differs(book: &BookKeys, checked: &mut Checked, seq: i64, stands: &str) {
    checked.found(book, Finding::DetailDiffers { seq }, &[stands.as_bytes()]);
}

/// The hash of the detail that a record says it was written with; [`None`] where it cannot be read.
fn recorded(row: &Row) -> Result<Option<Option<String>>, Fault> {
    Ok(Leaf::from_bytes(&row.get::<Vec<u8>>(1)?).map(|leaf| leaf.detail))
}
