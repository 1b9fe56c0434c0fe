//! How well the books are kept: which sheet is in force, and when a backup was made last.

use super::sheet;
use crate::books::Order;
use crate::check::last_done;
use crate::rotate::ROOT_ROTATED;
use crate::{Books, Fault, Reading, Refused, Row, values};
use coffer_kernel::{Action, Actor, BusinessId, Timestamp, TypedId};

mod sql {
    pub(super) const LAST: &str =
        "SELECT made_at, bytes, made_by FROM backup_made WHERE business = $1 ORDER BY made_at DESC, id DESC LIMIT 1";
}

/// Whether the books would come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The sheet in force.
    pub sheet: Option<sheet::Sheet>,
    /// Whether one was shown, while none is in force: nobody typed it back.
    pub untried: bool,
    /// The last backup that arrived.
    pub last_backup: Option<LastBackup>,
}

/// The last backup that arrived where it was to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastBackup {
    /// When it was made.
    pub made_at: Timestamp,
    /// How large it was, in bytes.
    pub bytes: u64,
    /// By whom, as the log names them: a kind and an id, such as `staff:usr_…`. Nothing where it was not kept yet.
    pub made_by: Option<String>,
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
            Ok(Kept { sheet, untried, last_backup: last.as_ref().map(last_backup).transpose()? })
        })
        .await
    }
}

impl Books {
    /// The root key, wrapped for the sheet in force: it opens with the paper alone. For the copy beside the data.
    ///
    /// # Errors
    /// Where the engine refuses, and where the sheet's row was altered: then the copy there is may be the last good one.
    pub async fn wrapped_root(&self) -> Result<Option<Vec<u8>>, Refused> {
        let root = self.inner().keyring.root().id();
        self.apart(BusinessId::INSTALLATION, move |link, book| {
            Ok(sheet::of_installation(link, &book.keys, root)?.and_then(|sheet| sheet.wrapped))
        })
        .await
    }
}

impl Books {
    /// Whether the sheet that was in force last is over: the installation's log says that the root key was changed after it. That
    /// no row of a sheet stands says nothing; whoever writes the database may have removed it. Reads the whole log.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub async fn last_sheet_is_over(&self) -> Result<bool, Refused> {
        let kept = self.inner().heads.of(BusinessId::INSTALLATION)?;
        self.apart(BusinessId::INSTALLATION, move |link, book| {
            let last = last_done(link, book, &kept, &[sheet::IN_FORCE, ROOT_ROTATED])?;
            Ok(last == Some(ROOT_ROTATED))
        })
        .await
    }
}

fn last_backup(row: &Row) -> Result<LastBackup, Fault> {
    let bytes = u64::try_from(row.get::<i64>(1)?).unwrap_or_default();
    Ok(LastBackup { made_at: row.get(0)?, bytes, made_by: row.get(2)? })
}
