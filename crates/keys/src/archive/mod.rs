//! Archives: encrypted files for backups, in the age format (age-encryption.org/v1, specified at C2SP).
//!
//! The format is published, streams any length in chunks of 64 KiB, and can be opened without Coffer: any `age` program
//! opens an archive with the identity that [`ArchiveKey::identity`] gives. It is written here over AWS-LC's primitives,
//! because the crate of that name brings some eighty others; the published test vectors decide whether it is right.
//!
//! Written is one X25519 recipient; read are archives with any of ours among their recipients. An archive that is cut
//! short, altered, reordered or continued is refused, at the latest when its end is reached: what was read from it may
//! be used only then.

mod header;
mod identity;
mod refused;
mod stream;
mod x25519;

pub use refused::ArchiveRefused;
pub use stream::{Opener, Sealer};

use crate::wrap::Wrapping;
use crate::{DoesNotOpen, RootKey, Secret, WrappedKey};
use coffer_kernel::Entropy;
use std::io::{self, Read, Write};

/// The key of a series of archives, wrapped by the root and so within reach of the recovery sheet. It is the secret
/// scalar of an X25519 key pair.
pub struct ArchiveKey(Secret<[u8; 32]>);

impl ArchiveKey {
    /// A new key, and the wrapped key to be kept with the data and beside the archives.
    #[must_use]
    pub fn create(root: &RootKey, entropy: &dyn Entropy) -> (Self, WrappedKey) {
        let (secret, wrapped) = root.wrapping().create(&wrapping(), entropy);
        (Self(secret), wrapped)
    }

    /// The key, from its wrapped key.
    ///
    /// # Errors
    /// [`DoesNotOpen`] where it was wrapped by another root, is no archive key, or was altered.
    pub fn unwrap(root: &RootKey, wrapped: &WrappedKey) -> Result<Self, DoesNotOpen> {
        Ok(Self(root.wrapping().unwrap(&wrapping(), wrapped)?.0))
    }

    /// The same key under a new root.
    ///
    /// # Errors
    /// [`DoesNotOpen`] as for [`Self::unwrap`]; nothing is lost then.
    pub fn rewrap(
        old_root: &RootKey,
        new_root: &RootKey,
        wrapped: &WrappedKey,
        entropy: &dyn Entropy,
    ) -> Result<WrappedKey, DoesNotOpen> {
        new_root.wrapping().take_over(old_root.wrapping(), &wrapping(), wrapped, entropy)
    }

    /// The public half, which is all that writing archives takes.
    #[must_use]
    pub fn recipient(&self) -> ArchiveRecipient {
        ArchiveRecipient(x25519::public_key(&self.0))
    }

    /// The key as an age identity, `AGE-SECRET-KEY-1…`, with which any age program opens the archives.
    #[must_use]
    pub fn identity(&self) -> Secret<String> {
        identity::encoded(&self.0)
    }

    pub(crate) const fn scalar(&self) -> &Secret<[u8; 32]> {
        &self.0
    }

    #[cfg(test)]
    pub(crate) const fn from_scalar(scalar: Secret<[u8; 32]>) -> Self {
        Self(scalar)
    }
}

/// Whom archives are encrypted for. A server that holds only this can write archives and read none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveRecipient(pub [u8; 32]);

/// Starts an archive: what is written into the [`Sealer`] goes encrypted into `writer`. Without [`Sealer::finish`] the
/// archive has no end and will not open.
///
/// # Errors
/// The writer's own; also [`ArchiveRefused::Recipient`] for a recipient that is no public key.
pub fn encrypt<W: Write>(mut writer: W, recipient: &ArchiveRecipient, entropy: &dyn Entropy) -> io::Result<Sealer<W>> {
    let file_key = Secret::filled(|out| entropy.fill(out));
    writer.write_all(&header::written(&file_key, recipient, entropy)?)?;
    Sealer::start(writer, &file_key, entropy)
}

/// Opens an archive: what is read from the [`Opener`] is authentic up to there, and whole once its end is reached.
///
/// # Errors
/// [`ArchiveRefused`] inside an [`io::Error`] of kind `InvalidData`; or the reader's own.
pub fn decrypt<R: Read>(reader: R, key: &ArchiveKey) -> io::Result<Opener<R>> {
    let mut reader = io::BufReader::with_capacity(stream::CHUNK, reader);
    let file_key = header::read(&mut reader, key)?;
    Opener::start(reader, &file_key)
}

fn wrapping() -> Wrapping {
    Wrapping::of("archive key", &[])
}

#[cfg(test)]
mod tests;
