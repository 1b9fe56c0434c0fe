//! Exporting a log: every leaf and every signed head, in the format of [`coffer_proof::export`].

use crate::engine::Connection;
use crate::keyring::BookKeys;
use crate::{Fault, values};
use coffer_kernel::TypedId;
use coffer_proof::checkpoint::KeyName;
use coffer_proof::export::Writer;
use std::io::Write;

mod sql {
    pub(super) const HEADS: &str =
        "SELECT size, note FROM log_checkpoint WHERE business = $1 AND size > $2 ORDER BY size LIMIT 64";
    pub(super) const LEAVES: &str =
        "SELECT leaf FROM log_record WHERE business = $1 AND seq >= $2 AND seq < $3 ORDER BY seq";
}

/// Writes the log up to its last signed head.
pub(crate) fn export(link: &mut dyn Connection, book: &BookKeys, out: &mut dyn Write) -> Result<(), Fault> {
    let business = book.business.bytes();
    let origin: KeyName = book.signer.name().as_str().parse().map_err(|_| Fault::Misuse("a signer has a name"))?;
    let mut writer = Writer::new(out, &origin).map_err(failed)?;
    let mut done = 0_i64;
    loop {
        let heads = link.query(sql::HEADS, &values![business, done])?;
        if heads.is_empty() {
            break;
        }
        for head in heads {
            let size: i64 = head.get(0)?;
            for row in link.query(sql::LEAVES, &values![business, done, size])? {
                writer.leaf(&row.get::<Vec<u8>>(0)?).map_err(failed)?;
            }
            writer.checkpoint(head.get::<String>(1)?.as_bytes()).map_err(failed)?;
            done = size;
        }
    }
    writer.finish().map(drop).map_err(failed)
}

fn failed(error: coffer_proof::export::NotWritten) -> Fault {
    Fault::Engine(error.to_string())
}
