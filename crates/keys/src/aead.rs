//! AES-256-GCM with a random nonce: how every sealed thing of this crate is sealed, archives apart.
//!
//! NIST SP 800-38D §8.3 allows 2³² messages under one key with random 96-bit nonces. A data key belongs to one person
//! and sees a few thousand; the keys that wrap other keys see one message for each key they wrap.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use coffer_kernel::Entropy;
use zeroize::Zeroizing;

/// The bytes of a nonce, in front of the ciphertext.
pub(crate) const NONCE: usize = 12;
/// The bytes of the tag, behind the ciphertext.
pub(crate) const TAG: usize = 16;

/// A prepared AES-256-GCM key: the key schedule is computed once.
pub(crate) struct Aes256Gcm(LessSafeKey);

impl Aes256Gcm {
    /// Prepares a key.
    #[expect(clippy::expect_used, reason = "a key of 32 bytes is refused only where memory has run out")]
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("32 bytes are an AES-256 key")))
    }

    /// Appends a fresh nonce, the ciphertext and its tag to `blob`.
    pub(crate) fn seal_onto(&self, blob: &mut Vec<u8>, aad: &[u8], plaintext: &[u8], entropy: &dyn Entropy) {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce);
        self.seal_with_nonce(blob, nonce, aad, plaintext);
    }

    #[expect(clippy::expect_used, reason = "only a plaintext of 64 GiB or lack of memory makes sealing fail")]
    pub(crate) fn seal_with_nonce(&self, blob: &mut Vec<u8>, nonce: [u8; NONCE], aad: &[u8], plaintext: &[u8]) {
        blob.extend_from_slice(&nonce);
        let start = blob.len();
        blob.extend_from_slice(plaintext);
        let (_, body) = blob.split_at_mut(start);
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self.0.seal_in_place_separate_tag(nonce, Aad::from(aad), body).expect("a field is far below 64 GiB");
        blob.extend_from_slice(tag.as_ref());
    }

    /// Opens what [`Self::seal_onto`] appended, or nothing at all.
    pub(crate) fn open(&self, aad: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
        let (ciphertext, tag) = rest.split_last_chunk::<TAG>()?;
        let mut plaintext = Zeroizing::new(vec![0; ciphertext.len()]);
        let nonce = Nonce::assume_unique_for_key(*nonce);
        self.0.open_separate_gather(nonce, Aad::from(aad), ciphertext, tag, &mut plaintext).ok()?;
        Some(plaintext)
    }
}
