//! Names, ids and public keys of those who sign notes (C2SP signed-note).

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64ct::{Base64, Encoding};

use crate::hash::sha256;

/// The signature type of Ed25519 in signed-note.
const ED25519_TYPE: u8 = 0x01;

/// The length of an Ed25519 public key (RFC 8032).
const PUBLIC_KEY_BYTES: usize = 32;

/// The longest key name, in bytes.
const MAX_NAME_BYTES: usize = 255;

/// The name of a key: not empty, without spaces, `+` and control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyName(String);

impl KeyName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeyName {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let fits = !text.is_empty() && text.len() <= MAX_NAME_BYTES;
        let refused = |char: char| char.is_whitespace() || char.is_control() || char == '+';
        if fits && !text.contains(refused) { Ok(Self(text.to_owned())) } else { Err(BadKey::Name) }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Which key of a name made a signature: the start of a hash over name, type and public
/// key. It tells keys apart and proves nothing. It displays as eight hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyId([u8; 4]);

impl KeyId {
    /// The id with these bytes, as a signature line carries them.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }

    /// The id of an Ed25519 key: SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), its first four
    /// bytes.
    #[must_use]
    pub fn ed25519(name: &KeyName, public_key: &[u8; PUBLIC_KEY_BYTES]) -> Self {
        let named = [name.0.as_bytes(), b"\n", &[ED25519_TYPE], public_key].concat();
        let [first, second, third, fourth, ..] = *sha256(&named).as_bytes();
        Self([first, second, third, fourth])
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 4] {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:08x}", u32::from_be_bytes(self.0))
    }
}

/// The public key of a log, with its name: all that is needed to check the log.
///
/// Text form: `name+id+base64(0x01 ‖ public key)`, as other tools read and write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: KeyName,
    id: KeyId,
    public_key: [u8; PUBLIC_KEY_BYTES],
}

impl VerifierKey {
    /// The Ed25519 key of this name.
    #[must_use]
    pub fn ed25519(name: KeyName, public_key: [u8; PUBLIC_KEY_BYTES]) -> Self {
        let id = KeyId::ed25519(&name, &public_key);
        Self { name, id, public_key }
    }

    /// The name of the key.
    #[must_use]
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// The id of the key.
    #[must_use]
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// Whether `signature` is this key's over `message`.
    pub(super) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.public_key).verify(message, signature).is_ok()
    }
}

impl FromStr for VerifierKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let (name, rest) = text.split_once('+').ok_or(BadKey::Parts)?;
        let (id, encoded) = rest.split_once('+').ok_or(BadKey::Parts)?;
        let mut typed_key = [0; 1 + PUBLIC_KEY_BYTES];
        let decoded = Base64::decode(encoded, &mut typed_key).map_err(|_| BadKey::Encoding)?;
        let (kind, public_key) = decoded.split_first().ok_or(BadKey::Encoding)?;
        if *kind != ED25519_TYPE {
            return Err(BadKey::UnknownType(*kind));
        }
        let public_key = public_key.try_into().map_err(|_| BadKey::Encoding)?;
        let key = Self::ed25519(name.parse()?, public_key);
        if key.id.to_string() == id { Ok(key) } else { Err(BadKey::WrongId { computed: key.id }) }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut typed_key = [ED25519_TYPE; 1 + PUBLIC_KEY_BYTES];
        typed_key[1..].copy_from_slice(&self.public_key);
        write!(out, "{}+{}+{}", self.name, self.id, Base64::encode_string(&typed_key))
    }
}

/// The text is not a verifier key or a key name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadKey {
    /// The name is empty, too long, or has a space, a `+` or a control character.
    Name,
    /// The three parts are not there.
    Parts,
    /// The last part is not the base64 of a type and an Ed25519 public key.
    Encoding,
    /// The signature type is not the one of Ed25519.
    UnknownType(u8),
    /// The id is not the one that name and public key have.
    WrongId {
        /// The id they have.
        computed: KeyId,
    },
}

impl fmt::Display for BadKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => write!(
                out,
                "A key name must have 1 to {MAX_NAME_BYTES} bytes and no space, plus sign or \
                 control character. Choose a name such as the address of the log.",
            ),
            Self::Parts => {
                out.write_str("A verifier key has three parts, name+id+key. Copy it again, whole and unchanged.")
            }
            Self::Encoding => out.write_str(
                "The last part of the verifier key is not the base64 of an Ed25519 public key. \
                 Copy it again, whole and unchanged.",
            ),
            Self::UnknownType(kind) => write!(
                out,
                "The verifier key is of signature type {kind:#04x}; only Ed25519, 0x01, is \
                 verified here. Ask for the log's Ed25519 key.",
            ),
            Self::WrongId { computed } => write!(
                out,
                "The id of the verifier key does not fit its name and public key, which have the \
                 id {computed}. It was mistyped or put together from two keys; copy it again.",
            ),
        }
    }
}

impl std::error::Error for BadKey {}
