//! What is promised and what is proved: `docs/controls.toml` held against the last run's report.

use crate::proofs::{self, Proof, control};
use crate::tree;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Prints every control and mission row with its proofs and their result.
pub(crate) fn print(as_json: bool) -> Result<(), String> {
    let (promised, proofs, results) = (promised()?, proofs::all(), results());
    let mut sections = BTreeMap::new();
    for (section, ids) in promised {
        let rows: Vec<Value> = ids.iter().map(|(id, whole)| row(id, *whole, &proofs, &results)).collect();
        sections.insert(section, rows);
    }
    if as_json {
        println!("{}", json!(sections));
        return Ok(());
    }
    for row in sections.values().flatten() {
        let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
        let count = row.get("proofs").and_then(Value::as_array).map_or(0, Vec::len);
        println!("{:<5} {:<7} {count} proofs", text("id"), text("result"));
    }
    Ok(())
}

fn row(id: &str, whole: bool, proofs: &[Proof], results: &[Case]) -> Value {
    let mine: Vec<&Proof> = proofs.iter().filter(|proof| proof.ids.iter().any(|known| control(known) == id)).collect();
    let names: Vec<String> = mine.iter().map(|proof| proof.name()).collect();
    let outcome = |proof: &Proof| {
        let mut cases = results.iter().filter(|case| proof.is(&case.suite, &case.name)).map(|case| case.passed);
        cases.next().map(|first| first && cases.all(|passed| passed))
    };
    let outcomes: Vec<Option<bool>> = mine.iter().map(|proof| outcome(proof)).collect();
    let result = match outcomes.as_slice() {
        [] => "none",
        all if all.contains(&Some(false)) => "failed",
        all if all.iter().any(Option::is_none) => "none",
        _ if whole => "proved",
        // Each proof of a clause passed, but nobody has said that there is one for every clause.
        _ => "partly",
    };
    json!({ "id": id, "proofs": names, "result": result })
}

/// The ids that are promised, by section (`controls` and `mission`), and whether every clause of each has its proof.
pub(crate) fn promised() -> Result<BTreeMap<String, Vec<(String, bool)>>, String> {
    let path = tree::root().join("docs/controls.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let table: toml::Table = text.parse().map_err(|error| format!("docs/controls.toml: {error}"))?;
    let whole: Vec<&str> = table
        .get("whole")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
        .collect();
    let sections = table.iter().filter_map(|(section, rows)| Some((section, rows.as_table()?)));
    let ids = |rows: &toml::Table| {
        let mut ids: Vec<(String, bool)> = rows.keys().map(|id| (id.clone(), whole.contains(&id.as_str()))).collect();
        ids.sort_by_cached_key(|(id, _)| counted(id));
        ids
    };
    Ok(sections.map(|(section, rows)| (section.clone(), ids(rows))).collect())
}

/// An id as people count: C2 before C10.
fn counted(id: &str) -> (String, u32) {
    let (letters, number) = id.split_at(id.find(|c: char| c.is_ascii_digit()).unwrap_or(id.len()));
    (letters.to_owned(), number.parse().unwrap_or_default())
}

/// Forgets the last run, so that a run that does not get to its tests does not show older results.
pub(crate) fn forget() {
    // There may be none yet.
    let _ = std::fs::remove_file(report());
}

/// How many tests of the last run passed and failed, where a run left a report.
pub(crate) fn counts() -> Option<(usize, usize)> {
    let results = results();
    if results.is_empty() {
        return None;
    }
    let passed = results.iter().filter(|case| case.passed).count();
    Some((passed, results.len() - passed))
}

/// A test of the last run.
struct Case {
    suite: String,
    name: String,
    passed: bool,
}

/// Every test of the last run.
fn results() -> Vec<Case> {
    let Ok(text) = std::fs::read_to_string(report()) else { return Vec::new() };
    let Ok(document) = roxmltree::Document::parse(&text) else { return Vec::new() };
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let read = |case: roxmltree::Node<'_, '_>| {
        let suite = case.parent().and_then(|suite| suite.attribute("name")).unwrap_or_default().to_owned();
        let passed = !case.children().any(|child| child.has_tag_name("failure") || child.has_tag_name("error"));
        Case { suite, name: case.attribute("name").unwrap_or_default().to_owned(), passed }
    };
    cases.map(read).collect()
}

/// Where nextest leaves its report (`.config/nextest.toml`): below the project, wherever the build goes.
fn report() -> PathBuf {
    tree::root().join("target/nextest/default/junit.xml")
}
