//! Tiles: runs of up to 256 hashes of one level, as C2SP tlog-tiles lays them out.
//!
//! A tile of level 0 holds leaf hashes; each hash of level n + 1 is the root of a full
//! tile of level n. The last tile of a level is partial until it is full.

use std::fmt;

use crate::hash::{HASH_BYTES, Hash};

/// How many hashes a full tile has: the leaves of a subtree of height 8.
pub const TILE_WIDTH: u16 = 256;

/// The height of a tile; each level stands for this many levels of the tree.
pub(super) const TILE_HEIGHT: u32 = TILE_WIDTH.ilog2();

/// The levels of tiles that a tree of [`MAX_TREE_SIZE`](super::MAX_TREE_SIZE) has.
pub(super) const TILE_LEVELS: usize = 8;

/// The name of a tile: its level, its index in the level, and how many hashes it has.
///
/// It displays as the path of tlog-tiles, such as `tile/0/x001/x234/067.p/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    level: u8,
    index: u64,
    width: u16,
}

impl TileId {
    /// The tile at this level and index as it stands in a tree of `size` leaves, or
    /// nothing if that tree has none there.
    #[must_use]
    pub fn in_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        let before = index.checked_mul(u64::from(TILE_WIDTH))?;
        let behind = hashes_at(level, size).checked_sub(before)?;
        let width = u16::try_from(behind).unwrap_or(TILE_WIDTH).min(TILE_WIDTH);
        (width > 0).then_some(Self { level, index, width })
    }

    /// 0 for leaf hashes; one more for each 256-fold.
    #[must_use]
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// The place of the tile in its level, counted from 0.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes it has: 1 to 255 for a partial tile, 256 for a full one.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// Whether it will never change again.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.width == TILE_WIDTH
    }

    pub(super) const fn full(level: u8, index: u64) -> Self {
        Self { level, index, width: TILE_WIDTH }
    }
}

/// How many hashes a level has in a tree of `size` leaves.
pub(super) fn hashes_at(level: u8, size: u64) -> u64 {
    size.checked_shr(TILE_HEIGHT * u32::from(level)).unwrap_or(0)
}

impl fmt::Display for TileId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "tile/{}/", self.level)?;
        write_folders(self.index / 1000, out)?;
        write!(out, "{:03}", self.index % 1000)?;
        if self.is_full() { Ok(()) } else { write!(out, ".p/{}", self.width) }
    }
}

/// The digits in front of the last three, in groups of three, each behind an `x`.
fn write_folders(groups: u64, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    if groups == 0 {
        return Ok(());
    }
    write_folders(groups / 1000, out)?;
    write!(out, "x{:03}/", groups % 1000)
}

/// A tile with its hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Its name; the width is the number of hashes.
    pub id: TileId,
    /// Its hashes, from left to right.
    pub hashes: Vec<Hash>,
}

impl Tile {
    /// The hashes one behind the other, as tlog-tiles serves them.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| hash.as_bytes()).copied().collect()
    }

    /// Reads the hashes that [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// The bytes are not 1 to 256 whole hashes.
    pub fn hashes_from_bytes(bytes: &[u8]) -> Result<Vec<Hash>, BadTile> {
        let (hashes, remainder) = bytes.as_chunks::<HASH_BYTES>();
        let too_many = hashes.len() > usize::from(TILE_WIDTH);
        if hashes.is_empty() || too_many || !remainder.is_empty() {
            return Err(BadTile { found: bytes.len() });
        }
        Ok(hashes.iter().copied().map(Hash::from_bytes).collect())
    }
}

/// Bytes that are not a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadTile {
    /// How many bytes there were.
    pub found: usize,
}

impl fmt::Display for BadTile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "A stored tile has {} bytes; a tile is 1 to {TILE_WIDTH} hashes of {HASH_BYTES} bytes. \
             It was cut or altered; rebuild the tiles from the stored leaves.",
            self.found,
        )
    }
}

impl std::error::Error for BadTile {}
