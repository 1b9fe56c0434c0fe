//! How well the books are kept: which sheet is in force, and when a backup was made last.

use super::sheet;
use crate::books::Order;
use crate::{Books, Reading, Refused, values};
use coffer_kernel::{Action, Actor, BackupId, BusinessId, Timestamp, TypedId};

mod sql {
    pub(super) const ADD: &str = "INSERT INTO backup_made (business, id, made_at, bytes) VALUES ($1, $2, $3, $4)";
    pub(super) const LAST: &str = "SELECT MAX(made_at) FROM backup_made WHERE business = $1";
}

/// Whether the books would come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The sheet in force.
    pub sheet: Option<sheet::Sheet>,
    /// Whether one was shown, while none is in force: nobody typed it back.
    pub untried: bool,
    /// When the last backup was made.
    pub last_backup: Option<Timestamp>,
}

struct LookAfter;

impl Order for LookAfter {
    const ACTION: Action = Action::BackUp;
}

impl Books {
    /// How well the books of this installation are kept. For an actor in the installation's books.
    ///
    /// # Errors
    /// As the store's.
    pub async fn kept(&self, actor: &Actor) -> Result<Kept, Refused> {
        let root = self.inner().keyring.root().id();
        self.read(actor, LookAfter, move |snapshot, _, _| {
            let any = sheet::any(snapshot, root)?;
            let untried = any.as_ref().is_some_and(|sheet| sheet.in_force_at.is_none());
            let sheet = any.filter(|_| !untried);
            let last = snapshot.one(sql::LAST, &values![BusinessId::INSTALLATION.bytes()])?;
            Ok(Kept { sheet, untried, last_backup: last.map_or(Ok(None), |row| row.get(0))? })
        })
        .await
    }
}

impl Books {
    /// The root key, wrapped for the sheet in force: it opens with the paper alone. For the copy beside the data.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub async fn wrapped_root(&self) -> Result<Option<Vec<u8>>, Refused> {
        let root = self.inner().keyring.root().id();
        self.apart(BusinessId::INSTALLATION, move |link, _| {
            Ok(sheet::of_installation(link, root)?.and_then(|sheet| sheet.wrapped))
        })
        .await
    }
}

/// Notes that a backup was made.
pub(super) fn note(tx: &mut crate::Tx<'_>, bytes: u64) -> Result<(), crate::Fault> {
    let id = BackupId::new(tx.now(), tx.entropy());
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let row = values![tx.business().bytes(), id.bytes(), tx.now(), bytes];
    tx.later(sql::ADD, row)
}
