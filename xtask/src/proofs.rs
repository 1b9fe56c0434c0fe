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

/// `C01.a` is of control `C01`.
pub(crate) fn control(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_the_comment_above_a_test() {
        let text = "    // proves: C01.a, A4\n    #[test]\n    fn it_holds() {}\n".to_owned();
        let found = in_file(&File { path: "x.rs".into(), text });
        let ids = vec!["C01.a".to_owned(), "A4".to_owned()];
        assert_eq!(found, vec![Proof { path: "x.rs".into(), test: "it_holds".into(), ids }]);
    }
}
