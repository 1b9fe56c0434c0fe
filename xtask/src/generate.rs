//! Documents that would rot if a person wrote them: `docs/generated/`.

use crate::tree;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Writes them, or says which would change.
pub(crate) fn run(check: bool) -> Result<(), String> {
    hold(check, &[("generated/permissions.md", permissions()?), ("generated/data-classes.md", data_classes())])
}

/// The same, with what only the built program knows. The tests hold that one true by themselves.
pub(crate) fn run_all(check: bool) -> Result<(), String> {
    run(check).and(hold(check, &[("openapi.json", openapi()?)]))
}

/// The description of the API, as the program prints it. Built with the whole workspace, so that nothing is built twice.
fn openapi() -> Result<String, String> {
    let build = ["build", "--locked", "--quiet", "--workspace", "--bin", "coffer"];
    let built = Command::new("cargo").args(build).current_dir(tree::root()).status();
    if !built.map_err(|error| error.to_string())?.success() {
        return Err("coffer cannot be built".to_owned());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| tree::root().join("target"), PathBuf::from);
    let printed = Command::new(target.join("debug/coffer")).arg("openapi").output();
    String::from_utf8(printed.map_err(|error| error.to_string())?.stdout).map_err(|error| error.to_string())
}

fn hold(check: bool, documents: &[(&'static str, String)]) -> Result<(), String> {
    let mut stale = Vec::new();
    for (name, text) in documents {
        let path = tree::root().join("docs").join(name);
        if fs::read_to_string(&path).unwrap_or_default() == *text {
            continue;
        }
        if check {
            stale.push(*name);
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
            if let Some(table) = line.strip_prefix("DROP TABLE IF EXISTS ") {
                text += &format!("\n{}, later: gone\n", table.trim_end_matches(';'));
            } else if let Some(table) = line.strip_prefix("CREATE TABLE ") {
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
