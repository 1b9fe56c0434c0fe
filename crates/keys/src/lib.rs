//! Keys: the only crate that touches cryptographic primitives.
//!
//! From the outside in: a [`RootProvider`] unlocks the [`RootKey`], which is never kept beside the data. The root wraps
//! one key for each business ([`BusinessKeys`]), from which the keys for each purpose are derived. A business's key
//! wraps the two [`DataKey`]s of every person its data is about, and a data key seals fields, each bound to its place.
//! Forgetting a data key erases what it sealed, in every copy and every backup.
//!
//! The other rooms of this crate: [`recovery`] (the root key on a sheet of paper), [`key_file`] (the root key in a
//! file), [`archive`] (files of backups), [`sign`] (heads of the log), [`token`] (bearer secrets), [`password`] and
//! [`totp`] (what people prove themselves with). [`inventory`] lists every primitive in use and why.
//!
//! It refuses: to show a secret through `Debug`, `Display` or a serializer ([`Secret`] has none); to open anything
//! moved, altered, cut short or of an unknown version; to read entropy, the clock or the environment by itself
//! (only [`SystemEntropy`] does, for `main` to hand out).

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss
    )
)]

mod aead;
mod encoding;
mod subkey;

pub mod archive;
pub mod does_not_open;
pub mod entropy;
pub mod fingerprint;
pub mod hierarchy;
pub mod inventory;
pub mod key_file;
pub mod password;
pub mod recovery;
pub mod root;
pub mod seal;
pub mod secret;
pub mod sign;
pub mod token;
pub mod totp;
pub mod wrap;

pub use does_not_open::DoesNotOpen;
pub use entropy::SystemEntropy;
pub use hierarchy::{BusinessKeys, DatabaseKey, RowDigest};
pub use key_file::{KeyFile, KeyFileRefused};
pub use recovery::RecoverySheet;
pub use root::{RootKey, RootKeyId, RootProvider, RootUnavailable};
pub use seal::{Class, DataKey, KeyTag, Place, Sealed};
pub use secret::Secret;
pub use sign::LogSigner;
pub use token::{Token, TokenHash, TokenKind};
pub use wrap::{KeyId, WrappedKey};

#[cfg(test)]
mod golden;
#[cfg(test)]
mod known_answers;
#[cfg(test)]
mod silence;
#[cfg(test)]
mod testing;
