//! The last signed head of each log, kept outside of the database, and a log held against it.
//!
//! Whoever writes the database can take the newest records of a log away, with the heads over them: what is left looks like a
//! log that was signed. So a node keeps the last head it signed or saw somewhere else, and neither signs nor believes what does
//! not begin with the records under that head.

use super::begun::Begun;
use super::tree::{self, Signed, Tiles};
use crate::engine::Connection;
use crate::keyring::{BookKeys, held};
use crate::{Fault, values};
use coffer_kernel::{BusinessId, TypedId};
use coffer_proof::checkpoint::{Checkpoint, VerifierKey};
use coffer_proof::consistency::{ConsistencyNotMade, ConsistencyProof};
use coffer_proof::hash::leaf_hash;
use coffer_proof::tree::{TileError, TreeHead};
use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex};

mod sql {
    pub(super) const SIZE: &str = "SELECT size FROM log_head WHERE business = $1";
    pub(super) const LEAVES: &str =
        "SELECT leaf FROM log_record WHERE business = $1 AND seq >= $2 AND seq < $3 ORDER BY seq LIMIT 4096";
}

/// Where the last head of each log is kept: out of reach of whoever only writes the database.
pub trait Heads: Send + Sync {
    /// The head that is kept of this log; [`None`] where none is.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn last(&self, log: BusinessId) -> io::Result<Option<Vec<u8>>>;

    /// Keeps this head (a checkpoint of C2SP, signed) of this log in the place of the one before, whole or not at all.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn keep(&self, log: BusinessId, note: &str) -> io::Result<()>;
}

/// The place, where one writes at a time.
pub(crate) struct KeptHeads {
    place: Option<Arc<dyn Heads>>,
    writes: Mutex<()>,
    /// The logs that were begun with what the database says was signed last of them.
    pub(crate) begun: Begun,
}

impl KeptHeads {
    pub(crate) fn new(place: Option<Arc<dyn Heads>>) -> Self {
        Self { place, writes: Mutex::default(), begun: Begun::default() }
    }

    /// What is kept of a log. To be asked before the snapshot is taken that is held against it, which is the newer one then.
    pub(crate) fn of(&self, log: BusinessId) -> Result<Kept, Fault> {
        let kept = self.place.as_ref().map(|place| place.last(log)).transpose().map_err(|error| beside(&error))?;
        Ok(Kept(kept.flatten().map(Arc::from)))
    }

    /// Whether nothing is kept of a log where heads are kept.
    pub(crate) fn lack(&self, kept: &Kept) -> bool {
        self.place.is_some() && kept.0.is_none()
    }

    /// Keeps the head of so many records, which continues what was kept; nothing where what is kept is as late: it never goes
    /// back, whatever the database says.
    pub(crate) async fn keep(self: &Arc<Self>, log: BusinessId, kept: &Kept, head: Signed) -> Result<(), Fault> {
        if self.place.is_none() || kept.0.as_deref() == Some(head.note.as_bytes()) {
            return Ok(());
        }
        let heads = Arc::clone(self);
        // The disk is waited for.
        let written = tokio::task::spawn_blocking(move || heads.write(log, &head));
        written.await.map_err(|_| Fault::Panicked)?
    }

    fn write(&self, log: BusinessId, head: &Signed) -> Result<(), Fault> {
        let Some(place) = &self.place else { return Ok(()) };
        let _alone = held(&self.writes);
        // What stands there now, not what this process remembers: it may have been moved away meanwhile.
        let now = place.last(log).map_err(|error| beside(&error))?;
        let now = now.and_then(|note| Checkpoint::unverified(&note).ok());
        if now.is_some_and(|now| now.head().size >= head.head.size) {
            return Ok(());
        }
        place.keep(log, &head.note).map_err(|error| beside(&error))
    }
}

fn beside(error: &io::Error) -> Fault {
    Fault::Beside(error.to_string())
}

/// What was kept of one log, as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept(Option<Arc<[u8]>>);

impl Kept {
    /// Of books that were not opened yet.
    pub(crate) const NONE: Self = Self(None);

    /// As if this one had been kept.
    pub(super) fn as_if(head: &Signed) -> Self {
        Self(Some(head.note.as_bytes().into()))
    }

    /// Whether none is kept.
    pub(crate) const fn is_nothing(&self) -> bool {
        self.0.is_none()
    }

