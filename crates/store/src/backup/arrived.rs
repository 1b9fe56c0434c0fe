//! A backup counts once it arrived: what broke off on its way brings nothing back, and home goes on asking for one.
//!
//! That it was made stands in the log before its first byte leaves, because whoever has half of it has half of it.

use crate::books::Order;
use crate::recorded::Event;
use crate::{Books, Reading, Refused, values};
use coffer_kernel::{Action, Actor, BackupId, Timestamp, TypedId};

mod sql {
    pub(super) const ADD: &str =
        "INSERT INTO backup_made (business, id, made_at, bytes, made_by) VALUES ($1, $2, $3, $4, $5)";
}

/// A backup that is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    pub(super) made_at: Timestamp,
    pub(super) bytes: u64,
    pub(super) by: String,
}

impl Order for Handed {
    const ACTION: Action = Action::BackUp;
}

struct BackupArrived(u64);

impl Event for BackupArrived {
    const NAME: &'static str = "backup.arrived";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        Some(format!("{{\"bytes\":{}}}", self.0))
    }
}

impl Books {
    /// Notes that the whole of a backup was handed over. For an actor in the installation's books: whoever made it may have
    /// left while it was on its way, so this may be the system.
    ///
    /// # Errors
    /// As the store's.
    pub async fn backup_arrived(&self, actor: &Actor, handed: Handed) -> Result<(), Refused> {
        self.transact(actor, handed, |tx, _, handed| {
            let id = BackupId::new(tx.now(), tx.entropy());
            let bytes = i64::try_from(handed.bytes).unwrap_or(i64::MAX);
            let row = values![tx.business().bytes(), id.bytes(), handed.made_at, bytes, handed.by.as_str()];
            tx.later(sql::ADD, row)?;
            tx.record::<_, _, Refused>(BackupArrived(handed.bytes), ())
        })
        .await
    }
}
