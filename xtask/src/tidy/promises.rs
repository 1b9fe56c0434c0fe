//! A proof names something that is promised, and stands above a test.

use crate::controls::promised;
use crate::proofs::{self, control};

/// Proofs of unknown ids, and proofs without a test.
pub(crate) fn check() -> Vec<String> {
    let promised = match promised() {
        Ok(promised) => promised,
        Err(why) => return vec![why],
    };
    let known = |id: &str| promised.values().flatten().any(|(promised, _)| promised == control(id));
    let mut broken = Vec::new();
    for proof in proofs::all() {
        broken.extend(
            proof.ids.iter().filter(|id| !known(id)).map(|id| format!("{}: nothing is promised as {id}", proof.path)),
        );
        if proof.test.is_empty() {
            broken.push(format!("{}: a proof without a test", proof.path));
        }
    }
    broken
}
