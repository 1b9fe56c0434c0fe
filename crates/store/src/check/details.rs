//! Every sealed detail against the record that commits to it.

use super::Checked;
use crate::engine::Connection;
use crate::finding::Finding;
use crate::keyring::BookKeys;
use crate::log::leaf::Leaf;
use crate::{Fault, values};
use coffer_kernel::TypedId;
use coffer_proof::hash::leaf_hash;
use std::collections::HashMap;

mod sql {
    pub(super) const LEAVES: &str =
        "SELECT seq, leaf FROM log_record WHERE business = $1 AND seq >= $2 ORDER BY seq LIMIT 4096";
    pub(super) const DETAILS: &str =
        "SELECT seq, sealed FROM log_detail WHERE business = $1 AND seq >= $2 ORDER BY seq LIMIT 4096";
}

/// Details that are not what was recorded.
pub(super) fn details(link: &mut dyn Connection, book: &BookKeys, checked: &mut Checked) -> Result<(), Fault> {
    let business = book.business.bytes();
    let mut next = 0_i64;
    loop {
        let page = link.query(sql::DETAILS, &values![business, next])?;
        let Some(last) = page.last() else { return Ok(()) };
        let leaves = link.query(sql::LEAVES, &values![business, next])?;
        let recorded: HashMap<i64, Option<String>> = leaves
            .iter()
            .filter_map(|row| Some((row.get(0).ok()?, Leaf::from_bytes(&row.get::<Vec<u8>>(1).ok()?)?.detail)))
            .collect();
        next = last.get::<i64>(0)? + 1;
        let furthest = recorded.keys().max().copied().unwrap_or_default();
        for row in page {
            let (seq, sealed): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            if seq > furthest {
                next = seq;
                break;
            }
            let hash = leaf_hash(&sealed).to_string();
            if recorded.get(&seq).and_then(Option::as_ref) != Some(&hash) {
                checked.findings.push(Finding::DetailDiffers { seq });
            }
        }
    }
}
