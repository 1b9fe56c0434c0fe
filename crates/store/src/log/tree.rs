//! The tree over the records, brought forward from what is stored, and its signed heads.

use super::kept::{Kept, continues};
use super::mark::is_marked;
use crate::engine::Connection;
use crate::fault::hex;
use crate::keyring::BookKeys;
use crate::{Fault, values};
use coffer_kernel::{BusinessId, Timestamp, TypedId};
use coffer_proof::checkpoint::{Checkpoint, KeyId, KeyName, SignedNote, VerifierKey};
use coffer_proof::hash::{Hash, leaf_hash};
use coffer_proof::tree::{Growth, Tile, TileEdge, TileId, TileReader, TreeHead};
use std::cell::RefCell;

mod sql {
    /// Locks the head, so that two nodes never grow the same tree side by side.
    pub(super) const TAKE_HEAD: &str = "UPDATE log_head SET size = size WHERE business = $1 RETURNING size";
    pub(super) const LAST: &str = "SELECT note FROM log_checkpoint WHERE business = $1 ORDER BY size DESC LIMIT 1";
    pub(super) const LEAVES: &str =
        "SELECT leaf FROM log_record WHERE business = $1 AND seq >= $2 AND seq < $3 ORDER BY seq";
    pub(super) const TILE: &str = "SELECT hashes FROM log_tile WHERE business = $1 AND level = $2 AND place = $3";
    pub(super) const PUT_TILE: &str = "INSERT INTO log_tile (business, level, place, width, hashes) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (business, level, place) DO UPDATE SET width = excluded.width, hashes = excluded.hashes";
    pub(super) const PUT_CHECKPOINT: &str =
        "INSERT INTO log_checkpoint (business, size, at, note) VALUES ($1, $2, $3, $4)";
}

/// How many leaves one step takes in: bulk is many steps.
const STEP: i64 = 4_096;

/// Takes the head of these books: waits for whoever has it.
pub(crate) fn take_head(link: &mut dyn Connection, business: BusinessId) -> Result<(), Fault> {
    link.query(sql::TAKE_HEAD, &values![business.bytes()]).map(drop)
}

/// What becomes of leaves without a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unmarked {
    /// They are not signed.
    Refused,
    /// They are of before there were marks.
    OfBefore,
}

/// A head that was signed, and the note that says so.
#[derive(Debug)]
pub(crate) struct Signed {
    pub(crate) note: String,
    pub(crate) head: TreeHead,
}

/// How far a step brought the tree.
pub(crate) struct Grown {
    /// How many leaves it covers.
    pub(crate) reached: i64,
    /// How many the log has.
    pub(crate) size: i64,
    /// Its head; [`None`] where there is nothing to sign yet.
    pub(crate) head: Option<Signed>,
}

/// Brings the tree forward by at most one step and signs its head, where the log continues what was kept of it.
pub(crate) fn advance(
    link: &mut dyn Connection,
    book: &BookKeys,
    at: Timestamp,
    unmarked: Unmarked,
    kept: &Kept,
) -> Result<Grown, Fault> {
    let business = book.business.bytes();
    let size: i64 = link.query(sql::TAKE_HEAD, &values![business])?.first().map_or(Ok(0), |row| row.get(0))?;
    let last = last(link, book)?;
    continues(link, book, kept, (last.as_ref(), size))?;
    let edge = edge(link, book, &last.as_ref().map_or_else(nothing, |last| last.head))?;
    let from = number(edge.size())?;
    let until = size.min(from + STEP);
    if until == from {
        return Ok(Grown { reached: from, size, head: last });
    }
    let rows = link.query(sql::LEAVES, &values![business, from, until])?;
    let leaves: Vec<Vec<u8>> = rows.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
    if i64::try_from(leaves.len()) != Ok(until - from) {
        return Err(corrupt(book, "leaf"));
    }
    if unmarked == Unmarked::Refused {
        written_here(book, from, &leaves)?;
    }
    let Growth { edge, tiles } = edge.grow(leaves.iter().map(|leaf| leaf_hash(leaf)));
    for tile in tiles {
        let (level, place) = (i64::from(tile.id.level()), number(tile.id.index())?);
        link.later(sql::PUT_TILE, values![business, level, place, i64::from(tile.id.width()), tile.to_bytes()])?;
    }
    let head = edge.head();
    let note = sign(book, &head)?;
    link.later(sql::PUT_CHECKPOINT, values![business, until, at, note.as_str()])?;
    Ok(Grown { reached: until, size, head: Some(Signed { note, head }) })
}

