//! Why something sealed or wrapped does not open.

use crate::KeyId;
use std::fmt;

/// A sealed value or wrapped key was refused.
///
/// It says what is known without the key, and nothing about how close the attempt came. Which table, column and row
/// it was about is known to the caller, who records it: none of these happens to data that nobody touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoesNotOpen {
    /// Too short to be what it should be.
    CutShort,
    /// Of a version that this program does not know, or not sealed by Coffer at all.
    UnknownVersion(u8),
    /// Made by another generation of the key than the one at hand.
    OtherGeneration {
        /// The generation that made it.
        needs: u32,
        /// The generation at hand.
        given: u32,
    },
    /// Wrapped by another key than the one at hand.
    OtherKey {
        /// The key that wrapped it.
        needs: KeyId,
        /// The key at hand.
        given: KeyId,
    },
    /// Altered, moved from another place, or made by another key. Which of them cannot be told apart.
    NotAuthentic,
}

impl fmt::Display for DoesNotOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutShort => write!(f, "The sealed value is cut short."),
            Self::UnknownVersion(version) => {
                write!(f, "The sealed value says version {version}, which this program does not know; a newer one may.")
            }
            Self::OtherGeneration { needs, given } => {
                write!(f, "The sealed value needs generation {needs} of its key, and generation {given} was given.")
            }
            Self::OtherKey { needs, given } => {
                write!(f, "The wrapped key needs key {needs}, and key {given} was given.")
            }
            Self::NotAuthentic => {
                write!(f, "The sealed value was altered, or belongs to another place or another key.")
            }
        }
    }
}

impl std::error::Error for DoesNotOpen {}
