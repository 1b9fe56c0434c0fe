//! Proofs have names: a comment `// proves: C01.a, A4` directly above a test says what the test proves.

use crate::tree::{self, File};

/// A test and what it proves.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    /// The file.
    pub(crate) path: String,
    /// The test's function.
    pub(crate) test: String,
    /// Ids of controls (with a clause, `C01.a`) and mission rows.
    pub(crate) ids: Vec<String>,
}

/// Every proof of the project.
pub(crate) fn all() -> Vec<Proof> {
    let places = ["crates", "tests", "xtask"];
    places.iter().flat_map(|below| tree::files(below, &[".rs"])).flat_map(|file| in_file(&file)).collect()
}

fn in_file(file: &File) -> Vec<Proof> {
    let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
    let mut proofs = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let Some(ids) = line.strip_prefix("// proves: ") else { continue };
        let test = lines.iter().skip(place).find_map(|line| {
            let name = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn "))?;
            name.split('(').next().map(str::to_owned)
        });
        let ids = ids.split(", ").map(|id| id.trim().to_owned()).collect();
        proofs.push(Proof { path: file.path.clone(), test: test.unwrap_or_default(), ids });
    }
    proofs
}

impl Proof {
    /// How it is named where somebody speaks of it: its file and its function.
    pub(crate) fn name(&self) -> String {
        format!("{}::{}", self.path, self.test)
    }

    /// Whether a case of the report is this test: the suite of its file, the module of its file, its function.
    ///
    /// A suite is named `coffer-store` for the tests within a crate, `coffer-store::books` for `tests/books/`.
    pub(crate) fn is(&self, suite: &str, case: &str) -> bool {
        let (known, modules) = place(&self.path);
        let within = case.rsplit_once("::").map_or("", |(modules, _)| modules);
        suite.split("::bin/").next() == Some(known.as_str())
            && within.starts_with(&modules)
            && case.rsplit("::").next() == Some(self.test.as_str())
    }
}

/// The suite and the module path of a file: `crates/store/tests/books/log.rs` is `log` in `coffer-store::books`.
pub(crate) fn place(path: &str) -> (String, String) {
    let words: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    let (package, rest) = match words.as_slice() {
        ["crates", "coffer", rest @ ..] => ("coffer".to_owned(), rest),
        ["crates", room, rest @ ..] => (format!("coffer-{room}"), rest),
        [package, rest @ ..] => ((*package).to_owned(), rest),
        [] => (String::new(), [].as_slice()),
    };
    let (suite, modules) = match rest {
        ["tests", target, modules @ ..] => (format!("{package}::{target}"), modules),
        [_, modules @ ..] => (package, modules),
        [] => (package, rest),
    };
    let named = modules.iter().filter(|name| !["main", "lib", "mod"].contains(name));
    (suite, named.copied().collect::<Vec<_>>().join("::"))
}

/// `C01.a` is of control `C01`.
pub(crate) fn control(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_found_in_the_report_by_its_place() {
        let proof = |path: &str| Proof { path: path.into(), test: "it_holds".into(), ids: Vec::new() };
        assert!(proof("crates/store/tests/books/log.rs").is("coffer-store::books", "log::it_holds"));
        assert!(proof("crates/keys/src/seal/mod.rs").is("coffer-keys", "seal::tests::it_holds"));
        assert!(proof("crates/billing/tests/money/examples.rs").is("coffer-billing::money", "examples::it_holds"));
        assert!(proof("crates/coffer/tests/process/crash.rs").is("coffer::process", "crash::it_holds"));
        assert!(!proof("crates/keys/src/seal/mod.rs").is("coffer-keys", "wrap::tests::it_holds"));
        assert!(!proof("crates/keys/src/seal/mod.rs").is("coffer-store", "seal::tests::it_holds"));
    }

    #[test]
    fn a_proof_is_the_comment_above_a_test() {
        let text = "    // proves: C01.a, A4\n    #[test]\n    fn it_holds() {}\n".to_owned();
        let found = in_file(&File { path: "x.rs".into(), text });
        let ids = vec!["C01.a".to_owned(), "A4".to_owned()];
        assert_eq!(found, vec![Proof { path: "x.rs".into(), test: "it_holds".into(), ids }]);
    }
}
