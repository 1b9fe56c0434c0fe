//! The root key, and whoever keeps it.
//!
//! People read "the key to your data". It wraps the keys of every business and of the installation, it is never kept
//! beside the data, and it is asked for at unsealing, rotation and creation only, never while a command runs.

use crate::aead::Aes256Gcm;
use crate::encoding::joined;
use crate::subkey::subkey;
use crate::wrap::KeyEncryptionKey;
use crate::{DoesNotOpen, KeyFileRefused, KeyId, Secret};
use coffer_kernel::Entropy;
use std::fmt;
use zeroize::Zeroizing;

/// The version that files are sealed in.
const FILE_VERSION: u8 = 1;
/// How many bytes a sealed file is longer than the file.
const FILE_OVERHEAD: usize = 37;

/// The public name of a root key.
pub type RootKeyId = KeyId;

/// The key that wraps all others: 256 random bits.
pub struct RootKey {
    secret: Secret<[u8; 32]>,
    wrapping: KeyEncryptionKey,
}

impl RootKey {
    /// A new root key.
    #[must_use]
    pub fn generate(entropy: &dyn Entropy) -> Self {
        Self::new(Secret::filled(|out| entropy.fill(out)))
    }

    /// The root key that a provider holds.
    #[must_use]
    pub fn new(secret: Secret<[u8; 32]>) -> Self {
        let wrapping = KeyEncryptionKey::derived(secret.expose(), "coffer/v1/root");
        Self { secret, wrapping }
    }

    /// Its public name. Every key it wraps carries it.
    #[must_use]
    pub const fn id(&self) -> RootKeyId {
        self.wrapping.id()
    }

    /// Seals what is kept in a file beside the data, e.g. the private key of a certificate: bound to this root key and to
    /// what it is for. A sealed file is, for ever: version `1` · id of the root key (8 bytes) · nonce (12) · ciphertext ·
    /// tag (16).
    #[must_use]
    pub fn seal_file(&self, purpose: &'static str, plain: &[u8], entropy: &dyn Entropy) -> Vec<u8> {
        let mut sealed = Vec::with_capacity(plain.len().saturating_add(FILE_OVERHEAD));
        sealed.push(FILE_VERSION);
        sealed.extend_from_slice(self.id().as_bytes());
        self.file_key().seal_onto(&mut sealed, &self.bound_to(purpose), plain, entropy);
        sealed
    }

    /// Opens what [`Self::seal_file`] sealed for the same purpose.
    ///
    /// # Errors
    /// [`DoesNotOpen`] for everything else.
    pub fn open_file(&self, purpose: &'static str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        let (version, rest) = sealed.split_first().ok_or(DoesNotOpen::CutShort)?;
        if *version != FILE_VERSION {
            return Err(DoesNotOpen::UnknownVersion(*version));
        }
        let (by, rest) = rest.split_first_chunk::<8>().ok_or(DoesNotOpen::CutShort)?;
        let needs = KeyId::from_bytes(*by);
        if needs != self.id() {
            return Err(DoesNotOpen::OtherKey { needs, given: self.id() });
        }
        self.file_key().open(&self.bound_to(purpose), rest).ok_or(DoesNotOpen::NotAuthentic)
    }

    fn file_key(&self) -> Aes256Gcm {
        Aes256Gcm::new(subkey(self.secret.expose(), "coffer/v1/file", &[b"key"]).expose())
    }

    fn bound_to(&self, purpose: &'static str) -> Vec<u8> {
        joined("coffer/v1/file", &[&[FILE_VERSION], self.id().as_bytes(), purpose.as_bytes()])
    }

    pub(crate) const fn wrapping(&self) -> &KeyEncryptionKey {
        &self.wrapping
    }

    pub(crate) const fn secret(&self) -> &Secret<[u8; 32]> {
        &self.secret
    }
}

/// Whoever keeps the root key: a file, a key management service, a token, people with their shares.
pub trait RootProvider: Send + Sync {
    /// Hands out the root key, or says why not.
    ///
    /// # Errors
    /// [`RootUnavailable`], whose sentence is for the operator.
    fn unlock(&self) -> Result<RootKey, RootUnavailable>;

    /// Which provider this is, for the operator and the log. Never a secret.
    fn describe(&self) -> String;
}

/// The root key cannot be had.
#[derive(Debug)]
pub enum RootUnavailable {
    /// The key file was refused.
    KeyFile(KeyFileRefused),
    /// A provider outside this crate could not or would not give it; its own error says why.
    Elsewhere(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for RootUnavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyFile(refused) => refused.fmt(f),
            Self::Elsewhere(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RootUnavailable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::KeyFile(_) => None,
            Self::Elsewhere(error) => error.source(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::testing::seeded;

    #[test]
    fn a_sealed_file_opens_with_its_own_root_for_its_own_purpose() {
        let (root, other) = (RootKey::generate(&seeded(1)), RootKey::generate(&seeded(2)));
        let sealed = root.seal_file("certificate", b"private", &seeded(3));
        assert_eq!(sealed.len(), "private".len() + FILE_OVERHEAD);
        assert_eq!(root.open_file("certificate", &sealed).unwrap().as_slice(), b"private");
        assert_eq!(root.open_file("authority", &sealed).unwrap_err(), DoesNotOpen::NotAuthentic);
        let refused = other.open_file("certificate", &sealed).unwrap_err();
        assert_eq!(refused, DoesNotOpen::OtherKey { needs: root.id(), given: other.id() });
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(root.open_file("certificate", &changed).is_err(), "{place}");
            assert!(root.open_file("certificate", &sealed[..place]).is_err(), "{place}");
        }
    }
}
