//! The X25519 recipient of age: how the file key is wrapped in the header.

use super::{ArchiveKey, ArchiveRecipient, ArchiveRefused};
use crate::Secret;
use crate::subkey::derived;
use aws_lc_rs::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{PrivateKey, UnparsedPublicKey, X25519, agree};
use coffer_kernel::Entropy;
use zeroize::Zeroizing;

/// The bytes of a wrapped file key: the key and its tag.
pub(super) const WRAPPED: usize = 32;
const INFO: &[u8] = b"age-encryption.org/v1/X25519";

/// The file key, wrapped for one recipient with an ephemeral key pair: the ephemeral share, and what only the
/// recipient unwraps.
pub(super) fn wrap(
    file_key: &Secret<[u8; 16]>,
    recipient: &ArchiveRecipient,
    entropy: &dyn Entropy,
) -> Result<([u8; 32], [u8; WRAPPED]), ArchiveRefused> {
    let ephemeral = Secret::filled(|out| entropy.fill(out));
    let share = public_key(&ephemeral);
    let shared = shared_secret(&ephemeral, &recipient.0).ok_or(ArchiveRefused::Recipient)?;
    let key = wrapping_key(&shared, &share, &recipient.0);
    let mut wrapped = [0; WRAPPED];
    let (body, tag) = wrapped.split_at_mut(16);
    body.copy_from_slice(file_key.expose());
    let sealed = key.seal_in_place_separate_tag(zero_nonce(), Aad::empty(), body);
    tag.copy_from_slice(sealed.map_err(|_| ArchiveRefused::Recipient)?.as_ref());
    Ok((share, wrapped))
}

/// The file key, where it was wrapped for this key; `None` where it was wrapped for another.
pub(super) fn unwrap(
    key: &ArchiveKey,
    share: &[u8; 32],
    wrapped: &[u8; WRAPPED],
) -> Result<Option<Secret<[u8; 16]>>, ArchiveRefused> {
    // A share of low order gives no secret at all; the format tells to abort, not to try the next.
    let shared = shared_secret(key.scalar(), share).ok_or(ArchiveRefused::Header)?;
    let wrapping = wrapping_key(&shared, share, &key.recipient().0);
    let mut opened = Zeroizing::new(*wrapped);
    match wrapping.open_in_place(zero_nonce(), Aad::empty(), opened.as_mut_slice()) {
        Ok(file_key) => Ok(Secret::copied(file_key)),
        Err(_) => Ok(None),
    }
}

/// The public key of a secret scalar (RFC 7748 §5).
#[expect(clippy::expect_used, reason = "every 32 bytes are an X25519 scalar, and have a public key")]
pub(super) fn public_key(scalar: &Secret<[u8; 32]>) -> [u8; 32] {
    let key = PrivateKey::from_private_key(&X25519, scalar.expose()).expect("32 bytes are a scalar");
    let mut public = [0; 32];
    public.copy_from_slice(key.compute_public_key().expect("a scalar has a public key").as_ref());
    public
}

fn shared_secret(scalar: &Secret<[u8; 32]>, public: &[u8; 32]) -> Option<Secret<[u8; 32]>> {
    let key = PrivateKey::from_private_key(&X25519, scalar.expose()).ok()?;
    let peer = UnparsedPublicKey::new(&X25519, public.as_slice());
    agree(&key, peer, (), |shared| Secret::copied(shared).ok_or(())).ok()
}

#[expect(clippy::expect_used, reason = "a key of 32 bytes is refused only where memory has run out")]
fn wrapping_key(shared: &Secret<[u8; 32]>, share: &[u8; 32], recipient: &[u8; 32]) -> LessSafeKey {
    let key = derived(&[share.as_slice(), recipient].concat(), shared.expose(), INFO);
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key.expose()).expect("32 bytes are a key"))
}

/// Each wrapping key wraps one file key, so the format fixes the nonce.
fn zero_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}
