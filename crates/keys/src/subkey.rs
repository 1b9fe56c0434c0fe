//! HKDF-SHA256 (RFC 5869): keys for single purposes, out of one key.

use crate::Secret;
use crate::encoding::joined;
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};

/// The salt of every derivation of our own: not secret, it separates Coffer's keys from anybody else's.
const SALT: &[u8] = b"coffer/v1/hkdf";

/// The key for one purpose, from key material with at least 128 bits of entropy.
pub(crate) fn subkey(material: &[u8], purpose: &str, context: &[&[u8]]) -> Secret<[u8; 32]> {
    derived(SALT, material, &joined(purpose, context))
}

/// Thirty-two bytes of HKDF-SHA256, for formats that prescribe salt and info.
#[expect(clippy::expect_used, reason = "HKDF fails only for more than 255 blocks of output")]
pub(crate) fn derived(salt: &[u8], material: &[u8], info: &[u8]) -> Secret<[u8; 32]> {
    Secret::filled(|out| expand(salt, material, info, out).expect("32 bytes are one block"))
}

/// HKDF-SHA256 into a buffer of any length, or `None` where it is longer than 255 blocks.
pub(crate) fn expand(salt: &[u8], material: &[u8], info: &[u8], out: &mut [u8]) -> Option<()> {
    let key = Salt::new(HKDF_SHA256, salt).extract(material);
    key.expand(&[info], Length(out.len())).ok()?.fill(out).ok()
}

#[derive(Clone, Copy)]
struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}
