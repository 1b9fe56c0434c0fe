//! The recovery sheet: the root key on paper, so that a dead disk never ends a business.
//!
//! The sheet carries a random code. The key derived from it wraps the root key, and the wrapped root key is kept with
//! the data and in every backup: paper and backup together open the data, and neither does alone.
//!
//! The wrapping key comes from the code by HKDF-SHA256, without a slow password hash: slow hashes make guessing dear
//! where people choose the secret. This one is 130 random bits, and no computer tries 2¹³⁰ of anything.

mod code;
mod slips;

pub use code::{GROUP, GROUPS, slip};
pub use slips::{NotTheCode, Slip, WrongGroup};

use crate::wrap::{FIRST, KeyEncryptionKey, Wrapping};
use crate::{DoesNotOpen, KeyId, RootKey, Secret, WrappedKey};
use code::Code;
use coffer_kernel::Entropy;
use std::fmt;

/// A sheet that was just made. It is shown once, printed, tried, and forgotten.
pub struct RecoverySheet {
    code: Code,
    id: KeyId,
}

impl RecoverySheet {
    /// A new sheet for a root key, and the wrapped root key that only it opens. Sheets made before stay good for as
    /// long as their own wrapped keys are kept.
    #[must_use]
    pub fn create(root: &RootKey, entropy: &dyn Entropy) -> (Self, WrappedKey) {
        let code = Code::random(entropy);
        let wrapping = wrapping_key(&code);
        let wrapped = wrapping.wrap(&root_key(), FIRST, root.secret(), entropy);
        (Self { code, id: wrapping.id() }, wrapped)
    }

    /// The groups in order, each of [`GROUP`] characters, to be printed with their numbers from 1.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        let (groups, _) = self.code.expose().as_chunks::<GROUP>();
        groups.iter().map(|group| std::str::from_utf8(group).unwrap_or_default())
    }

    /// The code on one line, groups apart, as it may be typed in again.
    #[must_use]
    pub fn text(&self) -> Secret<String> {
        let mut text = String::with_capacity(GROUPS * (GROUP + 1));
        for (index, group) in self.groups().enumerate() {
            text.extend((index > 0).then_some(' '));
            text.push_str(group);
        }
        Secret::new(text)
    }

    /// The sheet's public name, the same as [`WrappedKey::wrapped_by`] of what it opens. It may be printed on it.
    #[must_use]
    pub const fn id(&self) -> KeyId {
        self.id
    }
}

/// The root key, from the code somebody typed and the wrapped root key out of the data directory or a backup.
///
/// # Errors
/// [`RecoveryRefused`]: it names the groups that were mistyped, or says that the sheet is another one.
pub fn recover(typed: &str, wrapped: &WrappedKey) -> Result<RootKey, RecoveryRefused> {
    let code = Code::parse(typed).map_err(RecoveryRefused::Code)?;
    match wrapping_key(&code).unwrap(&root_key(), wrapped) {
        Ok((secret, _)) => Ok(RootKey::new(secret)),
        Err(DoesNotOpen::OtherKey { needs, given }) => Err(RecoveryRefused::OtherSheet { needs, given }),
        Err(damaged) => Err(RecoveryRefused::Damaged(damaged)),
    }
}

/// The root key was not recovered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecoveryRefused {
    /// What was typed does not stand on any sheet.
    Code(NotTheCode),
    /// It stands on a sheet, but on another than this data was wrapped for.
    OtherSheet {
        /// The sheet the data asks for.
        needs: KeyId,
        /// The sheet the code is from.
        given: KeyId,
    },
    /// The wrapped root key itself is damaged.
    Damaged(DoesNotOpen),
}

impl fmt::Display for RecoveryRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => code.fmt(f),
            Self::OtherSheet { needs, given } => write!(
                f,
                "The code is typed correctly, but it is from sheet {given}, and this data needs sheet {needs}. Look \
                 for the other sheet, or for a backup from the time of this one."
            ),
            Self::Damaged(_) => write!(
                f,
                "The code is typed correctly, but the stored copy of the key it opens is damaged. Take that copy from \
                 a backup; the sheet is still good."
            ),
        }
    }
}

impl std::error::Error for RecoveryRefused {}

fn wrapping_key(code: &Code) -> KeyEncryptionKey {
    KeyEncryptionKey::derived(code.expose(), "coffer/v1/recovery sheet")
}

fn root_key() -> Wrapping {
    Wrapping::of("root key", &[])
}

#[cfg(test)]
mod tests;
