//! Every column has a data class; both dialects say the same; the business leads.

use crate::tree;
use std::collections::BTreeMap;

const CLASSES: &[&str] = &["key", "plain", "sealed statutory", "sealed other", "blind", "hash", "wrapped"];

/// The end of a line that has PostgreSQL compare a column byte by byte, as SQLite does.
const COLLATED: &str = " TYPE TEXT COLLATE \"C\";";

/// Columns without a class, dialects that differ, tables whose business does not lead.
pub(crate) fn check() -> Vec<String> {
    let mut broken = Vec::new();
    let mut shapes = BTreeMap::<String, Vec<String>>::new();
    for file in tree::files("migrations", &["sqlite.sql", "postgres.sql"]) {
        let (shape, problems) = shape(&file.text);
        broken.extend(problems.into_iter().map(|problem| format!("{}: {problem}", file.path)));
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        if let Some(other) = shapes.insert(folder.clone(), shape.clone())
            && other != shape
        {
            broken.push(format!("{folder}: the dialects differ"));
        }
    }
    broken
}

/// The tables, columns and classes of a script, and what is wrong with them.
pub(super) fn shape(script: &str) -> (Vec<String>, Vec<String>) {
    let (mut shape, mut problems, mut table, mut has_business) = (Vec::new(), Vec::new(), "", false);
    for line in script.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            (table, has_business) = (name.trim_end_matches(" ("), false);
        } else if line.ends_with(COLLATED) {
            // How one dialect compares what the other compares like this anyway: the column is what it was.
        } else if let Some(added) = line.strip_prefix("ALTER TABLE ") {
            let class = line.split_once("-- ").map_or("", |(_, class)| class);
            let (table, rest) = added.split_once(" ADD COLUMN ").unwrap_or((added, ""));
            let column = rest.split(' ').next().unwrap_or_default();
            if !CLASSES.contains(&class) {
                problems.push(format!("{table}.{column} has no data class"));
            }
            shape.push(format!("{table}.{column} {class}"));
        } else if line.starts_with("PRIMARY KEY") || line.starts_with("UNIQUE") {
            if has_business && !line.contains("(business") {
                problems.push(format!("{table}: the business does not lead `{line}`"));
            }
        } else if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            let column = line.split(' ').next().unwrap_or_default();
            has_business |= column == "business" && shape.last().is_none_or(|last: &String| !last.starts_with(table));
            let class = line.split_once("-- ").map_or("", |(_, class)| class);
            if !CLASSES.contains(&class) {
                problems.push(format!("{table}.{column} has no data class"));
            }
            shape.push(format!("{table}.{column} {class}"));
        }
    }
    (shape, problems)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_column_without_a_class_and_a_business_that_does_not_lead_are_found() {
        let script =
            "CREATE TABLE t (\n    business BLOB NOT NULL, -- key\n    name TEXT NOT NULL,\n    PRIMARY KEY (name)\n);";
        assert_eq!(super::shape(script).1.len(), 2);
        let added = "ALTER TABLE t ADD COLUMN a BLOB; -- key\nALTER TABLE t ADD COLUMN b BLOB;";
        assert_eq!(super::shape(added).1, ["t.b has no data class"]);
        let collated = "ALTER TABLE t ALTER COLUMN a TYPE TEXT COLLATE \"C\";";
        assert_eq!(super::shape(collated), (Vec::new(), Vec::new()));
    }
}
