#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::{Checkpoint, SignedNote, VerifierKey};
use crate::fixtures::{Signer, head, leaves};

#[test]
fn a_key_of_gos_sumdb_reads_back() {
    let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let key: VerifierKey = text.parse().unwrap();
    assert_eq!(key.to_string(), text);
    assert!("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".parse::<VerifierKey>().is_err());
}

#[test]
fn the_published_note_of_that_key_verifies() {
    let key: VerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".parse().unwrap();
    let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    assert!(SignedNote::parse(note.as_bytes()).unwrap().verify(&key).is_ok());
    let altered = note.replacen("answer", "anSwer", 1);
    assert!(SignedNote::parse(altered.as_bytes()).unwrap().verify(&key).is_err());
}

#[test]
fn any_altered_byte_of_a_checkpoint_is_refused() {
    let signer = Signer::new(3);
    let note = signer.sign(head(&leaves(5)));
    assert!(Checkpoint::open(&note, &signer.key()).is_ok());
    for place in 0..note.len() {
        let mut altered = note.clone();
        altered[place] ^= 1;
        assert!(Checkpoint::open(&altered, &signer.key()).is_err(), "{place}");
    }
}
