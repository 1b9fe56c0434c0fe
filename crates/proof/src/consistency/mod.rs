//! Consistency proofs: this tree continues that one, with nothing before it changed.
//!
//! A proof is the roots of subtrees from which both trees follow (RFC 6962 §2.1.2). Its
//! shape follows from the two sizes alone, so a proof of another shape cannot be
//! constructed. Every tree continues the empty one and itself; those proofs are empty,
//! and the roots are compared all the same.

use std::fmt;
use std::ops::Range;

use crate::hash::{EMPTY_ROOT, Hash, node_hash};
use crate::tree::{MAX_TREE_SIZE, Subtrees, TileError, TileReader, TreeHead, split};

/// The hashes that two states of a log have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsistencyProof {
    old: u64,
    new: u64,
    path: Vec<Hash>,
}

impl ConsistencyProof {
    /// A proof that came from elsewhere: from the tree of `old` leaves to that of `new`.
    ///
    /// # Errors
    /// The old tree is the larger one, or the path has not the length that the sizes
    /// call for.
    pub fn new(old: u64, new: u64, path: Vec<Hash>) -> Result<Self, MalformedConsistency> {
        check_sizes(old, new)?;
        let expected = parts(old, new).len();
        if path.len() != expected {
            return Err(MalformedConsistency::Length { expected, found: path.len() });
        }
        Ok(Self { old, new, path })
    }

    /// Makes the proof from the tree of `old` leaves to that of `new`.
    ///
    /// # Errors
    /// The old tree is the larger one, or a tile could not be used.
    pub fn make<R: TileReader>(reader: &R, old: u64, new: u64) -> Result<Self, ConsistencyNotMade<R::Error>> {
        check_sizes(old, new).map_err(ConsistencyNotMade::Asked)?;
        let mut subtrees = Subtrees::new(reader, new);
        let path = parts(old, new).iter().map(|leaves| subtrees.root(leaves)).collect::<Result<Vec<_>, _>>();
        Ok(Self { old, new, path: path.map_err(ConsistencyNotMade::Tile)? })
    }

    /// Checks that the tree `new` continues the tree `old` (RFC 9162 §2.1.4.2). Both heads
    /// must come from verified checkpoints.
    ///
    /// # Errors
    /// The proof is for other sizes, or does not lead to both roots.
    pub fn verify(&self, old: &TreeHead, new: &TreeHead) -> Result<(), NotConsistent> {
        if (self.old, self.new) != (old.size, new.size) {
            let proof = (self.old, self.new);
            return Err(NotConsistent::OtherSizes { proof, heads: (old.size, new.size) });
        }
        let (from, to) = self.roots(old, new);
        if from != old.root {
            return Err(NotConsistent::OldRootDiffers { head: *old, found: from });
        }
        if to != new.root {
            return Err(NotConsistent::NewRootDiffers { old: *old, head: *new, found: to });
        }
        Ok(())
    }

    /// The size of the earlier tree.
    #[must_use]
    pub const fn old_size(&self) -> u64 {
        self.old
    }

    /// The size of the later tree.
    #[must_use]
    pub const fn new_size(&self) -> u64 {
        self.new
    }

    /// The hashes of the proof, from the leaves upwards.
    #[must_use]
    pub fn path(&self) -> &[Hash] {
        &self.path
    }

    /// The roots of the earlier and the later tree that the path leads to. The trivial
    /// proofs lead to what is known: the empty root, or the old root again.
    fn roots(&self, old: &TreeHead, new: &TreeHead) -> (Hash, Hash) {
        if self.old == 0 && self.new > 0 {
            return (EMPTY_ROOT, new.root);
        }
        if self.old == self.new {
            let root = if self.old == 0 { EMPTY_ROOT } else { old.root };
            return (root, root);
        }
        self.climb(old)
    }

    /// The steps of RFC 9162 §2.1.4.2; `new` and `make` made sure that the path ends where
    /// the tree does.
    fn climb(&self, old: &TreeHead) -> (Hash, Hash) {
        let mut path = self.path.iter();
        let whole = self.old.is_power_of_two();
        let start = if whole { Some(&old.root) } else { path.next() };
        let start = start.copied().unwrap_or(EMPTY_ROOT);
        let (mut from, mut to) = (start, start);

        let skipped = (self.old - 1).trailing_ones();
        let mut node = (self.old - 1) >> skipped;
        let mut last = (self.new - 1) >> skipped;
        for part in path {
            if node & 1 == 1 || node == last {
                from = node_hash(part, &from);
                to = node_hash(part, &to);
                let skipped = if node == 0 { 0 } else { node.trailing_zeros() };
                node >>= skipped;
                last >>= skipped;
            } else {
                to = node_hash(&to, part);
            }
            node >>= 1;
            last >>= 1;
        }
        (from, to)
    }
}

