//! The file as it was brought, and which of its columns is what.

use crate::look::Wrong;
use crate::upload::Upload;
use coffer_billing::import::{Field, ImportCustomers, LARGEST_FILE, Mapping, Table, TableRefused, decode, read};
use std::collections::{BTreeMap, BTreeSet};

/// A file that can be read as a table.
pub(super) struct Brought {
    /// Its text, as the page carries it on.
    pub(super) text: String,
    pub(super) table: Table,
    pub(super) mapping: Mapping,
    /// Rows that are added although somebody of the same name and town is there, by their lines.
    pub(super) also: BTreeSet<u64>,
}

/// What the form of an import sent, or what is wrong with the file as a whole.
pub(super) fn brought(upload: &Upload) -> Result<Brought, Wrong> {
    if upload.too_large {
        return Err(Wrong::at_field("file", &TableRefused::TooLarge));
    }
    let file = upload.bytes("file");
    let text = if file.is_empty() { as_it_came(upload.text("csv")) } else { decode(file) };
    if text.trim().is_empty() {
        let mut wrong = Wrong::default();
        wrong.add("file", "field.file", Vec::new());
        return Err(wrong);
    }
    // Longer as UTF-8 than as it came: the next step would refuse it.
    if file.len().max(text.len()) > LARGEST_FILE {
        return Err(Wrong::at_field("file", &TableRefused::TooLarge));
    }
    let table = read(text.as_bytes()).map_err(|no| Wrong::at_field("file", &no))?;
    let mapping = if file.is_empty() { chosen(upload, &table) } else { Mapping::guess(&table) };
    let also = upload.all(ALSO).filter_map(|line| line.parse().ok()).collect();
    Ok(Brought { text, table, mapping, also })
}

/// The field that says which rows are added all the same.
pub(super) const ALSO: &str = "also";

/// A text that a page carried: browsers end each line of it with two characters, whatever it ended with before.
fn as_it_came(carried: &str) -> String {
    carried.replace("\r\n", "\n")
}

/// What was chosen for each column; guessed where nothing was asked yet.
fn chosen(upload: &Upload, table: &Table) -> Mapping {
    let places = 0..table.header.len();
    if !places.clone().any(|place| upload.has(&column(place))) {
        return Mapping::guess(table);
    }
    let fields = places.filter_map(|place| Some((place, Field::from_code(upload.text(&column(place)))?)));
    Mapping(fields.collect::<BTreeMap<_, _>>())
}

/// The name of the form's field for a column.
pub(super) fn column(place: usize) -> String {
    format!("column-{place}")
}

impl Brought {
    /// What is wrong with what was chosen for the columns, at each of them.
    pub(super) fn wrong(&self) -> Wrong {
        let mut wrong = Wrong::default();
        for (place, field) in &self.mapping.0 {
            if self.mapping.0.iter().any(|(other, known)| other < place && known == field) {
                wrong.add(column(*place), "field.column_twice", Vec::new());
            }
        }
        let names = [Field::Name, Field::Company, Field::FirstName, Field::LastName];
        if !self.mapping.0.values().any(|field| names.contains(field)) {
            wrong.add(column(0), "field.column_of_names", Vec::new());
        }
        wrong
    }

    /// The order for these rows of it.
    pub(super) fn order(&self, rows: Vec<(u64, Vec<String>)>, dry: bool) -> ImportCustomers {
        let table = Table { header: self.table.header.clone(), rows };
        ImportCustomers { table, mapping: self.mapping.clone(), dry }
    }

    /// Whose row it is, in the words of the file.
    pub(super) fn who(&self, line: u64) -> String {
        let at = self.table.rows.partition_point(|(known, _)| *known < line);
        let Some((_, cells)) = self.table.rows.get(at).filter(|(known, _)| *known == line) else {
            return String::new();
        };
        let said = |wanted: Field| {
            let (place, _) = self.mapping.0.iter().find(|(_, field)| **field == wanted)?;
            cells.get(*place).filter(|cell| !cell.is_empty()).cloned()
        };
        let person: Vec<String> = [Field::FirstName, Field::LastName].into_iter().filter_map(said).collect();
        said(Field::Name).or_else(|| said(Field::Company)).unwrap_or_else(|| person.join(" "))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::words::Words;
    use coffer_documents::Language;

    // proves: F4
    #[test]
    fn a_field_that_two_columns_have_and_a_file_without_names_are_told_at_the_column() {
        let table = read(b"a,b\n1,2\n").unwrap();
        let with = |fields: &[(usize, Field)]| {
            let mapping = Mapping(fields.iter().copied().collect());
            Brought { text: String::new(), table: table.clone(), mapping, also: BTreeSet::new() }
        };
        let words = Words::of(Language::En);
        let at = |fields: &[(usize, Field)], name: &str| with(fields).wrong().at(words, name).is_some();
        assert!(!with(&[(0, Field::Name)]).wrong().any());
        assert!(at(&[(0, Field::City), (1, Field::City)], "column-1") && !at(&[(0, Field::Name)], "column-1"));
        assert!(at(&[(0, Field::City)], "column-0"));
        let person = with(&[(0, Field::FirstName), (1, Field::LastName)]);
        assert_eq!((person.who(2).as_str(), person.who(3).as_str()), ("1 2", ""));
    }
}
