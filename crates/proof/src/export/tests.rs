#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::{Finding, Writer, verify};
use crate::checkpoint::Checkpoint;
use crate::fixtures::Signer;
use crate::hash::leaf_hash;
use crate::tree::Frontier;

/// An export with a checkpoint behind every third leaf and behind the last.
fn export(texts: &[String], signer: &Signer) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), &signer.name).unwrap();
    let mut frontier = Frontier::new();
    for text in texts {
        writer.leaf(text.as_bytes()).unwrap();
        frontier.append(leaf_hash(text.as_bytes()));
        if frontier.size().is_multiple_of(3) || frontier.size() == texts.len() as u64 {
            writer.checkpoint(&signer.sign(frontier.head())).unwrap();
        }
    }
    writer.finish().unwrap()
}

/// The same leaves with the checkpoints of the true log: what somebody without the key can make.
fn forged(texts: &[String], truth: &[String], signer: &Signer) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), &signer.name).unwrap();
    let mut frontier = Frontier::new();
    for (place, text) in texts.iter().enumerate() {
        writer.leaf(text.as_bytes()).unwrap();
        frontier.extend(truth.get(place).map(|text| leaf_hash(text.as_bytes())));
        if (place + 1).is_multiple_of(3) || place + 1 == truth.len() {
            writer.checkpoint(&signer.sign(frontier.head())).unwrap();
        }
    }
    writer.finish().unwrap()
}

fn texts() -> Vec<String> {
    (0..20).map(|number| format!("record {number}\nwith a line end")).collect()
}

// proves: C74.a, D10
#[test]
fn a_true_export_verifies_and_every_change_to_any_leaf_is_found() {
    let signer = Signer::new(1);
    let truth = texts();
    let verified = verify(export(&truth, &signer).as_slice(), &signer.key(), None).unwrap();
    assert_eq!((verified.head.size, verified.checkpoints), (20, 7));
    for place in 0..truth.len() {
        let mut altered = truth.clone();
        altered[place].push('!');
        let mut removed = truth.clone();
        removed.remove(place);
        let mut doubled = truth.clone();
        doubled.insert(place, truth[place].clone());
        let mut swapped = truth.clone();
        swapped.swap(place, (place + 1) % truth.len());
        for attack in [altered, removed, doubled, swapped] {
            let outcome = verify(forged(&attack, &truth, &signer).as_slice(), &signer.key(), None);
            assert!(matches!(outcome, Err(Finding::Altered(_) | Finding::Unsigned { .. })), "{place}: {outcome:?}");
        }
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let signer = Signer::new(1);
    let file = export(&texts(), &signer);
    for length in 0..file.len() {
        assert!(verify(&file[..length], &signer.key(), None).is_err(), "{length}");
    }
    let mut longer = file;
    longer.push(b'\n');
    assert!(verify(longer.as_slice(), &signer.key(), None).is_err());
}

#[test]
fn another_key_is_refused() {
    let file = export(&texts(), &Signer::new(1));
    assert!(matches!(verify(file.as_slice(), &Signer::new(2).key(), None), Err(Finding::Checkpoint { .. })));
}

#[test]
fn a_log_rewritten_by_its_own_key_is_found_with_a_kept_checkpoint() {
    let signer = Signer::new(1);
    let truth = texts();
    let kept: Frontier = truth.iter().take(9).map(|text| leaf_hash(text.as_bytes())).collect();
    let kept = Checkpoint::open(&signer.sign(kept.head()), &signer.key()).unwrap();
    assert!(verify(export(&truth, &signer).as_slice(), &signer.key(), Some(&kept)).is_ok());
    let mut rewritten = truth.clone();
    rewritten[4] = "another past".to_owned();
    for log in [export(&rewritten, &signer), export(&truth[..6], &signer)] {
        let outcome = verify(log.as_slice(), &signer.key(), Some(&kept));
        assert!(matches!(outcome, Err(Finding::Rewritten { .. })), "{outcome:?}");
    }
}