/// Refuses to sign what was not written here: a leaf without its mark.
fn written_here(book: &BookKeys, from: i64, leaves: &[Vec<u8>]) -> Result<(), Fault> {
    let forged = leaves.iter().zip(from..).find(|(leaf, _)| !is_marked(leaf, &book.keys));
    forged.map_or(Ok(()), |(_, seq)| Err(Fault::Corrupt { table: "log_record", column: "leaf", row: seq.to_string() }))
}

/// The head over everything the tree has taken in, as it was signed.
pub(crate) fn head(link: &mut dyn Connection, book: &BookKeys) -> Result<TreeHead, Fault> {
    Ok(last(link, book)?.map_or_else(nothing, |last| last.head))
}

/// The same with its note; [`None`] before anything was signed.
pub(crate) fn last(link: &mut dyn Connection, book: &BookKeys) -> Result<Option<Signed>, Fault> {
    let rows = link.query(sql::LAST, &values![book.business.bytes()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let key: VerifierKey = book.signer.verifier_key().parse().map_err(|_| corrupt(book, "signer"))?;
    let note: String = row.get(0)?;
    let checkpoint = Checkpoint::open(note.as_bytes(), &key).map_err(|_| corrupt(book, "note"))?;
    Ok(Some(Signed { head: *checkpoint.head(), note }))
}

/// The head over nothing.
pub(crate) fn nothing() -> TreeHead {
    TileEdge::new().head()
}

/// The right edge of the tree under this head, from its tiles.
pub(crate) fn edge(link: &mut dyn Connection, book: &BookKeys, head: &TreeHead) -> Result<TileEdge, Fault> {
    let tiles = Tiles { link: RefCell::new(link), book };
    TileEdge::load(&tiles, head).map_err(|_| corrupt(book, "hashes"))
}

fn sign(book: &BookKeys, head: &TreeHead) -> Result<String, Fault> {
    let broken = |_| Fault::Misuse("a checkpoint of our own is well formed");
    let name = book.signer.name().as_str();
    let body = Checkpoint::new(name, *head).map_err(broken)?.note_body();
    let name: KeyName = name.parse().map_err(|_| Fault::Misuse("a signer has a name"))?;
    let signature = book.signer.sign(body.as_bytes());
    let note = SignedNote::assemble(&body, name, KeyId::from_bytes(book.signer.key_id()), &signature);
    note.map(|note| note.to_string()).map_err(|_| Fault::Misuse("a note of our own is well formed"))
}

/// Tiles, read through a connection.
pub(crate) struct Tiles<'a> {
    pub(crate) link: RefCell<&'a mut dyn Connection>,
    pub(crate) book: &'a BookKeys,
}

impl TileReader for Tiles<'_> {
    type Error = Fault;

    fn read_tile(&self, tile: TileId) -> Result<Vec<Hash>, Fault> {
        let place = number(tile.index())?;
        let row = values![self.book.business.bytes(), i64::from(tile.level()), place];
        let rows = self.link.borrow_mut().query(sql::TILE, &row)?;
        let bytes: Vec<u8> = rows.first().ok_or_else(|| corrupt(self.book, "hashes"))?.get(0)?;
        Tile::hashes_from_bytes(&bytes).map_err(|_| corrupt(self.book, "hashes"))
    }
}

/// A size or a place, as rows keep it.
pub(crate) fn number(value: u64) -> Result<i64, Fault> {
    i64::try_from(value).map_err(|_| Fault::Misuse("no log is that long"))
}

pub(crate) fn corrupt(book: &BookKeys, column: &'static str) -> Fault {
    Fault::Corrupt { table: "log", column, row: hex(&book.business.bytes()) }
}
