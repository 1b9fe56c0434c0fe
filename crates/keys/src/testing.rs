#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
//! What the tests of this crate share: entropy from a seed, and a few fixed keys.

use crate::{BusinessKeys, RootKey, WrappedKey};
use aws_lc_rs::digest::{SHA256, digest};
use coffer_kernel::{BusinessId, Entropy, TypedId};
use std::sync::atomic::{AtomicU64, Ordering};

/// Deterministic bytes: SHA-256 of a seed and a counter. Two draws never give the same.
pub(crate) struct Seeded {
    seed: u64,
    drawn: AtomicU64,
}

pub(crate) const fn seeded(seed: u64) -> Seeded {
    Seeded { seed, drawn: AtomicU64::new(0) }
}

impl Entropy for Seeded {
    fn fill(&self, out: &mut [u8]) {
        for chunk in out.chunks_mut(32) {
            let count = self.drawn.fetch_add(1, Ordering::Relaxed);
            let block = digest(&SHA256, &[self.seed.to_be_bytes(), count.to_be_bytes()].concat());
            for (out, byte) in chunk.iter_mut().zip(block.as_ref()) {
                *out = *byte;
            }
        }
    }
}

pub(crate) fn business(last: u8) -> BusinessId {
    let mut bytes = [7; 16];
    bytes[15] = last;
    BusinessId::from_bytes(bytes)
}

/// A root key, and the keys of one business under it.
pub(crate) fn keys(seed: u64) -> (RootKey, BusinessKeys, WrappedKey) {
    let entropy = seeded(seed);
    let root = RootKey::generate(&entropy);
    let (keys, wrapped) = BusinessKeys::create(&root, business(1), &entropy);
    (root, keys, wrapped)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).map(|d| d.try_into().unwrap()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}
