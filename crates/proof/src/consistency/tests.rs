#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::ConsistencyProof;
use crate::fixtures::{head, leaves};
use crate::hash::EMPTY_ROOT;
use crate::tree::LeafHashes;

#[test]
fn every_tree_continues_every_earlier_one_and_no_other() {
    let all = leaves(70);
    for new in 1..=70 {
        for old in 0..=new {
            let (before, after) = (head(&all[..old]), head(&all[..new]));
            let proof = ConsistencyProof::make(&LeafHashes(&all[..new]), old as u64, new as u64).unwrap();
            assert_eq!(proof.verify(&before, &after), Ok(()), "{old} {new}");
            let mut wrong = before;
            wrong.root = all[0];
            assert!(old == 1 || proof.verify(&wrong, &after).is_err(), "{old} {new}");
            for place in 0..proof.path().len() {
                let mut path = proof.path().to_vec();
                path[place] = EMPTY_ROOT;
                let forged = ConsistencyProof::new(old as u64, new as u64, path).unwrap();
                assert!(forged.verify(&before, &after).is_err());
            }
        }
    }
}
