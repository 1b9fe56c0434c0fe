//! Every statement on the throttle's table.

use coffer_kernel::{Timestamp, TypedId};
use coffer_store::{Fault, Reading, Tx, values};

const TAKE: &str = "INSERT INTO throttle (business, bucket, failures, last_at, blocked_until) VALUES ($1, $2, 0, $3, $3) \
     ON CONFLICT (business, bucket) DO UPDATE SET failures = throttle.failures RETURNING failures, last_at, blocked_until";
const BLOCKED: &str = "SELECT blocked_until FROM throttle WHERE business = $1 AND bucket = $2";
const KEEP: &str =
    "UPDATE throttle SET failures = $3, last_at = $4, blocked_until = $5 WHERE business = $1 AND bucket = $2";
const FORGET: &str = "DELETE FROM throttle WHERE business = $1 AND bucket = $2";

/// The bucket's tries, its row locked until the transaction ends.
pub(super) fn take(tx: &mut Tx<'_>, bucket: [u8; 16], now: Timestamp) -> Result<(i64, Timestamp, Timestamp), Fault> {
    let row = tx.one(TAKE, &values![tx.business().bytes(), bucket.to_vec(), now])?;
    let row = row.ok_or(Fault::Misuse("a row that was just written is there"))?;
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// Until when the bucket waits, where it was ever used.
pub(super) fn blocked_until(reading: &mut impl Reading, bucket: [u8; 16]) -> Result<Option<Timestamp>, Fault> {
    let row = reading.one(BLOCKED, &values![reading.business().bytes(), bucket.to_vec()])?;
    row.map(|row| row.get(0)).transpose()
}

pub(super) fn keep(
    tx: &mut Tx<'_>,
    bucket: [u8; 16],
    failures: i64,
    last_at: Timestamp,
    blocked_until: Timestamp,
) -> Result<(), Fault> {
    let row = values![tx.business().bytes(), bucket.to_vec(), failures, last_at, blocked_until];
    tx.execute(KEEP, &row).map(drop)
}

pub(super) fn forget(tx: &mut Tx<'_>, bucket: [u8; 16]) -> Result<(), Fault> {
    tx.execute(FORGET, &values![tx.business().bytes(), bucket.to_vec()]).map(drop)
}
