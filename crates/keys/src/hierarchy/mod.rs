//! A business's keys: one random key, wrapped by the root, and from it a key for each purpose.
//!
//! The business key itself encrypts nothing and is forgotten once its subkeys are derived (HKDF-SHA256). They wrap the
//! data keys of the business's people, index names without showing them, and take keyed digests that mean nothing to
//! anybody who lacks the key. The installation has such keys too, under [`BusinessId::INSTALLATION`].
//!
//! Dropping a [`BusinessKeys`] wipes every key in it: that is what sealing a business in memory means.

mod carried;
mod cursor;
mod database_key;
mod row_digest;
mod voucher;

pub use database_key::DatabaseKey;
pub use row_digest::RowDigest;

use crate::aead::Aes256Gcm;
use crate::encoding::joined;
use crate::subkey::subkey;
use crate::wrap::{FIRST, KeyEncryptionKey, Wrapping};
use crate::{Class, DataKey, DoesNotOpen, KeyId, KeyTag, RootKey, Secret, WrappedKey};
use aws_lc_rs::hmac;
use coffer_kernel::{BusinessId, Entropy};

/// Everything that can be done with the keys of one business.
pub struct BusinessKeys {
    business: BusinessId,
    generation: u32,
    wrapping: KeyEncryptionKey,
    blind_index: hmac::Key,
    row_digest: hmac::Key,
    receipt: hmac::Key,
    tally: hmac::Key,
    record: hmac::Key,
    door: hmac::Key,
    pepper: (KeyId, hmac::Key),
    cursor: Aes256Gcm,
}

impl BusinessKeys {
    /// New keys for a business, and the wrapped key to be kept.
    #[must_use]
    pub fn create(root: &RootKey, business: BusinessId, entropy: &dyn Entropy) -> (Self, WrappedKey) {
        let (secret, wrapped) = root.wrapping().create(&business_key(business), entropy);
        (Self::derived(business, FIRST, &secret), wrapped)
    }

    /// The keys of a business, from its wrapped key.
    ///
    /// # Errors
    /// [`DoesNotOpen`] where it was wrapped by another root or for another business, or was altered.
    pub fn unwrap(root: &RootKey, business: BusinessId, wrapped: &WrappedKey) -> Result<Self, DoesNotOpen> {
        let (secret, generation) = root.wrapping().unwrap(&business_key(business), wrapped)?;
        Ok(Self::derived(business, generation, &secret))
    }

    /// The same business key under a new root: what rotating the root does to each business.
    ///
    /// # Errors
    /// [`DoesNotOpen`] as for [`Self::unwrap`]; nothing is lost then.
    pub fn rewrap(
        old_root: &RootKey,
        new_root: &RootKey,
        business: BusinessId,
        wrapped: &WrappedKey,
        entropy: &dyn Entropy,
    ) -> Result<WrappedKey, DoesNotOpen> {
        new_root.wrapping().take_over(old_root.wrapping(), &business_key(business), wrapped, entropy)
    }

    /// Whose keys these are.
    #[must_use]
    pub const fn business(&self) -> BusinessId {
        self.business
    }

    /// The generation of the business key.
    #[must_use]
    pub const fn generation(&self) -> u32 {
        self.generation
    }

    /// A new data key for a person's data of one class, and the wrapped key to be kept. Destroying the wrapped key in
    /// every keyring, and this one in memory, erases what it sealed.
    #[must_use]
    pub fn new_data_key(
        &self,
        subject: [u8; 16],
        class: Class,
        generation: u32,
        entropy: &dyn Entropy,
    ) -> (DataKey, WrappedKey) {
        let tag = KeyTag { subject, class, generation };
        let secret = Secret::filled(|out| entropy.fill(out));
        let wrapped = self.wrapping.wrap(&self.data_key(&tag), generation, &secret, entropy);
        (DataKey::new(tag, &secret), wrapped)
    }

