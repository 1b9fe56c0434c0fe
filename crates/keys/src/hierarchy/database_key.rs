//! The key of the whole database file.

use crate::wrap::{FIRST, Wrapping};
use crate::{DoesNotOpen, RootKey, Secret, WrappedKey};
use coffer_kernel::Entropy;

/// The raw 256-bit key that SQLCipher encrypts the database file with (control C01), wrapped by the root.
pub struct DatabaseKey(Secret<[u8; 32]>);

impl DatabaseKey {
    /// A new key for a new database, and the wrapped key to be kept.
    #[must_use]
    pub fn create(root: &RootKey, entropy: &dyn Entropy) -> (Self, WrappedKey) {
        let (secret, wrapped) = root.wrapping().create(&wrapping(), entropy);
        (Self(secret), wrapped)
    }

    /// The key, from its wrapped key.
    ///
    /// # Errors
    /// [`DoesNotOpen`] where it was wrapped by another root, is no database key, or was altered.
    pub fn unwrap(root: &RootKey, wrapped: &WrappedKey) -> Result<Self, DoesNotOpen> {
        Ok(Self(root.wrapping().unwrap(&wrapping(), wrapped)?.0))
    }

    /// The same key under a new root. The database itself need not be written anew.
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

    /// The key that was handed out by [`Self::expose_hex`]; [`None`] where it is none.
    #[must_use]
    pub fn from_hex(hex: &Secret<String>) -> Option<Self> {
        let hex = hex.expose().as_bytes();
        let mut whole = hex.len() == 64;
        let mut digits =
            hex.iter().map(|digit| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok()));
        let secret = Secret::filled(|out| {
            for byte in out {
                match (digits.next().flatten(), digits.next().flatten()) {
                    (Some(high), Some(low)) => *byte = high << 4 | low,
                    _ => whole = false,
                }
            }
        });
        whole.then_some(Self(secret))
    }

    /// The key, wrapped once more: for a copy that goes elsewhere.
    #[must_use]
    pub fn wrap(&self, root: &RootKey, entropy: &dyn Entropy) -> WrappedKey {
        root.wrapping().wrap(&wrapping(), FIRST, &self.0, entropy)
    }

    /// The key as 64 hexadecimal digits, to stand between `x'` and `'` in SQLCipher's raw key.
    #[must_use]
    pub fn expose_hex(&self) -> Secret<String> {
        let mut hex = String::with_capacity(64);
        for byte in self.0.expose() {
            for nibble in [byte >> 4, byte & 15] {
                hex.extend(char::from_digit(u32::from(nibble), 16));
            }
        }
        Secret::new(hex)
    }
}

fn wrapping() -> Wrapping {
    Wrapping::of("database key", &[])
}
