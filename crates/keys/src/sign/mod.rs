//! Signing the heads of the log (control C74): Ed25519, as C2SP signed-note and tlog-checkpoint ask for.
//!
//! The signer's seed is wrapped by a business's keys. What is signed, and that two heads never contradict each other,
//! is decided where checkpoints are made; here is only the key.

use crate::wrap::Wrapping;
use crate::{BusinessKeys, DoesNotOpen, Secret, WrappedKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64ct::{Base64, Encoding};
use coffer_kernel::Entropy;
use std::fmt::{self, Write as _};

/// The signature type of Ed25519 in signed notes.
const ED25519: u8 = 0x01;
/// A name that no signed note can carry: empty, or with a space, a plus or a control character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotASignerName;

impl fmt::Display for NotASignerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A signer's name has at least one character, and no spaces, plus signs or control characters.")
    }
}

impl std::error::Error for NotASignerName {}

/// The name a signer goes by in signed notes: by custom a URL without its scheme, e.g. `billing.example/log`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerName(String);

impl SignerName {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SignerName {
    type Error = NotASignerName;

    fn try_from(name: String) -> Result<Self, NotASignerName> {
        let forbidden = |c: char| c.is_whitespace() || c.is_control() || c == '+';
        if name.is_empty() || name.contains(forbidden) { Err(NotASignerName) } else { Ok(Self(name)) }
    }
}

/// The key that signs the heads of one log.
pub struct LogSigner {
    name: SignerName,
    pair: Ed25519KeyPair,
}

impl LogSigner {
    /// A new signer, and its wrapped seed to be kept.
    #[must_use]
    pub fn create(name: SignerName, keys: &BusinessKeys, entropy: &dyn Entropy) -> (Self, WrappedKey) {
        let (seed, wrapped) = keys.wrapping().create(&wrapping(&name, keys), entropy);
        (Self::from_seed(name, &seed), wrapped)
    }

    /// The signer, from its wrapped seed.
    ///
    /// # Errors
    /// [`DoesNotOpen`] where it is another business's or name's, or was altered.
    pub fn unwrap(name: SignerName, keys: &BusinessKeys, wrapped: &WrappedKey) -> Result<Self, DoesNotOpen> {
        let (seed, _) = keys.wrapping().unwrap(&wrapping(&name, keys), wrapped)?;
        Ok(Self::from_seed(name, &seed))
    }

    #[expect(clippy::expect_used, reason = "every 32 bytes are a seed (RFC 8032 §5.1.5)")]
    pub(crate) fn from_seed(name: SignerName, seed: &Secret<[u8; 32]>) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.expose()).expect("32 bytes are a seed");
        Self { name, pair }
    }

    /// The name it signs under.
    #[must_use]
    pub const fn name(&self) -> &SignerName {
        &self.name
    }

    /// The public key, as a verifier is given it: name, key id in hexadecimal and base 64 of type and key, joined by
    /// plus signs (the format of Go's `note` package, which C2SP tools read).
    #[must_use]
    pub fn verifier_key(&self) -> String {
        let mut key = format!("{}+", self.name.0);
        for byte in self.key_id() {
            // Writing to a string does not fail.
            let _ = write!(key, "{byte:02x}");
        }
        key.push('+');
        key.push_str(&Base64::encode_string(&self.typed_public_key()));
        key
    }

    /// The public key, 32 bytes (RFC 8032 §5.1.5).
    #[must_use]
    pub fn public_key(&self) -> [u8; 32] {
        let mut key = [0; 32];
        key.copy_from_slice(self.pair.public_key().as_ref());
        key
    }

    /// The first four bytes of SHA-256 over name, newline, type and public key (C2SP signed-note).
    #[must_use]
    pub fn key_id(&self) -> [u8; 4] {
        let named = [self.name.0.as_bytes(), b"\n", &self.typed_public_key()].concat();
        match digest(&SHA256, &named).as_ref() {
            [a, b, c, d, ..] => [*a, *b, *c, *d],
            _ => [0; 4],
        }
    }

    /// The Ed25519 signature over the text of a note, final newline included.
    #[must_use]
    pub fn sign(&self, note_body: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.pair.sign(note_body).as_ref());
        signature
    }

    fn typed_public_key(&self) -> [u8; 33] {
        let mut typed = [ED25519; 33];
        let (_, key) = typed.split_at_mut(1);
        key.copy_from_slice(&self.public_key());
        typed
    }
}

fn wrapping(name: &SignerName, keys: &BusinessKeys) -> Wrapping {
    Wrapping::of("log signer seed", &[keys.business().as_bytes(), name.0.as_bytes()])
}

#[cfg(test)]
mod tests;
