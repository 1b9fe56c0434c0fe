//! Every row that decides something is vouched for, or held against its digest, or found in the signed log, or only an index
//! whose answer is held against such a row; what is believed all the same is said, with what whoever writes the database gains by it.
//!
//! `migrations/rows.toml` has an answer for each table. What covers its columns is read from the sources: what an aggregate
//! digests, what a voucher is over. A column that is neither covered nor spoken for is found.

use super::statements::is_test;
use crate::{proofs, tree};
use std::collections::{BTreeMap, BTreeSet};

type Columns = BTreeMap<String, BTreeSet<String>>;

/// What stands behind a table's rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// Each row has a voucher over its columns.
    Vouched,
    /// Each root has a digest over its columns and those of its parts, which the signed log has too.
    Held,
    /// The signed log has a digest over its columns, and nothing else does.
    Log,
    /// What it says opens in its own place only.
    Wrapped,
    /// It only finds something; what it finds is held against a row that stands.
    Index,
    /// It is the log, or what is computed from it.
    Signed,
    /// Nothing does.
    Believed,
}

struct Answer {
    stands: Stands,
    /// Columns that are not covered; why that is well stands behind each.
    outside: BTreeSet<String>,
    /// For an index and for what is signed: the test of what holds it.
    held_by: Option<String>,
    /// For what is believed: what whoever writes it gains.
    gains: Option<String>,
}

/// Tables without an answer, answers that are not true, columns nobody speaks for.
pub(crate) fn check() -> Vec<String> {
    let text = std::fs::read_to_string(tree::root().join("migrations/rows.toml")).unwrap_or_default();
    let answers = match answers(&text) {
        Ok(answers) => answers,
        Err(why) => return vec![format!("migrations/rows.toml: {why}")],
    };
    let scripts: Vec<String> = tree::files("migrations", &["sqlite.sql"]).into_iter().map(|file| file.text).collect();
    let sources = tree::files("crates", &["sql.rs", "sheet.rs"]);
    let sources = sources.into_iter().filter(|file| !is_test(&file.path)).map(|file| file.text);
    let decision = std::fs::read_to_string(tree::root().join("docs/decisions/0012-vouchers.md")).unwrap_or_default();
    let tests: BTreeSet<String> = proofs::all().iter().map(proofs::Proof::name).collect();
    judge(&tables(&scripts), &covered(sources), &answers, &|test| tests.contains(test), &decision)
}

fn answers(text: &str) -> Result<BTreeMap<String, Answer>, String> {
    let table: toml::Table = text.parse().map_err(|why: toml::de::Error| why.to_string())?;
    table
        .into_iter()
        .map(|(table, said)| Ok((table.clone(), answer(&said).ok_or(format!("{table} cannot be read"))?)))
        .collect()
}

fn answer(said: &toml::Value) -> Option<Answer> {
    let said = said.as_table()?;
    let known = ["stands", "outside", "held_by", "gains"];
    let word = |name: &str| Some(said.get(name)?.as_str()?.to_owned()).filter(|word| !word.is_empty());
    let stands = match word("stands")?.as_str() {
        "vouched" => Stands::Vouched,
        "held" => Stands::Held,
        "log" => Stands::Log,
        "wrapped" => Stands::Wrapped,
        "index" => Stands::Index,
        "signed" => Stands::Signed,
        "believed" => Stands::Believed,
        _ => return None,
    };
    let outside = said.get("outside").map_or(Some(toml::Table::new()), |outside| outside.as_table().cloned())?;
    let spoken_for = outside.values().all(|why| why.as_str().is_some_and(|why| !why.is_empty()));
    let sound = spoken_for && said.keys().all(|key| known.contains(&key.as_str()));
    let outside = outside.into_iter().map(|(column, _)| column).collect();
    sound.then(|| Answer { stands, outside, held_by: word("held_by"), gains: word("gains") })
}

fn judge(
    tables: &Columns,
    covered: &Covered,
    answers: &BTreeMap<String, Answer>,
    is_test: &dyn Fn(&str) -> bool,
    decision: &str,
) -> Vec<String> {
    let mut broken = Vec::new();
    let unknown = answers.keys().filter(|table| !tables.contains_key(*table));
    broken.extend(unknown.map(|table| format!("migrations/rows.toml: there is no table {table}")));
    let none = BTreeSet::new();
    for (table, columns) in tables {
        let mut wrong = |what: String| broken.push(format!("{table}: {what}"));
        let Some(answer) = answers.get(table) else {
            wrong("why its rows may be believed stands nowhere; say it in migrations/rows.toml".to_owned());
            continue;
        };
        let covers = match answer.stands {
            Stands::Vouched => covered.vouched.get(table).unwrap_or(&none),
            Stands::Held => covered.held.get(table).unwrap_or(&none),
            Stands::Log => covered.digested.get(table).unwrap_or(&none),
            Stands::Wrapped => &BTreeSet::from(["wrapped".to_owned(), "business".to_owned()]),
            Stands::Index | Stands::Signed => {
                if !answer.held_by.as_deref().is_some_and(is_test) {
                    wrong("the test of what holds it (held_by) is not there".to_owned());
                }
                columns
            }
            Stands::Believed => {
                if answer.gains.is_none() || !decision.contains(&format!("`{table}`")) {
                    wrong("it is believed: say what whoever writes it gains, and name it in decision 12".to_owned());
                }
                columns
            }
        };
        if covers.is_empty() {
            wrong("nothing in the sources covers it as it is said to be".to_owned());
        }
        for column in columns.iter().filter(|column| !covers.contains(*column)) {
            if !answer.outside.contains(column) {
                wrong(format!("{column} is not covered; cover it, or say why it decides nothing"));
            }
        }
        let idle = answer.outside.iter().filter(|column| covers.contains(*column) || !columns.contains(*column));
        idle.for_each(|column| wrong(format!("{column} is covered, or not there")));
    }
    broken
}

