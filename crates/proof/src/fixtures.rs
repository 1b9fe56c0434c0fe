//! A log to test with: leaves, and a key that signs its heads.

#![allow(clippy::unwrap_used, reason = "tests")]

use crate::checkpoint::{Checkpoint, KeyName, SignedNote, VerifierKey};
use crate::hash::{Hash, leaf_hash};
use crate::tree::{Frontier, TreeHead};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

pub(crate) struct Signer {
    pair: Ed25519KeyPair,
    pub(crate) name: KeyName,
}

impl Signer {
    pub(crate) fn new(seed: u8) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
        Self { pair, name: "coffer/test".parse().unwrap() }
    }

    pub(crate) fn key(&self) -> VerifierKey {
        VerifierKey::ed25519(self.name.clone(), self.pair.public_key().as_ref().try_into().unwrap())
    }

    pub(crate) fn sign(&self, head: TreeHead) -> Vec<u8> {
        let body = Checkpoint::new(self.name.as_str(), head).unwrap().note_body();
        let signature = self.pair.sign(body.as_bytes());
        SignedNote::assemble(&body, self.name.clone(), self.key().id(), signature.as_ref())
            .unwrap()
            .to_string()
            .into_bytes()
    }
}

pub(crate) fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|number| leaf_hash(format!("leaf {number}").as_bytes())).collect()
}

pub(crate) fn head(leaves: &[Hash]) -> TreeHead {
    leaves.iter().copied().collect::<Frontier>().head()
}

/// The eight leaves that Certificate Transparency's own tests use.
pub(crate) fn ct_leaves() -> [&'static [u8]; 8] {
    [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", b"PQRSTUVW", b"`abcdefghijklmno"]
}

/// A hash written in hexadecimal.
pub(crate) fn hex(text: &str) -> Hash {
    let bytes: Vec<u8> =
        (0..32).map(|place| u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).unwrap()).collect();
    Hash::from_bytes(bytes.try_into().unwrap())
}
