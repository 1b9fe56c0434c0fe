//! A proof names something that is promised and stands above a test; a counter-proof can still be run; what is said to
//! be whole has for every clause a counter-proof that was seen to turn its test red.

use crate::controls::promised;
use crate::deep;
use crate::proofs::{self, Proof, control};
use crate::tidy::budgets::within_budget;
use std::collections::BTreeSet;

/// Proofs of unknown ids or without a test, counter-proofs that no longer apply, clauses without a counter-proof.
pub(crate) fn check() -> Vec<String> {
    let (promised, counters) = match (promised(), deep::read()) {
        (Ok(promised), Ok(counters)) => (promised, counters),
        (Err(why), _) | (_, Err(why)) => return vec![why],
    };
    let known = |id: &str| promised.values().flatten().any(|(promised, _)| promised == control(id));
    let proofs = proofs::all();
    let mut broken = Vec::new();
    for proof in &proofs {
        broken.extend(
            proof.ids.iter().filter(|id| !known(id)).map(|id| format!("{}: nothing is promised as {id}", proof.path)),
        );
        if proof.test.is_empty() {
            broken.push(format!("{}: a proof without a test", proof.path));
        }
    }
    broken.extend(counters.iter().filter_map(|counter| deep::unsound(counter, &proofs)));
    let red = deep::seen_red(&counters);
    let counters = counters.iter().filter(|counter| red.contains(&counter.mark()));
    let countered: Vec<&str> = counters.flat_map(|counter| counter.ids()).collect();
    let claimed: BTreeSet<&str> = proofs.iter().flat_map(|proof| &proof.ids).map(String::as_str).collect();
    let untried = claimed.iter().filter(|id| !countered.contains(id)).count();
    broken.extend(within_budget("clauses_without_counter_proof", untried));
    let whole = promised.values().flatten().filter(|(_, whole)| *whole);
    broken.extend(whole.flat_map(|(id, _)| without_counter(id, &proofs, &countered)));
    broken
}

/// The clauses of something that is said to be whole which nothing was seen to turn red.
fn without_counter(id: &str, proofs: &[Proof], countered: &[&str]) -> Vec<String> {
    let mut clauses: Vec<&str> =
        proofs.iter().flat_map(|proof| &proof.ids).map(String::as_str).filter(|known| control(known) == id).collect();
    clauses.sort_unstable();
    clauses.dedup();
    if clauses.is_empty() {
        return vec![format!("docs/controls.toml: {id} is said to be whole and has no proof")];
    }
    let lacks = clauses.into_iter().filter(|clause| !countered.contains(clause));
    lacks
        .map(|clause| {
            format!("docs/controls.toml: {id} is said to be whole, and of {clause} no counter-proof was seen red")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_is_what_has_a_counter_proof_for_every_clause() {
        let proof = |id: &str| Proof { path: "x.rs".into(), test: "it_holds".into(), ids: vec![id.to_owned()] };
        let proofs = [proof("C01.a"), proof("C01.b"), proof("C10.a")];
        assert_eq!(without_counter("C01", &proofs, &["C01.a"]).len(), 1);
        assert!(without_counter("C01", &proofs, &["C01.a", "C01.b"]).is_empty());
        assert_eq!(without_counter("C02", &proofs, &["C01.a"]).len(), 1, "nothing proves it");
    }
}
