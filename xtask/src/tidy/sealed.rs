//! What is sealed is sealed in the class that its column's line in the migrations says, and whatever that says is to be
//! sealed somebody seals.

use super::columns::shape;
use crate::tree;
use std::collections::BTreeSet;

/// Columns that are sealed in another class than they should be, or not at all.
pub(crate) fn check() -> Vec<String> {
    let scripts = tree::files("migrations", &["sqlite.sql"]);
    let wanted: BTreeSet<String> = scripts.iter().flat_map(|script| shape(&script.text).0).collect();
    let wanted: BTreeSet<String> = wanted.into_iter().filter(|column| column.contains(" sealed ")).collect();
    let sources = tree::files("crates", &[".rs"]);
    let of_program = sources.iter().filter(|file| !file.path.contains("tests"));
    let sealed: BTreeSet<String> = of_program.flat_map(|file| sealed(&file.text)).collect();
    compared(&wanted, &sealed)
}

fn compared(wanted: &BTreeSet<String>, sealed: &BTreeSet<String>) -> Vec<String> {
    let other =
        sealed.difference(wanted).map(|column| format!("migrations: no line says {column}, which is how it is sealed"));
    let nobody = wanted.difference(sealed).map(|column| format!("migrations: {column}, and nothing seals it so"));
    other.chain(nobody).collect()
}

/// The columns that a source seals, each with its class, as the migrations say it.
fn sealed(text: &str) -> Vec<String> {
    let mut columns = Vec::new();
    for class in ["statutory", "other"] {
        for rest in text.split(&format!("Column::{class}(\"")).skip(1) {
            if let Some((table, rest)) = rest.split_once("\", \"")
                && let Some((column, _)) = rest.split_once('"')
            {
                columns.push(format!("{table}.{column} sealed {class}"));
            }
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_is_sealed_otherwise_than_it_says_is_found() {
        let source = r#"const A: Column = Column::other("t", "a"); const B: Column = Column::statutory("t", "b");"#;
        let found: BTreeSet<String> = sealed(source).into_iter().collect();
        assert_eq!(found, ["t.a sealed other", "t.b sealed statutory"].map(str::to_owned).into());
        let wanted = ["t.a sealed statutory", "t.b sealed statutory"].map(str::to_owned).into();
        assert_eq!(compared(&wanted, &found).len(), 2, "sealed otherwise, and not as it says");
        assert!(compared(&found, &found).is_empty());
    }
}
