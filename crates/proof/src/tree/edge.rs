//! The right edge of a tree as its partial tiles, and the tiles that new leaves make.
//!
//! Growing takes the edge by value and returns a new one beside the tiles to store. The
//! caller stores both in one transaction, or neither; an edge that a rollback left ahead
//! of the stored leaves does not exist.

use std::{array, fmt, mem};

use super::read::fetch;
use super::tile::{TILE_LEVELS, TILE_WIDTH, hashes_at};
use super::{Frontier, Tile, TileError, TileId, TileReader, TreeHead, perfect_root};
use crate::hash::Hash;

/// The partial tiles of a tree, at most one for each level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileEdge {
    size: u64,
    /// The partial tile of each level, the leaf hashes first: 0 to 255 hashes each.
    partial: [Vec<Hash>; TILE_LEVELS],
}

/// What new leaves made of an edge.
#[derive(Clone, Debug)]
pub struct Growth {
    /// The edge with the new leaves.
    pub edge: TileEdge,
    /// The tiles to store: those that became full, then for each level the partial one
    /// that changed. Each replaces a narrower tile of the same level and index.
    pub tiles: Vec<Tile>,
}

impl TileEdge {
    /// The edge of the empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self { size: 0, partial: array::from_fn(|_| Vec::new()) }
    }

    /// The edge of the tree `head`, read from its stored tiles.
    ///
    /// # Errors
    /// A tile could not be read, or the tiles do not give the root of `head`: then they
    /// or the head were altered, and nothing may be built on them.
    pub fn load<R: TileReader>(reader: &R, head: &TreeHead) -> Result<Self, UnusableTiles<R::Error>> {
        let mut edge = Self { size: head.size, ..Self::new() };
        for (level, partial) in (0..).zip(&mut edge.partial) {
            let last = hashes_at(level + 1, head.size);
            if let Some(tile) = TileId::in_tree(level, last, head.size) {
                *partial = fetch(reader, tile).map_err(UnusableTiles::Tile)?;
            }
        }
        let found = edge.head();
        if found == *head { Ok(edge) } else { Err(UnusableTiles::RootDiffers { head: *head, found }) }
    }

    /// How many leaves the tree has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Size and root of the tree.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        self.frontier().head()
    }

    /// The same edge as complete subtrees.
    #[must_use]
    pub fn frontier(&self) -> Frontier {
        let levels = self.partial.iter().rev();
        let subtrees = levels.flat_map(|hashes| {
            let within: Frontier = hashes.iter().copied().collect();
            within.into_subtrees()
        });
        Frontier::of_subtrees(self.size, subtrees.collect())
    }

    /// Adds leaves, given by their hashes in log order, and says which tiles to store.
    #[must_use]
    pub fn grow(mut self, leaves: impl IntoIterator<Item = Hash>) -> Growth {
        let before = self.size;
        let mut tiles = Vec::new();
        for leaf in leaves {
            self.append(leaf, &mut tiles);
        }
        for (level, partial) in (0..).zip(&self.partial) {
            let changed = hashes_at(level, self.size) > hashes_at(level, before);
            let last = hashes_at(level + 1, self.size);
            if let Some(id) = TileId::in_tree(level, last, self.size).filter(|_| changed) {
                tiles.push(Tile { id, hashes: partial.clone() });
            }
        }
        Growth { edge: self, tiles }
    }

    fn append(&mut self, leaf: Hash, full: &mut Vec<Tile>) {
        let mut hash = leaf;
        for (level, partial) in (0..).zip(&mut self.partial) {
            partial.push(hash);
            if partial.len() < usize::from(TILE_WIDTH) {
                break;
            }
            let hashes = mem::replace(partial, Vec::with_capacity(usize::from(TILE_WIDTH)));
            hash = perfect_root(&hashes);
            full.push(Tile { id: TileId::full(level, hashes_at(level + 1, self.size)), hashes });
        }
        self.size += 1;
    }
}

impl Default for TileEdge {
    fn default() -> Self {
        Self::new()
    }
}

/// Stored tiles on which nothing can be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnusableTiles<E> {
    /// A tile of the edge could not be used.
    Tile(TileError<E>),
    /// The tiles at the edge are those of another tree.
    RootDiffers {
        /// The tree that was expected.
        head: TreeHead,
        /// The tree that the tiles are the edge of.
        found: TreeHead,
    },
}

impl<E: fmt::Display> fmt::Display for UnusableTiles<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tile(reason) => reason.fmt(out),
            Self::RootDiffers { head, found } => write!(
                out,
                "The stored tiles of the first {} leaves give the root {}, but {} is recorded. \
                 Tiles or record were altered; verify the leaves against the last signed \
                 checkpoint before rebuilding either.",
                head.size, found.root, head.root,
            ),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for UnusableTiles<E> {}