/// The subtrees of the proof, from the leaves upwards: PROOF of RFC 6962 §2.1.2.
fn parts(old: u64, new: u64) -> Vec<Range<u64>> {
    if old == 0 {
        return Vec::new();
    }
    let mut around = 0..new;
    let mut parts = Vec::new();
    while old < around.end {
        let middle = around.start + split(around.end - around.start);
        if old <= middle {
            parts.push(middle..around.end);
            around.end = middle;
        } else {
            parts.push(around.start..middle);
            around.start = middle;
        }
    }
    if around.start > 0 {
        parts.push(around);
    }
    parts.reverse();
    parts
}

fn check_sizes(old: u64, new: u64) -> Result<(), MalformedConsistency> {
    if old <= new && new <= MAX_TREE_SIZE { Ok(()) } else { Err(MalformedConsistency::Sizes { old, new }) }
}

/// No consistency proof can look like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MalformedConsistency {
    /// The old tree is the larger one, or the new one is larger than any.
    Sizes {
        /// The size of the earlier tree.
        old: u64,
        /// The size of the later tree.
        new: u64,
    },
    /// The path is too short or too long for the sizes.
    Length {
        /// How many hashes the sizes call for.
        expected: usize,
        /// How many the path has.
        found: usize,
    },
}

impl fmt::Display for MalformedConsistency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sizes { old, new } => write!(
                out,
                "A tree of {new} leaves cannot continue one of {old}. If the earlier checkpoint \
                 is genuine, the log was rolled back: keep that checkpoint as evidence.",
            ),
            Self::Length { expected, found } => write!(
                out,
                "The consistency proof has {found} hashes; between these sizes it must have \
                 {expected}. It was cut or is for other sizes; fetch it again.",
            ),
        }
    }
}

impl std::error::Error for MalformedConsistency {}

/// A consistency proof could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsistencyNotMade<E> {
    /// There is no such proof.
    Asked(MalformedConsistency),
    /// A stored tile could not be used.
    Tile(TileError<E>),
}

impl<E: fmt::Display> fmt::Display for ConsistencyNotMade<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked(reason) => reason.fmt(out),
            Self::Tile(reason) => reason.fmt(out),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for ConsistencyNotMade<E> {}

/// The proof does not show that the later tree continues the earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotConsistent {
    /// Proof and tree heads are of different sizes.
    OtherSizes {
        /// The sizes the proof is for, the earlier first.
        proof: (u64, u64),
        /// The sizes of the tree heads, the earlier first.
        heads: (u64, u64),
    },
    /// The proof does not lead to the earlier root.
    OldRootDiffers {
        /// The earlier tree head.
        head: TreeHead,
        /// The root that the proof leads to.
        found: Hash,
    },
    /// The proof leads to the earlier root but not to the later one.
    NewRootDiffers {
        /// The earlier tree head.
        old: TreeHead,
        /// The later tree head.
        head: TreeHead,
        /// The root that the proof leads to.
        found: Hash,
    },
}

impl fmt::Display for NotConsistent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherSizes { proof, heads } => write!(
                out,
                "The consistency proof leads from {} to {} leaves, the checkpoints from {} to {}. \
                 Fetch the proof for the sizes of the checkpoints.",
                proof.0, proof.1, heads.0, heads.1,
            ),
            Self::OldRootDiffers { head, found } => write!(
                out,
                "The log does not continue the earlier checkpoint: over its {} leaves the proof \
                 gives the root {found}, the checkpoint has {}. Either the proof was altered or \
                 the log was rewritten; keep both checkpoints and verify an export of the log.",
                head.size, head.root,
            ),
            Self::NewRootDiffers { old, head, found } => write!(
                out,
                "The later checkpoint does not continue the earlier one of {} leaves: over {} \
                 leaves the proof gives the root {found}, the checkpoint has {}. Either the proof \
                 was altered or the log was rewritten; keep both checkpoints and verify an export \
                 of the log.",
                old.size, head.size, head.root,
            ),
        }
    }
}

impl std::error::Error for NotConsistent {}

#[cfg(test)]
mod tests;
