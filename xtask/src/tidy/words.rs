//! Names that say nothing, unfinished work, tests that are switched off.

use crate::tree::{self, File};

const NAMES: &[&str] = &["utils", "util", "common", "helpers", "helper", "misc"];

/// Files with such names or words.
pub(crate) fn check() -> Vec<String> {
    let places = ["crates", "xtask", "tests", "migrations"];
    let files = places.iter().flat_map(|below| tree::files(below, &[".rs", ".sql", ".sh"]));
    files.flat_map(|file| found(&file)).collect()
}

fn found(file: &File) -> Vec<String> {
    // Put together here, so that this file does not find itself.
    let unfinished = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["#[ig", "nore"].concat()];
    let mut broken = Vec::new();
    if file.path.split(['/', '.']).any(|part| NAMES.contains(&part)) {
        broken.push(format!("{}: a name that says nothing", file.path));
    }
    let words = unfinished.iter().filter(|word| file.text.contains(word.as_str()));
    broken.extend(words.map(|word| format!("{}: {word}", file.path)));
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn such_names_and_words_are_found() {
        let text = ["// TO", "DO later\n#[ig", "nore]"].concat();
        assert_eq!(found(&File { path: "crates/x/src/utils.rs".into(), text }).len(), 3);
    }
}