    /// The head, where one is kept. An error where what is kept is none, or nobody signed it with the key of this log.
    pub(crate) fn head(&self, book: &BookKeys) -> Result<Option<TreeHead>, Unverified> {
        let Some(note) = &self.0 else { return Ok(None) };
        let key: VerifierKey = book.signer.verifier_key().parse().map_err(|_| Unverified)?;
        let checkpoint = Checkpoint::open(note, &key).map_err(|_| Unverified)?;
        if checkpoint.origin() != key.name().as_str() {
            return Err(Unverified);
        }
        Ok(Some(*checkpoint.head()))
    }
}

/// What is kept is not a head of this log.
#[derive(Debug)]
pub(crate) struct Unverified;

/// Refuses a log that does not begin with the records under the head that is kept of it.
pub(crate) fn continues(
    link: &mut dyn Connection,
    book: &BookKeys,
    kept: &Kept,
    (last, size): (Option<&Signed>, i64),
) -> Result<(), Fault> {
    if kept.0.as_deref() == last.map(|last| last.note.as_bytes()) {
        return Ok(());
    }
    let refused = |kept| Fault::LogCut { log: book.business, kept, stands: size };
    let Some(kept) = kept.head(book).map_err(|Unverified| refused(None))? else { return Ok(()) };
    let last = last.map_or_else(tree::nothing, |last| last.head);
    let stands = if kept.size <= last.size {
        is_within(link, book, &kept, &last)?
    } else {
        // A log never says that it is shorter than what was signed of it, even while its records still stand.
        tree::number(kept.size)? <= size && is_reached(link, book, &kept, &last)?
    };
    if stands { Ok(()) } else { Err(refused(Some(kept.size))) }
}

/// Refuses a log whose records do not begin with those under the head that is kept of it, whatever the database says of heads and
/// nodes: for whoever builds on the records themselves.
pub(crate) fn begins(link: &mut dyn Connection, book: &BookKeys, kept: &Kept) -> Result<(), Fault> {
    let (head, known) = match kept.head(book) {
        Ok(None) => return Ok(()),
        Ok(Some(head)) => (Some(head.size), is_reached(link, book, &head, &tree::nothing())?),
        Err(Unverified) => (None, false),
    };
    if known {
        return Ok(());
    }
    let size = link.query(sql::SIZE, &values![book.business.bytes()])?;
    Err(Fault::LogCut { log: book.business, kept: head, stands: size.first().map_or(Ok(0), |row| row.get(0))? })
}

/// Refuses a log whose records are not those under the last head that the database has of it: what is gone on from where nothing
/// was kept yet, because nothing better is known. Reads all of them.
pub(crate) fn fits(link: &mut dyn Connection, book: &BookKeys, last: &Signed) -> Result<(), Fault> {
    if is_reached(link, book, &last.head, &tree::nothing())? { Ok(()) } else { Err(tree::corrupt(book, "leaf")) }
}

/// Whether the tree that was signed last continues the kept one (RFC 9162 §2.1.4).
fn is_within(link: &mut dyn Connection, book: &BookKeys, kept: &TreeHead, last: &TreeHead) -> Result<bool, Fault> {
    let tiles = Tiles { link: RefCell::new(link), book };
    match ConsistencyProof::make(&tiles, kept.size, last.size) {
        Ok(proof) => Ok(proof.verify(kept, last).is_ok()),
        Err(ConsistencyNotMade::Tile(TileError::Unread { source, .. })) => Err(source),
        Err(_) => Err(tree::corrupt(book, "hashes")),
    }
}

/// Whether the records behind the last head lead to the kept one: then a head was taken away, and no record.
fn is_reached(link: &mut dyn Connection, book: &BookKeys, kept: &TreeHead, last: &TreeHead) -> Result<bool, Fault> {
    let mut frontier = tree::edge(link, book, last)?.frontier();
    let until = tree::number(kept.size)?;
    loop {
        let from = tree::number(frontier.size())?;
        let leaves = link.query(sql::LEAVES, &values![book.business.bytes(), from, until])?;
        if leaves.is_empty() {
            return Ok(frontier.head() == *kept);
        }
        for leaf in leaves {
            frontier.append(leaf_hash(&leaf.get::<Vec<u8>>(0)?));
        }
    }
}
