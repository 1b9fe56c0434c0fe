//! The root key, and whoever keeps it.
//!
//! People read "the key to your data". It wraps the keys of every business and of the installation, it is never kept
//! beside the data, and it is asked for at unsealing, rotation and creation only, never while a command runs.

use crate::wrap::KeyEncryptionKey;
use crate::{KeyFileRefused, KeyId, Secret};
use coffer_kernel::Entropy;
use std::fmt;

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
