//! Inclusion proofs: this leaf stands at this index of the tree with this root.
//!
//! A proof is the roots of the subtrees that, with the leaf, make up the tree
//! (RFC 6962 §2.1.1). Its shape follows from index and size alone, so a proof of another
//! shape cannot be constructed, and verifying refuses one for another tree size.

use std::fmt;
use std::ops::Range;

use crate::hash::{Hash, node_hash};
use crate::tree::{MAX_TREE_SIZE, Subtrees, TileError, TileReader, TreeHead, split};

/// The path from one leaf to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    index: u64,
    size: u64,
    path: Vec<Hash>,
}

impl InclusionProof {
    /// A proof that came from elsewhere: the leaf at `index`, counted from 0, in the tree
    /// of `size` leaves.
    ///
    /// # Errors
    /// There is no such leaf, or the path has not the length that index and size call for.
    pub fn new(index: u64, size: u64, path: Vec<Hash>) -> Result<Self, MalformedInclusion> {
        check_index(index, size)?;
        let expected = siblings(index, size).len();
        if path.len() != expected {
            return Err(MalformedInclusion::Length { expected, found: path.len() });
        }
        Ok(Self { index, size, path })
    }

    /// Makes the proof for the leaf at `index` in the tree of `size` leaves.
    ///
    /// # Errors
    /// There is no such leaf, or a tile could not be used.
    pub fn make<R: TileReader>(reader: &R, index: u64, size: u64) -> Result<Self, InclusionNotMade<R::Error>> {
        check_index(index, size).map_err(InclusionNotMade::Asked)?;
        let mut subtrees = Subtrees::new(reader, size);
        let path = siblings(index, size).iter().map(|leaves| subtrees.root(leaves)).collect::<Result<Vec<_>, _>>();
        Ok(Self { index, size, path: path.map_err(InclusionNotMade::Tile)? })
    }

    /// Checks that the leaf with this [`leaf_hash`](crate::hash::leaf_hash) is at the
    /// proof's index in the tree `head` (RFC 9162 §2.1.3.2). The head must come from a
    /// verified checkpoint.
    ///
    /// # Errors
    /// The proof is for another tree size, or leads to another root.
    pub fn verify(&self, leaf: &Hash, head: &TreeHead) -> Result<(), NotIncluded> {
        if self.size != head.size {
            return Err(NotIncluded::OtherSize { proof: self.size, head: head.size });
        }
        let found = self.root_over(leaf);
        if found != head.root {
            return Err(NotIncluded::RootDiffers { index: self.index, head: *head, found });
        }
        Ok(())
    }

    /// Where the leaf stands, counted from 0.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// How many leaves the tree of the proof has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The hashes on the path, from the leaf upwards.
    #[must_use]
    pub fn path(&self) -> &[Hash] {
        &self.path
    }

    /// The steps of RFC 9162 §2.1.3.2; `new` and `make` made sure that the path ends
    /// where the tree does.
    fn root_over(&self, leaf: &Hash) -> Hash {
        let mut node = self.index;
        let mut last = self.size - 1;
        let mut root = *leaf;
        for sibling in &self.path {
            if node & 1 == 1 || node == last {
                root = node_hash(sibling, &root);
                let skipped = if node == 0 { 0 } else { node.trailing_zeros() };
                node >>= skipped;
                last >>= skipped;
            } else {
                root = node_hash(&root, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        root
    }
}

/// The subtrees on the path, from the leaf upwards: PATH of RFC 6962 §2.1.1.
fn siblings(index: u64, size: u64) -> Vec<Range<u64>> {
    let mut around = 0..size;
    let mut siblings = Vec::new();
    while around.end - around.start > 1 {
        let middle = around.start + split(around.end - around.start);
        if index < middle {
            siblings.push(middle..around.end);
            around.end = middle;
        } else {
            siblings.push(around.start..middle);
            around.start = middle;
        }
    }
    siblings.reverse();
    siblings
}

fn check_index(index: u64, size: u64) -> Result<(), MalformedInclusion> {
    if index < size && size <= MAX_TREE_SIZE { Ok(()) } else { Err(MalformedInclusion::NoSuchLeaf { index, size }) }
}

/// No inclusion proof can look like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MalformedInclusion {
    /// The index lies outside the tree, or the tree is larger than any.
    NoSuchLeaf {
        /// The index of the leaf.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// The path is too short or too long for index and size.
    Length {
        /// How many hashes index and size call for.
        expected: usize,
        /// How many the path has.
        found: usize,
    },
}

impl fmt::Display for MalformedInclusion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchLeaf { index, size } => write!(
                out,
                "No tree of {size} leaves has a leaf at index {index}; indices count from 0. Ask \
                 with an index below the size of the checkpoint.",
            ),
            Self::Length { expected, found } => write!(
                out,
                "The inclusion proof has {found} hashes; at this index and size it must have \
                 {expected}. It was cut or is for another leaf; fetch it again.",
            ),
        }
    }
}

impl std::error::Error for MalformedInclusion {}

/// An inclusion proof could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InclusionNotMade<E> {
    /// There is no such leaf.
    Asked(MalformedInclusion),
    /// A stored tile could not be used.
    Tile(TileError<E>),
}

impl<E: fmt::Display> fmt::Display for InclusionNotMade<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked(reason) => reason.fmt(out),
            Self::Tile(reason) => reason.fmt(out),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for InclusionNotMade<E> {}

/// The proof does not show that the leaf is in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotIncluded {
    /// Proof and tree head are of different sizes.
    OtherSize {
        /// The size the proof is for.
        proof: u64,
        /// The size of the tree head.
        head: u64,
    },
    /// Leaf and path lead to another root.
    RootDiffers {
        /// The index of the leaf.
        index: u64,
        /// The tree head it was checked against.
        head: TreeHead,
        /// The root that leaf and path lead to.
        found: Hash,
    },
}

impl fmt::Display for NotIncluded {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherSize { proof, head } => write!(
                out,
                "The inclusion proof is for a tree of {proof} leaves, the checkpoint for one of \
                 {head}. Fetch the proof for the size of the checkpoint.",
            ),
            Self::RootDiffers { index, head, found } => write!(
                out,
                "The leaf is not at index {index} of the log: with the proof it leads to the root \
                 {found}, the checkpoint over {} leaves has {}. Leaf, index or proof were altered; \
                 keep all three and compare them with an export of the log.",
                head.size, head.root,
            ),
        }
    }
}

impl std::error::Error for NotIncluded {}

#[cfg(test)]
mod tests;