/// The tables that stand after all steps, with their columns.
fn tables(scripts: &[String]) -> Columns {
    let (mut tables, mut table) = (Columns::new(), String::new());
    for line in scripts.iter().flat_map(|script| script.lines()).map(str::trim) {
        let first = |text: &str| text.split([' ', ';']).next().unwrap_or_default().to_owned();
        if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            table = first(name);
            tables.entry(table.clone()).or_default();
        } else if let Some(name) = line.strip_prefix("DROP TABLE IF EXISTS ") {
            tables.remove(&first(name));
        } else if let Some((name, column)) =
            line.strip_prefix("ALTER TABLE ").and_then(|line| line.split_once(" ADD COLUMN "))
        {
            tables.entry(name.to_owned()).or_default().insert(first(column));
        } else if line.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            tables.entry(table.clone()).or_default().insert(first(line));
        }
    }
    tables
}

/// Which columns something covers.
#[derive(Default)]
struct Covered {
    /// A digest in the log alone.
    digested: Columns,
    /// A digest that the root keeps too, and the digest itself.
    held: Columns,
    /// A voucher, with the voucher itself and when a row was over.
    vouched: Columns,
}

/// What the sources say of it.
fn covered(sources: impl Iterator<Item = String>) -> Covered {
    let mut covered = Covered::default();
    for text in sources {
        let text = joined(&text);
        let by_voucher = text.contains("const VOUCH: Option<&'static str> = Some(VOUCH)");
        let by_digest = text.contains("    held: true,");
        for (lead, found_by_token) in [("select: \"SELECT ", false), ("page: \"SELECT ", true)] {
            for (place, _) in text.match_indices(lead) {
                let statement =
                    text.get(place + lead.len()..).and_then(|rest| rest.split('"').next()).unwrap_or_default();
                let Some((columns, table)) = statement.split_once(" FROM ") else { continue };
                let table = table.split(' ').next().unwrap_or_default().to_owned();
                let columns = columns.split(", ").map(|column| column.trim().to_owned());
                let also = by_voucher.then(|| "voucher".to_owned());
                let by = match (by_voucher || found_by_token, by_digest) {
                    (true, _) => &mut covered.vouched,
                    (false, true) => &mut covered.held,
                    (false, false) => &mut covered.digested,
                };
                by.entry(table).or_default().extend(columns.chain(also));
            }
        }
    }
    covered
}

/// A source with its broken strings in one line.
fn joined(text: &str) -> String {
    let mut lines = text.lines();
    let mut whole = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        match whole.strip_suffix('\\') {
            Some(before) => whole = format!("{before}{}", line.trim_start()),
            None => whole = format!("{whole}\n{line}"),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(answers: &str) -> Vec<String> {
        found_of(answers, "held: false")
    }

    fn found_of(answers: &str, held: &str) -> Vec<String> {
        let scripts = [
            "CREATE TABLE t (\n    business BLOB NOT NULL, -- key\n    role TEXT, -- plain\n    PRIMARY KEY (business)\n);",
            "CREATE TABLE gone (\n    a BLOB, -- key\n);\nDROP TABLE IF EXISTS gone;\nALTER TABLE t ADD COLUMN seen INTEGER; -- plain",
        ];
        let source = "static A: Aggregate = Aggregate { root: Table { select: \"SELECT business, \\\n    role FROM t WHERE\" }\n    HELD,\n};"
            .replace("HELD", held);
        let answers = super::answers(answers).unwrap_or_default();
        let covered = covered([source].into_iter());
        judge(&tables(&scripts.map(str::to_owned)), &covered, &answers, &|test| test == "a::b", "`t`")
    }

    #[test]
    fn a_table_without_an_answer_and_a_column_that_nothing_covers_are_found() {
        assert_eq!(found("").len(), 1, "no answer");
        assert_eq!(found("[t]\nstands = \"log\"").len(), 1, "`seen` is outside");
        assert!(found("[t]\nstands = \"log\"\noutside.seen = \"shown alone\"").is_empty());
        assert_eq!(
            found("[t]\nstands = \"log\"\noutside = { seen = \"x\", role = \"x\" }").len(),
            1,
            "`role` is covered"
        );
        assert_eq!(found("[t]\nstands = \"vouched\"").len(), 4, "no voucher is over it");
        assert_eq!(found("[t]\nstands = \"held\"\noutside.seen = \"shown alone\"").len(), 3, "no digest is asked for");
        let held = "[t]\nstands = \"held\"\noutside.seen = \"shown alone\"";
        assert!(found_of(held, "held: true").is_empty());
        assert_eq!(found_of(&held.replace("held", "log"), "held: true").len(), 3, "it is more than that");
        assert_eq!(found("[t]\nstands = \"index\"\nheld_by = \"a::c\"").len(), 1, "no such test");
        assert!(found("[t]\nstands = \"index\"\nheld_by = \"a::b\"").is_empty());
        assert_eq!(found("[t]\nstands = \"believed\"").len(), 1, "not without saying what it gives away");
        assert_eq!(
            found("[t]\nstands = \"index\"\nheld_by = \"a::b\"\n[u]\nstands = \"log\"").len(),
            1,
            "no such table"
        );
    }
}
