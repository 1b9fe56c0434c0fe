//! Wrapped keys: keys that are kept encrypted under other keys, bound to what they are for.
//!
//! A wrapped key is, for ever: version `1` · id of the wrapping key (8 bytes) · generation of the wrapped key (4, most
//! significant first) · nonce (12) · wrapped key (32) · tag (16): 73 bytes. All of it is authenticated, with the kind
//! of key it is and whose. The id says which key is asked for before anything is tried, and tells nothing of the key.

use crate::aead::{Aes256Gcm, NONCE, TAG};
use crate::encoding::joined;
use crate::subkey::subkey;
use crate::{DoesNotOpen, Secret};
use coffer_kernel::Entropy;
use std::fmt;

const VERSION: u8 = 1;
const KEY: usize = 32;
const HEADER: usize = 1 + 8 + 4;
const WHOLE: usize = HEADER + NONCE + KEY + TAG;

/// The generation of a key that was just created.
pub(crate) const FIRST: u32 = 1;

/// The public name of a key that wraps others: eight bytes derived from it by HKDF-SHA256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 8]);

impl KeyId {
    /// The id as it stands in a row.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }

    /// The id read from a row.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn of(material: &[u8], purpose: &str) -> Self {
        let derived = subkey(material, purpose, &[b"id"]);
        let [a, b, c, d, e, f, g, h, ..] = *derived.expose();
        Self([a, b, c, d, e, f, g, h])
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// A key encrypted under another key. It is no secret: whoever holds it still needs the other key.
#[derive(Clone, PartialEq, Eq)]
pub struct WrappedKey(pub Vec<u8>);

impl WrappedKey {
    /// The bytes, as they stand in a row.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Which key wrapped it. Authenticated only when it is unwrapped.
    ///
    /// # Errors
    /// [`DoesNotOpen`] where it is cut short or of an unknown version.
    pub fn wrapped_by(&self) -> Result<KeyId, DoesNotOpen> {
        self.header().map(|header| header.wrapper)
    }

    /// The generation of the key inside. Authenticated only when it is unwrapped.
    ///
    /// # Errors
    /// [`DoesNotOpen`] where it is cut short or of an unknown version.
    pub fn generation(&self) -> Result<u32, DoesNotOpen> {
        self.header().map(|header| header.generation)
    }

    fn header(&self) -> Result<Header<'_>, DoesNotOpen> {
        match self.0.as_slice() {
            [VERSION, a, b, c, d, e, f, g, h, i, j, k, l, sealed @ ..] if self.0.len() == WHOLE => Ok(Header {
                wrapper: KeyId([*a, *b, *c, *d, *e, *f, *g, *h]),
                generation: u32::from_be_bytes([*i, *j, *k, *l]),
                sealed,
            }),
            [VERSION, ..] if self.0.len() > WHOLE => Err(DoesNotOpen::NotAuthentic),
            [] | [VERSION, ..] => Err(DoesNotOpen::CutShort),
            [version, ..] => Err(DoesNotOpen::UnknownVersion(*version)),
        }
    }
}

impl fmt::Debug for WrappedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WrappedKey({} bytes)", self.0.len())
    }
}

struct Header<'a> {
    wrapper: KeyId,
    generation: u32,
    sealed: &'a [u8],
}

/// What kind of key is wrapped, and whose: it unwraps as nothing else.
pub(crate) struct Wrapping(Vec<u8>);

impl Wrapping {
    /// The kind, e.g. `data key`, and whose it is: ids and names, in an order of the kind's own.
    pub(crate) fn of(kind: &str, owner: &[&[u8]]) -> Self {
        Self(joined(kind, owner))
    }
}

/// A key that wraps other keys.
pub(crate) struct KeyEncryptionKey {
    id: KeyId,
    key: Aes256Gcm,
}

impl KeyEncryptionKey {
    /// Derives the wrapping key for one purpose from key material with at least 128 bits of entropy.
    pub(crate) fn derived(material: &[u8], purpose: &str) -> Self {
        Self { id: KeyId::of(material, purpose), key: Aes256Gcm::new(subkey(material, purpose, &[b"key"]).expose()) }
    }

    pub(crate) const fn id(&self) -> KeyId {
        self.id
    }

    /// A new key of 256 random bits, and itself wrapped.
    pub(crate) fn create(&self, wrapping: &Wrapping, entropy: &dyn Entropy) -> (Secret<[u8; KEY]>, WrappedKey) {
        let secret = Secret::filled(|out| entropy.fill(out));
        let wrapped = self.wrap(wrapping, FIRST, &secret, entropy);
        (secret, wrapped)
    }

    /// The same key, of the same generation, that another one wrapped until now.
    pub(crate) fn take_over(
        &self,
        from: &Self,
        wrapping: &Wrapping,
        wrapped: &WrappedKey,
        entropy: &dyn Entropy,
    ) -> Result<WrappedKey, DoesNotOpen> {
        let (secret, generation) = from.unwrap(wrapping, wrapped)?;
        Ok(self.wrap(wrapping, generation, &secret, entropy))
    }

    pub(crate) fn wrap(
        &self,
        wrapping: &Wrapping,
        generation: u32,
        secret: &Secret<[u8; KEY]>,
        entropy: &dyn Entropy,
    ) -> WrappedKey {
        let mut bytes = Vec::with_capacity(WHOLE);
        bytes.push(VERSION);
        bytes.extend_from_slice(self.id.as_bytes());
        bytes.extend_from_slice(&generation.to_be_bytes());
        self.key.seal_onto(&mut bytes, &self.bound_to(wrapping, generation), secret.expose(), entropy);
        WrappedKey(bytes)
    }

    /// The key inside, and its generation.
    pub(crate) fn unwrap(
        &self,
        wrapping: &Wrapping,
        wrapped: &WrappedKey,
    ) -> Result<(Secret<[u8; KEY]>, u32), DoesNotOpen> {
        let header = wrapped.header()?;
        if header.wrapper != self.id {
            return Err(DoesNotOpen::OtherKey { needs: header.wrapper, given: self.id });
        }
        let bound = self.bound_to(wrapping, header.generation);
        let plaintext = self.key.open(&bound, header.sealed).ok_or(DoesNotOpen::NotAuthentic)?;
        let secret = Secret::copied(&plaintext).ok_or(DoesNotOpen::NotAuthentic)?;
        Ok((secret, header.generation))
    }

    fn bound_to(&self, wrapping: &Wrapping, generation: u32) -> Vec<u8> {
        joined("coffer/v1/wrapped key", &[&[VERSION], self.id.as_bytes(), &generation.to_be_bytes(), &wrapping.0])
    }
}

#[cfg(test)]
mod tests;