    /// The data key with this tag, from its wrapped key.
    ///
    /// # Errors
    /// [`DoesNotOpen`] where it is of another business, subject, class or generation, or was altered.
    pub fn unwrap_data_key(&self, tag: KeyTag, wrapped: &WrappedKey) -> Result<DataKey, DoesNotOpen> {
        let (secret, generation) = self.wrapping.unwrap(&self.data_key(&tag), wrapped)?;
        if generation != tag.generation {
            return Err(DoesNotOpen::OtherGeneration { needs: generation, given: tag.generation });
        }
        Ok(DataKey::new(tag, &secret))
    }

    /// The blind index of a value: equal values of one column have equal indexes, and that is all it tells
    /// (control C11). Equality and frequency within the column leak; nothing does across columns and businesses.
    ///
    /// The value comes in normalised (case, spaces, Unicode form) by whoever owns the column.
    #[must_use]
    pub fn blind_index(&self, table: &str, column: &str, normalised: &[u8]) -> [u8; 16] {
        let message = joined("coffer/v1/blind index", &[table.as_bytes(), column.as_bytes(), normalised]);
        first_half(&tag(&self.blind_index, &message))
    }

    /// A keyed digest of a row, to be fed with its parts.
    #[must_use]
    pub fn digest(&self) -> RowDigest {
        RowDigest::new(&self.row_digest)
    }

    /// The keyed hash of an order, kept in its receipt: it recognises the same order without keeping what it said.
    #[must_use]
    pub fn receipt_hash(&self, order: &[u8]) -> [u8; 32] {
        tag(&self.receipt, order)
    }

    /// The keyed hash under which attempts are counted, e.g. by sign-in name, without keeping the name.
    #[must_use]
    pub fn tally_hash(&self, who: &[u8]) -> [u8; 16] {
        first_half(&tag(&self.tally, who))
    }

    /// The mark of a record of the log: a keyed code over its bytes, so that what nobody wrote here is not signed.
    #[must_use]
    pub fn record_mark(&self, record: &[u8]) -> [u8; 16] {
        first_half(&tag(&self.record, record))
    }

    /// The pepper of passwords, and its public name.
    pub(crate) const fn pepper(&self) -> &(KeyId, hmac::Key) {
        &self.pepper
    }

    /// The key that wraps what belongs to this business and is no data key.
    pub(crate) const fn wrapping(&self) -> &KeyEncryptionKey {
        &self.wrapping
    }

    fn data_key(&self, tag: &KeyTag) -> Wrapping {
        Wrapping::of("data key", &[self.business.as_bytes(), &tag.subject, &[tag.class.code()]])
    }

    fn derived(business: BusinessId, generation: u32, secret: &Secret<[u8; 32]>) -> Self {
        let subkey = |purpose: &str| subkey(secret.expose(), purpose, &[business.as_bytes()]);
        let hmac_key = |purpose: &str| hmac::Key::new(hmac::HMAC_SHA256, subkey(purpose).expose());
        Self {
            business,
            generation,
            wrapping: KeyEncryptionKey::derived(secret.expose(), "coffer/v1/business"),
            blind_index: hmac_key("coffer/v1/blind index"),
            row_digest: hmac_key("coffer/v1/row digest"),
            receipt: hmac_key("coffer/v1/receipt"),
            tally: hmac_key("coffer/v1/tally"),
            record: hmac_key("coffer/v1/record"),
            door: hmac_key("coffer/v1/door"),
            pepper: (KeyId::of(secret.expose(), "coffer/v1/pepper"), hmac_key("coffer/v1/pepper")),
            cursor: Aes256Gcm::new(subkey("coffer/v1/cursor").expose()),
        }
    }
}

fn business_key(business: BusinessId) -> Wrapping {
    Wrapping::of("business key", &[business.as_bytes()])
}

fn tag(key: &hmac::Key, message: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    let tag = hmac::sign(key, message);
    out.copy_from_slice(tag.as_ref());
    out
}

fn first_half(tag: &[u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(tag.split_at(16).0);
    half
}

#[cfg(test)]
mod tests;
