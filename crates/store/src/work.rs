//! Work: what must leave the process, and jobs. A row first, written with the change that asks for it.
//!
//! A worker *claims* due rows: each claim gives the row a new fencing token and a lease. What comes of the work returns
//! as a command that carries the token ([`crate::Tx::settle`]); a worker that was away too long finds it stale and
//! changes nothing. Claiming is the store's own bookkeeping and makes no record: nothing that anybody did or saw.

use crate::engine::Connection;
use crate::keyring::BookKeys;
use crate::{Fault, values};
use coffer_kernel::{Timestamp, TypedId, WorkId};

pub(crate) mod sql {
    pub(crate) const ADD: &str = "INSERT INTO work (business, id, kind, about, state, due_at, fence, lease_until, attempts, problem) \
         VALUES ($1, $2, $3, $4, 'waiting', $5, 0, NULL, 0, NULL)";
    pub(crate) const DUE: &str = "SELECT id FROM work WHERE business = $1 AND state = 'waiting' AND due_at <= $2 AND kind = $3 \
         ORDER BY due_at, id LIMIT $4";
    pub(crate) const EXPIRED: &str = "UPDATE work SET state = 'waiting' \
         WHERE business = $1 AND state = 'claimed' AND lease_until < $2";
    pub(crate) const TAKE_OVER: &str = "UPDATE work SET state = 'waiting', fence = fence + 1, lease_until = NULL \
         WHERE business = $1 AND state = 'claimed'";
    pub(crate) const FORGET: &str = "DELETE FROM work WHERE business = $1 AND state = 'done' AND due_at < $2";
    pub(crate) const CLAIM: &str = "UPDATE work SET state = 'claimed', fence = fence + 1, attempts = attempts + 1, lease_until = $3 \
         WHERE business = $1 AND id = $2 AND state = 'waiting' RETURNING kind, about, fence, attempts";
    pub(crate) const HOLD: &str = "UPDATE work SET fence = fence \
         WHERE business = $1 AND id = $2 AND fence = $3 AND state = 'claimed'";
    pub(crate) const SETTLE: &str = "UPDATE work SET state = 'done', lease_until = NULL, problem = NULL \
         WHERE business = $1 AND id = $2 AND fence = $3 AND state = 'claimed'";
    pub(crate) const PUT_OFF: &str = "UPDATE work SET state = $4, due_at = $5, lease_until = NULL, problem = $6 \
         WHERE business = $1 AND id = $2 AND fence = $3 AND state = 'claimed'";
}

/// A row of work that this worker holds, for as long as its lease lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The row.
    pub id: WorkId,
    /// What is to be done.
    pub kind: String,
    /// What it is about.
    pub about: Option<[u8; 16]>,
    /// The fencing token: older ones are refused.
    pub fence: i64,
    /// How often it was tried, this time included.
    pub attempts: i64,
}

/// Claims what is due of this kind; leases that ran out are due again.
pub(crate) fn claim(
    link: &mut dyn Connection,
    book: &BookKeys,
    kind: &str,
    (at, lease): (Timestamp, Timestamp),
    most: i64,
) -> Result<Vec<Claimed>, Fault> {
    let business = book.business.bytes();
    link.execute(sql::EXPIRED, &values![business, at])?;
    let mut claimed = Vec::new();
    for row in link.query(sql::DUE, &values![business, at, kind, most])? {
        let id: [u8; 16] = row.get(0)?;
        // Somebody on another node may have been faster: then there is no row.
        if let Some(row) = link.query(sql::CLAIM, &values![business, id, lease])?.first() {
            claimed.push(Claimed {
                id: WorkId::from_bytes(id),
                kind: row.get(0)?,
                about: row.get(1)?,
                fence: row.get(2)?,
                attempts: row.get(3)?,
            });
        }
    }
    Ok(claimed)
}
