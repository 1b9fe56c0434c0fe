//! Reading a tree back from its tiles.
//!
//! Every subtree hash that a proof needs lies in a tile or is folded from a part of
//! one, so a proof reads at most two tiles for each level: those over the leaf and those
//! at the right edge.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::ops::Range;

use super::tile::{TILE_HEIGHT, TILE_WIDTH, TileId};
use super::{Frontier, fold_right, perfect_root};
use crate::hash::Hash;

/// Where tiles are stored.
pub trait TileReader {
    /// Why a tile could not be read.
    type Error;

    /// The hashes of a tile. A wider state of the same tile may be returned, since it
    /// begins with the hashes asked for; a narrower one is refused by the caller.
    ///
    /// # Errors
    /// The tile could not be read.
    fn read_tile(&self, tile: TileId) -> Result<Vec<Hash>, Self::Error>;
}

/// A tile that a tree of this size has could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileError<E> {
    /// The reader failed.
    Unread {
        /// The tile asked for.
        tile: TileId,
        /// What the reader said.
        source: E,
    },
    /// The reader returned fewer hashes than the tile has.
    Short {
        /// The tile asked for.
        tile: TileId,
        /// How many hashes came.
        found: usize,
    },
}

impl<E: fmt::Display> fmt::Display for TileError<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread { tile, source } => write!(
                out,
                "The stored {tile} could not be read: {source}. Rebuild the tiles from the stored \
                 leaves.",
            ),
            Self::Short { tile, found } => write!(
                out,
                "The stored {tile} has {found} hashes instead of {}. It was cut or is older than \
                 the tree; rebuild the tiles from the stored leaves.",
                tile.width(),
            ),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for TileError<E> {}

/// Exactly the hashes of `tile`, or the reason why not.
pub(super) fn fetch<R: TileReader>(reader: &R, tile: TileId) -> Result<Vec<Hash>, TileError<R::Error>> {
    let mut hashes = reader.read_tile(tile).map_err(|source| TileError::Unread { tile, source })?;
    let width = usize::from(tile.width());
    if hashes.len() < width {
        return Err(TileError::Short { tile, found: hashes.len() });
    }
    hashes.truncate(width);
    Ok(hashes)
}

/// The subtrees of a tree of one size; each tile is read once.
pub(crate) struct Subtrees<'r, R> {
    reader: &'r R,
    size: u64,
    seen: BTreeMap<TileId, Vec<Hash>>,
}

impl<'r, R: TileReader> Subtrees<'r, R> {
    pub(crate) const fn new(reader: &'r R, size: u64) -> Self {
        Self { reader, size, seen: BTreeMap::new() }
    }

    /// The root over the leaves of `range`, which RFC 6962 §2.1 makes a subtree.
    pub(crate) fn root(&mut self, range: &Range<u64>) -> Result<Hash, TileError<R::Error>> {
        let mut complete = Vec::new();
        let mut start = range.start;
        while let Some(height) = range.end.saturating_sub(start).checked_ilog2() {
            complete.push(self.complete(height, start >> height)?);
            start += 1 << height;
        }
        Ok(fold_right(&complete))
    }

    /// The root of the complete subtree of this height, the `index`-th of its height.
    fn complete(&mut self, height: u32, index: u64) -> Result<Hash, TileError<R::Error>> {
        let level = u8::try_from(height / TILE_HEIGHT).unwrap_or(u8::MAX);
        let within = height % TILE_HEIGHT;
        let first = index << within;
        let tile = first / u64::from(TILE_WIDTH);
        let tile = TileId::in_tree(level, tile, self.size).unwrap_or(TileId::full(level, tile));
        let hashes = match self.seen.entry(tile) {
            Entry::Occupied(seen) => seen.into_mut(),
            Entry::Vacant(new) => new.insert(fetch(self.reader, tile)?),
        };
        let from = usize::try_from(first % u64::from(TILE_WIDTH)).unwrap_or(usize::MAX);
        let below = hashes.get(from..).and_then(|hashes| hashes.get(..1 << within));
        below.map(perfect_root).ok_or(TileError::Short { tile, found: hashes.len() })
    }
}

/// The tiles of a log that stands in memory as its leaf hashes: for small logs and tests.
/// Each tile is computed when it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct LeafHashes<'l>(pub &'l [Hash]);

/// The log in memory is too short for the tile asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchTile;

impl fmt::Display for NoSuchTile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the log has fewer leaves than this tile is over")
    }
}

impl std::error::Error for NoSuchTile {}

impl TileReader for LeafHashes<'_> {
    type Error = NoSuchTile;

    fn read_tile(&self, tile: TileId) -> Result<Vec<Hash>, NoSuchTile> {
        let leaves_each = 1_usize.checked_shl(TILE_HEIGHT * u32::from(tile.level()));
        let leaves_each = leaves_each.ok_or(NoSuchTile)?;
        let first = usize::try_from(tile.index()).ok();
        let first = first.and_then(|index| index.checked_mul(usize::from(TILE_WIDTH)));
        let first = first.and_then(|first| first.checked_mul(leaves_each)).ok_or(NoSuchTile)?;
        let leaves = self.0.get(first..).ok_or(NoSuchTile)?;
        let below = leaves.chunks_exact(leaves_each).take(usize::from(tile.width()));
        Ok(below.map(|leaves| leaves.iter().copied().collect::<Frontier>().root()).collect())
    }
}
