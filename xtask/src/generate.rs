//! Documents that would rot if a person wrote them: `docs/generated/`.

use crate::tree;
use std::fs;

/// Writes them, or says which would change.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let documents = [("permissions.md", permissions()?), ("data-classes.md", data_classes())];
    let mut stale = Vec::new();
    for (name, text) in documents {
        let path = tree::root().join("docs/generated").join(name);
        if fs::read_to_string(&path).unwrap_or_default() == text {
            continue;
        }
        if check {
            stale.push(name);
        } else {
            fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!("These would change; run `cargo xtask gen`: {}", stale.join(", ")))
    }
}

/// The policy table, as its source says it.
fn permissions() -> Result<String, String> {
    let path = tree::root().join("crates/kernel/src/policy.rs");
    let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let rows = text.lines().map(str::trim).filter_map(|line| {
        let (action, cells) = line.strip_prefix('(')?.strip_suffix("\"),")?.split_once(',')?;
        let cells: Vec<&str> =
            cells.trim().trim_start_matches('"').split([' ', '|']).filter(|cell| !cell.is_empty()).collect();
        (cells.len() == 12).then(|| format!("| {action} | {} |", cells.join(" | ").replace('.', "")))
    });
    let head = "| action | owner | administrator | finance manager | billing clerk | sales representative | auditor | set-up | joining | operator | system | link | anonymous |";
    let rows: Vec<String> = rows.collect();
    Ok(format!(
        "# Who may do what\n\nGenerated from `crates/kernel/src/policy.rs`. `A`: every record of the business; `o`: own customers and theirs.\n\n{head}\n|{}\n{}\n",
        " --- |".repeat(13),
        rows.join("\n")
    ))
}

/// Every column with its data class, as the migrations say it.
fn data_classes() -> String {
    let mut text = "# What is kept, and how\n\nGenerated from `migrations/`; the classes are explained in `migrations/README.md`.\n".to_owned();
    for file in tree::files("migrations", &["sqlite.sql"]) {
        for line in file.text.lines() {
            if let Some(table) = line.strip_prefix("CREATE TABLE ") {
                text += &format!("\n## {}\n\n| column | class |\n| --- | --- |\n", table.trim_end_matches(" ("));
            } else if let Some((column, class)) =
                line.strip_prefix("ALTER TABLE ").and_then(|line| line.split_once("; -- "))
            {
                let (table, column) = column.split_once(" ADD COLUMN ").unwrap_or((column, ""));
                text += &format!("\n{table}, later: {} ({class})\n", column.split(' ').next().unwrap_or_default());
            } else if let Some((column, class)) = line.trim().split_once(", -- ") {
                text += &format!("| {} | {class} |\n", column.split(' ').next().unwrap_or_default());
            }
        }
    }
    text
}
