//! Making a backup: the pages are copied into a scratch file without a name, and read from there.

use super::across::{Embedded, into_embedded};
use super::arrived::Handed;
use super::{FIRST_LINE, Header, Locks, measure};
use crate::books::Order;
use crate::engine::Engine;
use crate::migrate::Migration;
use crate::recorded::Event;
use crate::world::World;
use crate::{Acting, Books, Fault, fault::hex, refusals};
use coffer_kernel::{Action, BusinessId, Entropy, Timestamp};
use coffer_keys::{DatabaseKey, RootKey};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Cursor, Read, Seek};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, Clone, Copy)]
struct BackUp;

impl Order for BackUp {
    const ACTION: Action = Action::BackUp;
}

/// How many bytes left.
#[derive(Debug, Clone, Copy)]
struct BackupMade(u64);

impl Event for BackupMade {
    const NAME: &'static str = "backup.made";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        Some(format!("{{\"bytes\":{}}}", self.0))
    }
}

refusals! {
    /// Why there is no backup.
    pub enum BackUpRefused {
        /// Nobody could open it elsewhere.
        NoSheet => Conflict, "backup.no_sheet", "There is no recovery sheet yet, so nobody could open this backup elsewhere. Make the sheet first: on the page for backups, or with coffer recovery-sheet.";
        /// One person's books are not all there is here.
        Shared => Conflict, "backup.shared", "Several businesses keep their books here, and a backup holds all of them. Whoever runs this machine makes it: coffer backup FILE";
        /// The disk.
        Disk => Unavailable, "backup.disk", "The backup could not be made: it needs as much room beside the data as the books themselves, for a moment, and there is too little. Nothing was kept of it. Make room, then try again.";
    }
}

/// A backup, to be read from its first byte to its last. What is on disk of it has no name, so that nothing is left of
/// it when it is dropped, or when the program is killed.
#[derive(Debug)]
pub struct Made {
    head: Cursor<Vec<u8>>,
    pages: File,
    bytes: u64,
    made_at: Timestamp,
    by: String,
}

impl Made {
    /// How many bytes there are in all.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.bytes
    }

    /// What is to be noted once it arrived.
    #[must_use]
    pub fn handed(&self) -> Handed {
        Handed { made_at: self.made_at, bytes: self.bytes, by: self.by.clone() }
    }
}

impl Read for Made {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.head.read(into)? {
            0 => self.pages.read(into),
            read => Ok(read),
        }
    }
}

impl Books {
    /// Makes a backup of all there is here. It is recorded before anybody gets it: in the installation's log, and in the log
    /// of each business that it carries off. It counts as a backup only once it arrived ([`Books::backup_arrived`]).
    ///
    /// # Errors
    /// [`BackUpRefused`]; nothing is left of it then.
    pub async fn back_up(&self, acting: Acting<'_>) -> Result<Made, BackUpRefused> {
        let actor = &acting(BusinessId::INSTALLATION);
        // Asked first, so that whoever may not learns that before anything else; and recorded.
        let kept = self.kept(actor).await?;
        if self.is_shared(actor).await? {
            return Err(BackUpRefused::Shared);
        }
        let sheet = kept.sheet.and_then(|sheet| sheet.wrapped).ok_or(BackUpRefused::NoSheet)?;
        let (engine, world) = (Arc::clone(&self.inner().engine), self.world().clone());
        let (root, scratch) = (Arc::clone(self.inner().keyring.root()), self.inner().scratch.clone());
        let (steps, by) = (self.inner().migrations, actor.label());
        let copied = tokio::task::spawn_blocking(move || {
            let mut name = [0; 16];
            world.entropy.fill(&mut name);
            let file = scratch.join(hex(&name));
            make_empty(&scratch, &file).map_err(no_room)?;
            let (key, copied) = match engine.key() {
                Some(key) => (key, engine.copy(&file)),
                None => rows(engine.as_ref(), &root, &world, &file, steps),
            };
            let pages = copied.map_err(refusal).and_then(|()| synced(&file).map_err(no_room));
            forget(&file).map_err(no_room)?;
            let (pages, locks) = (pages?, locks(&sheet, &key, &root, world.entropy.as_ref()));
            assemble(pages, (world.clock.now(), by), locks).map_err(no_room)
        });
        let made = copied.await.unwrap_or(Err(Fault::Panicked.into()))?;
        let bytes = made.bytes;
        self.transact(actor, BackUp, move |tx, _, _| tx.record::<_, _, BackUpRefused>(BackupMade(bytes), ())).await?;
        self.tell_everybody(acting, BackUp, BackupMade(bytes)).await?;
        Ok(made)
    }
}

fn no_room(_: io::Error) -> BackUpRefused {
    BackUpRefused::Disk
}

/// A full disk breaks the engine's transaction; anything else is for the operator.
fn refusal(fault: Fault) -> BackUpRefused {
    if matches!(fault, Fault::Broken(_)) { BackUpRefused::Disk } else { fault.into() }
}

/// The root key as the sheet opens it, and the pages' key as the root key does.
fn locks(sheet: &[u8], key: &DatabaseKey, root: &RootKey, entropy: &dyn Entropy) -> Locks {
    Locks { root: hex(sheet), database: hex(key.wrap(root, entropy).as_bytes()) }
}

/// Removes what backups that were ended by force left in their scratch folder, and tells how many there were. Only for
/// whoever has the books alone.
///
/// # Errors
/// Where the folder cannot be read or emptied.
pub fn tidy_up(scratch: &Path) -> io::Result<usize> {
    match fs::read_dir(scratch) {
        Ok(left) => {
            let left = left.count();
            fs::remove_dir_all(scratch).map(|()| left)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

/// An empty file for its owner alone: the engine writes into it as it is, and would make one that is open to others.
fn make_empty(scratch: &Path, file: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(scratch)?;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map(drop)
}

/// Copies the rows of an engine whose files are not ours, into an embedded database with a key of its own.
fn rows(
    engine: &dyn Engine,
    root: &RootKey,
    world: &World,
    file: &Path,
    steps: &[Migration],
) -> (DatabaseKey, Result<(), Fault>) {
    let (key, _) = DatabaseKey::create(root, world.entropy.as_ref());
    let to = Embedded { file: file.to_owned(), key: key.expose_hex() };
    let copied = into_embedded(engine, to, steps, world.clock.as_ref());
    (key, copied)
}

fn synced(file: &Path) -> io::Result<File> {
    let file = File::open(file)?;
    file.sync_all()?;
    Ok(file)
}

/// Takes the name away from what was written, and what the engine left beside it.
fn forget(file: &Path) -> io::Result<()> {
    for ending in ["-wal", "-shm", "-journal"] {
        let mut beside = file.as_os_str().to_owned();
        beside.push(ending);
        match fs::remove_file(beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    fs::remove_file(file)
}

fn assemble(mut pages: File, (made_at, by): (Timestamp, String), locks: Locks) -> io::Result<Made> {
    let (bytes, sha256) = measure(&mut pages)?;
    pages.rewind()?;
    let header = serde_json::to_string(&Header { made_at: made_at.to_string(), bytes, sha256, locks })?;
    let head = format!("{FIRST_LINE}\n{header}\n").into_bytes();
    Ok(Made { bytes: bytes + head.len() as u64, head: Cursor::new(head), pages, made_at, by })
}
