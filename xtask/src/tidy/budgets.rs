//! Budgets that may only go down: `xtask/budgets.toml`.

use crate::tree;
use std::fs;

/// What is over its budget.
pub(crate) fn check() -> Vec<String> {
    let lock = fs::read_to_string(tree::root().join("Cargo.lock")).unwrap_or_default();
    let mut lines: Vec<usize> = tree::files("crates", &[".rs"]).iter().map(|file| file.text.lines().count()).collect();
    lines.sort_unstable();
    let crates = lock.matches("[[package]]").count();
    let longest = lines.last().copied().unwrap_or_default();
    let median = lines.get(lines.len() / 2).copied().unwrap_or_default();
    [("crates", crates), ("longest_file_lines", longest), ("median_file_lines", median)]
        .into_iter()
        .filter_map(|(name, is)| judge(name, is, budget(name)))
        .collect()
}

/// What is said of something that is counted elsewhere in tidy and is over its budget.
pub(crate) fn within_budget(name: &str, is: usize) -> Option<String> {
    judge(name, is, budget(name))
}

/// What is said of something that is measured elsewhere and is over its budget.
pub(crate) fn over_budget(name: &str, is: u64) -> Option<String> {
    let is = i64::try_from(is).unwrap_or(i64::MAX);
    (is > budget(name)).then(|| format!("{name} is {is}, over its budget of {}", budget(name)))
}

fn budget(name: &str) -> i64 {
    let text = fs::read_to_string(tree::root().join("xtask/budgets.toml")).unwrap_or_default();
    let table: toml::Table = text.parse().unwrap_or_default();
    table.get(name).and_then(toml::Value::as_integer).unwrap_or_default()
}

fn judge(name: &str, is: usize, budget: i64) -> Option<String> {
    let is = i64::try_from(is).unwrap_or(i64::MAX);
    if is < budget {
        println!("{name} is {is}: the budget of {budget} can be lowered");
    }
    (is > budget).then(|| format!("{name} is {is}, over its budget of {budget}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn over_budget_is_found() {
        assert!(super::judge("crates", 11, 10).is_some());
        assert!(super::judge("crates", 10, 10).is_none());
    }
}
