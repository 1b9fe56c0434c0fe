//! A dependency that is not used is taken out.

use crate::tree;

/// Crates whose library has another name.
const CALLED: &[(&str, &str)] = &[("iban_validate", "iban")];

/// Dependencies whose name stands in no source of the crate that asks for them, or that no crate asks for.
pub(crate) fn check() -> Vec<String> {
    let manifests: Vec<tree::File> =
        ["crates", "xtask"].into_iter().flat_map(|below| tree::files(below, &["Cargo.toml"])).collect();
    let mut broken = Vec::new();
    for manifest in &manifests {
        let folder = manifest.path.trim_end_matches("Cargo.toml");
        let sources: String = tree::files(folder, &[".rs"]).into_iter().map(|file| file.text).collect();
        let unused = names(&manifest.text, &["dependencies", "dev-dependencies", "build-dependencies"]);
        let unused = unused.into_iter().filter(|name| !is_used(name, &sources));
        broken.extend(unused.map(|name| format!("{}: {name} is not used", manifest.path)));
    }
    let whole = std::fs::read_to_string(tree::root().join("Cargo.toml")).unwrap_or_default();
    let table: toml::Table = whole.parse().unwrap_or_default();
    let shared = table.get("workspace").and_then(|workspace| workspace.get("dependencies")?.as_table().cloned());
    let asked = |name: &str| {
        let asks = |manifest: &tree::File| {
            names(&manifest.text, &["dependencies", "dev-dependencies", "build-dependencies"])
                .iter()
                .any(|own| own == name)
        };
        manifests.iter().any(asks)
    };
    let unasked = shared.unwrap_or_default().into_iter().map(|(name, _)| name).filter(|name| !asked(name));
    broken.extend(unasked.map(|name| format!("Cargo.toml: no crate asks for {name}")));
    broken
}

fn names(manifest: &str, sections: &[&str]) -> Vec<String> {
    let table: toml::Table = manifest.parse().unwrap_or_default();
    let of = |section: &&str| table.get(*section).and_then(toml::Value::as_table).cloned().unwrap_or_default();
    sections.iter().flat_map(of).map(|(name, _)| name).collect()
}

fn is_used(name: &str, sources: &str) -> bool {
    let name = CALLED.iter().find(|(known, _)| *known == name).map_or(name, |(_, called)| called).replace('-', "_");
    let before = |at: usize| sources.get(..at).and_then(|text| text.chars().next_back());
    let after = |at: usize| sources.get(at + name.len()..).and_then(|text| text.chars().next());
    let part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    sources.match_indices(&name).any(|(at, _)| !part(before(at)) && !part(after(at)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_not_used_is_found() {
        assert!(super::is_used("serde_json", "use serde_json::Value;"));
        assert!(super::is_used("tokio-postgres", "tokio_postgres::Client"));
        assert!(!super::is_used("serde", "use serde_json::Value;"));
        assert_eq!(super::names("[dependencies]\nserde.workspace = true\n", &["dependencies"]), ["serde"]);
    }
}
