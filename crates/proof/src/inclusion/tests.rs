#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::InclusionProof;
use crate::fixtures::{head, leaves};
use crate::hash::EMPTY_ROOT;
use crate::tree::LeafHashes;

#[test]
fn every_leaf_of_every_tree_is_proved_and_no_other() {
    let all = leaves(70);
    for size in 1..=70 {
        let tree = &all[..size];
        for (index, leaf) in tree.iter().enumerate() {
            let proof = InclusionProof::make(&LeafHashes(tree), index as u64, size as u64).unwrap();
            assert_eq!(proof.verify(leaf, &head(tree)), Ok(()));
            assert!(proof.verify(&EMPTY_ROOT, &head(tree)).is_err());
            let elsewhere = InclusionProof::new((index as u64 + 1) % size as u64, size as u64, proof.path().to_vec());
            assert!(size == 1 || elsewhere.is_err() || elsewhere.unwrap().verify(leaf, &head(tree)).is_err());
            for place in 0..proof.path().len() {
                let mut path = proof.path().to_vec();
                path[place] = EMPTY_ROOT;
                assert!(
                    InclusionProof::new(index as u64, size as u64, path).unwrap().verify(leaf, &head(tree)).is_err()
                );
            }
        }
    }
}
