//! The hashes from which a tree grows: the roots of its largest complete subtrees.
//!
//! A tree of 13 = 8 + 4 + 1 leaves is three complete subtrees side by side; their three
//! roots give its root, and the next leaf needs nothing of what lies below them.

use std::fmt;

use super::{MAX_TREE_SIZE, TreeHead, fold_right};
use crate::hash::{HASH_BYTES, Hash, node_hash};

/// The bytes of the size that lead the encoding.
const SIZE_BYTES: usize = 8;

/// The right edge of a tree: its size and one hash for each set bit of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    hashes: Vec<Hash>,
}

impl Frontier {
    /// The edge of the empty tree.
    #[must_use]
    pub const fn new() -> Self {
        Self { size: 0, hashes: Vec::new() }
    }

    /// The edge with these subtrees; the caller has one for each set bit of `size`.
    pub(super) fn of_subtrees(size: u64, hashes: Vec<Hash>) -> Self {
        debug_assert_eq!(Ok(hashes.len()), usize::try_from(size.count_ones()));
        Self { size, hashes }
    }

    /// The roots of its complete subtrees, the largest first.
    pub(super) fn into_subtrees(self) -> Vec<Hash> {
        self.hashes
    }

    /// Adds a leaf, given by its [`leaf_hash`](crate::hash::leaf_hash).
    pub fn append(&mut self, leaf: Hash) {
        let complete = self.size.trailing_ones() as usize;
        let kept = self.hashes.len().saturating_sub(complete);
        let merged = self.hashes.drain(kept..).rev();
        let grown = merged.fold(leaf, |right, left| node_hash(&left, &right));
        self.hashes.push(grown);
        self.size += 1;
    }

    /// How many leaves the tree has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree (RFC 6962 §2.1).
    #[must_use]
    pub fn root(&self) -> Hash {
        fold_right(&self.hashes)
    }

    /// Size and root together.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        TreeHead { size: self.size, root: self.root() }
    }

    /// The only encoding of this edge: the size as eight bytes, most significant first,
    /// then the hashes, the largest subtree first.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(SIZE_BYTES + HASH_BYTES * self.hashes.len());
        bytes.extend_from_slice(&self.size.to_be_bytes());
        for hash in &self.hashes {
            bytes.extend_from_slice(hash.as_bytes());
        }
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// The size is beyond any tree, or the number of hashes is not the one it calls for.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadFrontier> {
        let (size, rest) = bytes.split_first_chunk().ok_or(BadFrontier::NoSize)?;
        let size = u64::from_be_bytes(*size);
        if size > MAX_TREE_SIZE {
            return Err(BadFrontier::TooLarge { size });
        }
        let (hashes, remainder) = rest.as_chunks();
        if !remainder.is_empty() || usize::try_from(size.count_ones()) != Ok(hashes.len()) {
            return Err(BadFrontier::WrongLength { size, found: bytes.len() });
        }
        let hashes = hashes.iter().copied().map(Hash::from_bytes).collect();
        Ok(Self { size, hashes })
    }
}

impl Extend<Hash> for Frontier {
    fn extend<I: IntoIterator<Item = Hash>>(&mut self, leaves: I) {
        leaves.into_iter().for_each(|leaf| self.append(leaf));
    }
}

impl FromIterator<Hash> for Frontier {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut frontier = Self::new();
        frontier.extend(leaves);
        frontier
    }
}

/// Bytes that are not the edge of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadFrontier {
    /// Fewer bytes than the size takes.
    NoSize,
    /// A size beyond [`MAX_TREE_SIZE`].
    TooLarge {
        /// The size that was read.
        size: u64,
    },
    /// Not as many hashes as the size calls for.
    WrongLength {
        /// The size that was read.
        size: u64,
        /// How many bytes there were.
        found: usize,
    },
}

impl fmt::Display for BadFrontier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSize => out.write_str("The stored tree edge is shorter than its size field."),
            Self::TooLarge { size } => {
                write!(out, "The stored tree edge claims {size} leaves, more than a tree can have.")
            }
            Self::WrongLength { size, found } => {
                write!(out, "The stored tree edge has {found} bytes, which is not the length for {size} leaves.",)
            }
        }?;
        out.write_str(" It was cut or altered; rebuild it from the stored leaves.")
    }
}

impl std::error::Error for BadFrontier {}
