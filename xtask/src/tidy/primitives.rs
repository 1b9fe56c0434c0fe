//! Only `keys` and `proof` touch cryptographic primitives; typst lives in `documents` alone.

use crate::tree;

const KEPT: &[(&str, &[&str])] = &[
    ("aws-lc-rs", &["keys", "proof"]),
    ("argon2", &["keys"]),
    ("totp-rs", &["keys"]),
    ("age", &["keys"]),
    ("sha2", &[]),
    ("ring", &[]),
    ("typst", &["documents"]),
    ("rusqlite", &["store"]),
    ("tokio-postgres", &["store"]),
];

/// Crates that use what is kept elsewhere.
pub(crate) fn check() -> Vec<String> {
    tree::files("crates", &["Cargo.toml"]).iter().flat_map(|file| strayed(&file.path, &file.text)).collect()
}

fn strayed(path: &str, manifest: &str) -> Vec<String> {
    let room = path.split('/').nth(1).unwrap_or_default();
    let table: toml::Table = manifest.parse().unwrap_or_default();
    let used = table.get("dependencies").and_then(toml::Value::as_table);
    KEPT.iter()
        .filter(|(name, rooms)| used.is_some_and(|used| used.contains_key(*name)) && !rooms.contains(&room))
        .map(|(name, _)| format!("{path}: {name} does not belong in {room}"))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_primitive_in_the_wrong_room_is_found() {
        let manifest = "[dependencies]\naws-lc-rs.workspace = true";
        assert_eq!(super::strayed("crates/web/Cargo.toml", manifest).len(), 1);
        assert!(super::strayed("crates/keys/Cargo.toml", manifest).is_empty());
    }
}
