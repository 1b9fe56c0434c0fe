//! The tree of a log: its right edge, its tiles, and reading it back from them.
//!
//! Three shapes of the same tree:
//! - [`Frontier`]: the few hashes from which the next root follows. A verifier that
//!   streams a log needs nothing else.
//! - [`TileEdge`]: the partial tiles at the right edge. Given new leaves it yields the
//!   tiles to store; it is brought forward from what is stored, never kept ahead of it.
//! - [`TileReader`]: stored tiles, from which proofs are made with few reads.
//!
//! It refuses state whose length does not fit its size, tiles shorter than the tree
//! they belong to, and tiles that do not give the root recorded for them.

mod edge;
mod frontier;
mod read;
mod tile;

pub use edge::{Growth, TileEdge, UnusableTiles};
pub use frontier::{BadFrontier, Frontier};
pub(crate) use read::Subtrees;
pub use read::{LeafHashes, NoSuchTile, TileError, TileReader};
pub use tile::{BadTile, TILE_WIDTH, Tile, TileId};

use crate::hash::{EMPTY_ROOT, Hash, node_hash};

/// The largest tree: 2⁶³ − 1 leaves, what a signed 64-bit integer counts, as other
/// implementations and databases do.
pub const MAX_TREE_SIZE: u64 = i64::MAX.cast_unsigned();

/// A tree named by its size and root; the two never travel apart, because an
/// inclusion proof alone does not bind the size (RFC 9162 §2.1.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// How many leaves the tree has.
    pub size: u64,
    /// The hash over all of them.
    pub root: Hash,
}

/// Where RFC 6962 §2.1 splits `leaves` ≥ 2 leaves: the largest power of two below it.
pub(crate) const fn split(leaves: u64) -> u64 {
    leaves.next_power_of_two() / 2
}

/// The root over hashes whose number is a power of two.
fn perfect_root(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => EMPTY_ROOT,
        [only] => *only,
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            node_hash(&perfect_root(left), &perfect_root(right))
        }
    }
}

/// The root over complete subtrees that stand side by side, the largest first.
fn fold_right(subtrees: &[Hash]) -> Hash {
    let root = subtrees.iter().rev().copied();
    root.reduce(|right, left| node_hash(&left, &right)).unwrap_or(EMPTY_ROOT)
}

#[cfg(test)]
mod tests;
