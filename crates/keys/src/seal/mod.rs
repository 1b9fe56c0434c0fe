//! Sealed fields: encrypted with a person's data key and bound to where they stand.
//!
//! A sealed field opens in its own business, table, column and row, with the key of its own subject, class and
//! generation, and nowhere else: all of that is authenticated with it (control C03). What this cannot see is an older
//! ciphertext put back in its own place; that is what row digests are for.
//!
//! A blob is, for ever: version `1` · generation (4 bytes, most significant first) · nonce (12) · ciphertext · tag (16).
//! An unknown version does not open.

mod sealed;

pub use sealed::Sealed;

use crate::aead::{Aes256Gcm, NONCE, TAG};
use crate::encoding::joined;
use crate::{DoesNotOpen, Secret};
use coffer_kernel::Entropy;
use zeroize::Zeroizing;

/// The version that blobs are written in.
const VERSION: u8 = 1;
/// What stands in front of the nonce: the version and the generation.
const HEADER: usize = 5;

/// How many bytes a sealed field is longer than the field.
pub const OVERHEAD: usize = HEADER + NONCE + TAG;

/// Where a sealed field stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The business, or the installation's id where there is none.
    pub business: &'a [u8; 16],
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's key, as bytes.
    pub row: &'a [u8],
}

/// How long a person's data is kept, which decides the key that seals it (control C04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// What law makes a business keep, such as the name on an invoice.
    Statutory,
    /// Everything else: erased when its person asks.
    Other,
}

impl Class {
    /// The number that stands for it in rows and in what is authenticated.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Statutory => 1,
            Self::Other => 2,
        }
    }

    /// The class with this number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Statutory),
            2 => Some(Self::Other),
            _ => None,
        }
    }
}

/// Which data key this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyTag {
    /// Whom the sealed data is about.
    pub subject: [u8; 16],
    /// How long it is kept.
    pub class: Class,
    /// Counts up when the key is rotated.
    pub generation: u32,
}

/// The key that seals one person's data of one class.
pub struct DataKey {
    tag: KeyTag,
    key: Aes256Gcm,
}

impl DataKey {
    pub(crate) fn new(tag: KeyTag, secret: &Secret<[u8; 32]>) -> Self {
        Self { tag, key: Aes256Gcm::new(secret.expose()) }
    }

    /// Which key this is.
    #[must_use]
    pub const fn tag(&self) -> &KeyTag {
        &self.tag
    }

    /// Seals a field for this place, [`OVERHEAD`] bytes longer than it was.
    #[must_use]
    pub fn seal(&self, place: &Place<'_>, plaintext: &[u8], entropy: &dyn Entropy) -> Vec<u8> {
        let mut blob = Vec::with_capacity(plaintext.len().saturating_add(OVERHEAD));
        blob.push(VERSION);
        blob.extend_from_slice(&self.tag.generation.to_be_bytes());
        self.key.seal_onto(&mut blob, &bound_to(place, &self.tag), plaintext, entropy);
        blob
    }

    /// Opens a field that was sealed for this place with this key.
    ///
    /// # Errors
    /// [`DoesNotOpen`] for everything else; nothing of the plaintext is returned then.
    pub fn open(&self, place: &Place<'_>, blob: &[u8]) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        let (generation, sealed) = split(blob)?;
        if generation != self.tag.generation {
            return Err(DoesNotOpen::OtherGeneration { needs: generation, given: self.tag.generation });
        }
        self.key.open(&bound_to(place, &self.tag), sealed).ok_or(DoesNotOpen::NotAuthentic)
    }
}

/// The generation of the data key that a blob needs. It is authenticated only when the blob is opened.
///
/// # Errors
/// [`DoesNotOpen`] where the blob is cut short or of an unknown version.
pub fn generation_of(blob: &[u8]) -> Result<u32, DoesNotOpen> {
    split(blob).map(|(generation, _)| generation)
}

fn split(blob: &[u8]) -> Result<(u32, &[u8]), DoesNotOpen> {
    match blob {
        [VERSION, a, b, c, d, sealed @ ..] if sealed.len() >= NONCE + TAG => {
            Ok((u32::from_be_bytes([*a, *b, *c, *d]), sealed))
        }
        [] | [VERSION, ..] => Err(DoesNotOpen::CutShort),
        [version, ..] => Err(DoesNotOpen::UnknownVersion(*version)),
    }
}

fn bound_to(place: &Place<'_>, tag: &KeyTag) -> Vec<u8> {
    joined(
        "coffer/v1/field",
        &[
            &[VERSION],
            place.business,
            place.table.as_bytes(),
            place.column.as_bytes(),
            place.row,
            &tag.subject,
            &[tag.class.code()],
            &tag.generation.to_be_bytes(),
        ],
    )
}

#[cfg(test)]
mod tests;
