//! One crate, one power: dependencies point one way, and nothing of the product needs the test kit.

use crate::tree;

/// The rooms, in dependency order: each may use only those before it.
const ROOMS: &[&str] =
    &["kernel", "proof", "keys", "store", "identity", "billing", "assurance", "documents", "outbound", "web", "coffer"];

/// Upward edges.
pub(crate) fn check() -> Vec<String> {
    tree::files("crates", &["Cargo.toml"]).iter().flat_map(|file| upward(&file.path, &file.text)).collect()
}

fn upward(path: &str, manifest: &str) -> Vec<String> {
    let room = path.split('/').nth(1).unwrap_or_default();
    let Some(place) = ROOMS.iter().position(|known| *known == room) else { return Vec::new() };
    let table: toml::Table = manifest.parse().unwrap_or_default();
    let used = table.get("dependencies").and_then(toml::Value::as_table).into_iter().flat_map(|used| used.keys());
    used.filter_map(|name| name.strip_prefix("coffer-"))
        .filter(|name| ROOMS.iter().position(|known| known == name).is_none_or(|used| used >= place))
        .map(|name| format!("{path}: {room} may not use {name}"))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_upward_edge_and_the_test_kit_are_found() {
        let manifest = "[dependencies]\ncoffer-kernel.workspace = true\ncoffer-web.workspace = true\ncoffer-testkit.workspace = true\n[dev-dependencies]\ncoffer-testkit.workspace = true";
        assert_eq!(super::upward("crates/store/Cargo.toml", manifest).len(), 2);
    }
}
