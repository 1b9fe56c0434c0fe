//! SQL stands in `sql.rs` or in the store; a table is written by exactly one file; nothing that distributed engines
//! of PostgreSQL's protocol lack.

use crate::tree::{self, File};
use std::collections::BTreeMap;

/// What is refused anywhere, and why (sources: the Citus and CockroachDB documentation on unsupported SQL).
const REFUSED: &[(&str, &str)] = &[
    ("nextval", "sequences"),
    ("bigserial", "sequences"),
    ("advisory_lock", "advisory locks"),
    ("listen ", "LISTEN and NOTIFY"),
    ("notify ", "LISTEN and NOTIFY"),
    ("deferrable", "deferrable constraints"),
    ("txid_", "functions on transaction ids"),
    ("xmin", "functions on transaction ids"),
    ("on conflict rollback", "conflict clauses that end the transaction"),
    ("create trigger", "triggers"),
];

/// Statements in the wrong place, tables with two writers, and refused SQL.
pub(crate) fn check() -> Vec<String> {
    let sources: Vec<File> = tree::files("crates", &[".rs"]).into_iter().filter(|file| !is_test(&file.path)).collect();
    let mut broken: Vec<String> = sources.iter().filter_map(misplaced).collect();
    broken.extend(two_writers(&sources));
    let scripts = tree::files("migrations", &[".sql"]);
    broken.extend(scripts.iter().chain(sources.iter().filter(|file| file.path.ends_with("sql.rs"))).flat_map(refused));
    let store = sources.iter().filter(|file| file.path.starts_with("crates/store/") && !file.path.ends_with("sql.rs"));
    broken.extend(store.map(quoted).flat_map(|file| refused(&file)));
    broken
}

/// What stands in a file's string literals: the store has its statements beside its code.
fn quoted(file: &File) -> File {
    let text = file.text.split('"').skip(1).step_by(2).collect::<Vec<_>>().join("\n");
    File { path: file.path.clone(), text }
}

pub(super) fn is_test(path: &str) -> bool {
    let folders = ["/tests/", "/benches/", "/testkit/"];
    path.ends_with("/tests.rs") || folders.iter().any(|folder| path.contains(folder))
}

/// The statements in a file's string literals, as verb and first table.
fn statements(text: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for (verb, lead) in
        [("read", "\"SELECT "), ("write", "\"INSERT INTO "), ("write", "\"UPDATE "), ("write", "\"DELETE FROM ")]
    {
        for (place, _) in text.match_indices(lead) {
            let rest = text.get(place + lead.len()..).unwrap_or_default();
            let table = rest.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).next();
            found.push((verb, table.unwrap_or_default().to_owned()));
        }
    }
    found
}

fn misplaced(file: &File) -> Option<String> {
    let allowed = file.path.ends_with("/sql.rs") || file.path.starts_with("crates/store/");
    (!allowed && !statements(&file.text).is_empty()).then(|| format!("{}: a statement outside sql.rs", file.path))
}

fn two_writers(files: &[File]) -> Vec<String> {
    let mut writers = BTreeMap::<String, Vec<&str>>::new();
    for file in files.iter().filter(|file| !file.path.starts_with("crates/store/")) {
        for (_, table) in statements(&file.text).into_iter().filter(|(verb, _)| *verb == "write") {
            let paths = writers.entry(table).or_default();
            if !paths.contains(&file.path.as_str()) {
                paths.push(&file.path);
            }
        }
    }
    let many = writers.into_iter().filter(|(_, paths)| paths.len() > 1);
    many.map(|(table, paths)| format!("{table} is written by {}", paths.join(" and "))).collect()
}

fn refused(file: &File) -> Vec<String> {
    let text = file.text.to_lowercase();
    let found = REFUSED.iter().filter(|(word, _)| text.contains(word));
    found.map(|(word, why)| format!("{}: `{word}` is refused: distributed engines lack {why}", file.path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.into(), text: text.into() }
    }

    #[test]
    fn a_statement_elsewhere_is_found() {
        assert!(misplaced(&file("crates/web/src/x.rs", "q(\"SELECT 1\")")).is_some());
        assert!(misplaced(&file("crates/billing/src/x/sql.rs", "q(\"SELECT 1\")")).is_none());
    }

    #[test]
    fn a_second_writer_is_found() {
        let files =
            [file("crates/a/src/x/sql.rs", "\"UPDATE t SET\""), file("crates/a/src/y/sql.rs", "\"DELETE FROM t\"")];
        assert_eq!(two_writers(&files).len(), 1);
    }

    #[test]
    fn refused_sql_is_found() {
        assert_eq!(refused(&file("m.sql", "id BIGSERIAL, FOREIGN KEY DEFERRABLE")).len(), 2);
        let store = file("crates/store/src/x.rs", "let notify = one; query(\"SELECT xmin FROM t\")");
        assert_eq!(refused(&quoted(&store)).len(), 1);
    }
}
