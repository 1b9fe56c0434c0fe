//! What the log last said of each row, kept small: a look holds this of every row of the books at once.

use crate::fault::hex;
use crate::log::leaf::Leaf;
use crate::stored::GONE;
use std::collections::{BTreeMap, HashMap};

/// The table, by its place among those that were met, and the id.
type Key = (u8, [u8; 16]);

/// What was written.
#[derive(Debug, Clone, Copy)]
struct Last {
    version: u32,
    digest: [u8; 16],
}

// The nodes of a tree are between half and wholly full, and keep keys and values apart, so that nothing lies between them: with
// what a node needs itself some 40 to 67 bytes a row. A table would hold everything twice while it grows.
const _: () = assert!(size_of::<Key>() + size_of::<Last>() <= 37);

/// What the log last said of each row: its version and its digest.
#[derive(Debug, Default)]
pub(crate) struct Written {
    tables: Vec<String>,
    rows: BTreeMap<Key, Last>,
    /// What a record says of no row that was ever written here, in whatever words: it is a finding all the same.
    odd: HashMap<(String, String), (i64, [u8; 16])>,
}

impl Written {
    /// What was said of this row.
    pub(crate) fn get(&self, table: &str, id: [u8; 16]) -> Option<(i64, &[u8; 16])> {
        let last = self.place(table).and_then(|place| self.rows.get(&(place, id)));
        match last {
            Some(last) => Some((last.version.into(), &last.digest)),
            None if self.odd.is_empty() => None,
            None => self.get_odd(table, &hex(&id)),
        }
    }

    /// The same, of a row as a record names it.
    pub(crate) fn named(&self, table: &str, row: &str) -> Option<(i64, &[u8; 16])> {
        bytes(row).map_or_else(|| self.get_odd(table, row), |id| self.get(table, id))
    }

    fn get_odd(&self, table: &str, row: &str) -> Option<(i64, &[u8; 16])> {
        self.odd.get(&(table.to_owned(), row.to_owned())).map(|(version, digest)| (*version, digest))
    }

    /// Takes on what a record says.
    pub(crate) fn note(&mut self, leaf: Leaf) {
        let gone = hex(&GONE);
        for (table, row, version, digest) in leaf.rows {
            self.forget(&table, &row);
            if digest != gone {
                // One that is no digest fits nothing, as little as that of what is gone.
                self.insert(table, row, version, bytes(&digest).unwrap_or(GONE));
            }
        }
    }

    fn insert(&mut self, table: String, row: String, version: i64, digest: [u8; 16]) {
        let small = bytes(&row).zip(u32::try_from(version).ok());
        let small = small.and_then(|(id, version)| Some(((self.placed(&table)?, id), version)));
        if let Some((key, version)) = small {
            self.rows.insert(key, Last { version, digest });
        } else {
            self.odd.insert((table, row), (version, digest));
        }
    }

    /// As if no record had said anything of this row.
    pub(crate) fn forget(&mut self, table: &str, row: &str) {
        if let Some(place) = self.place(table)
            && let Some(id) = bytes(row)
        {
            self.rows.remove(&(place, id));
        }
        if !self.odd.is_empty() {
            self.odd.remove(&(table.to_owned(), row.to_owned()));
        }
    }

    /// Takes out what was said of this row.
    pub(crate) fn take(&mut self, table: &str, id: [u8; 16]) -> Option<(i64, [u8; 16])> {
        let (version, digest) = self.get(table, id).map(|(version, digest)| (version, *digest))?;
        self.forget(table, &hex(&id));
        Some((version, digest))
    }

    /// All of it: the table, the row as records name it, and what was said.
    pub(crate) fn into_rows(self) -> impl Iterator<Item = (String, String, (i64, [u8; 16]))> {
        let Self { tables, rows, odd } = self;
        let near = rows.into_iter().map(move |((place, id), last)| {
            let table = tables.get(usize::from(place)).cloned().unwrap_or_default();
            (table, hex(&id), (i64::from(last.version), last.digest))
        });
        near.chain(odd.into_iter().map(|((table, row), said)| (table, row, said)))
    }

    fn place(&self, table: &str) -> Option<u8> {
        self.tables.iter().position(|known| known == table)?.try_into().ok()
    }

    /// The place of this table; it gets one where there is room.
    fn placed(&mut self, table: &str) -> Option<u8> {
        self.place(table).or_else(|| {
            let next = u8::try_from(self.tables.len()).ok()?;
            self.tables.push(table.to_owned());
            Some(next)
        })
    }
}

/// What is written in hexadecimal as it is written here.
pub(super) fn bytes(text: &str) -> Option<[u8; 16]> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    if text.len() != 32 {
        return None;
    }
    let mut bytes = [0; 16];
    for (byte, [high, low]) in bytes.iter_mut().zip(text.as_bytes().as_chunks::<2>().0) {
        *byte = (digit(*high)? << 4) | digit(*low)?;
    }
    Some(bytes)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn noted(written: &mut Written, said: &[(&str, &str, i64, &str)]) {
        let leaf = serde_json::json!({
            "v": 1, "n": 0, "id": "", "at": "2026-01-05T09:00:00Z", "by": "", "do": "", "out": "done", "what": "",
            "about": null, "times": 1, "rows": said, "detail": null,
        });
        written.note(Leaf::from_bytes(leaf.to_string().as_bytes()).unwrap());
    }

    // proves: D11
    #[test]
    fn what_was_said_last_of_a_row_is_what_stands_however_it_was_said() {
        let (row, digest) = ("0123456789abcdef".repeat(2), "f".repeat(32));
        let id = bytes(&row).unwrap();
        for (version, then) in [(1, 2), (1, i64::MAX), (i64::MAX, 2), (-1, 2)] {
            let mut written = Written::default();
            noted(&mut written, &[("note", &row, version, &digest), ("other", &row, 7, &digest)]);
            assert_eq!(written.named("note", &row), Some((version, &[0xff; 16])));
            noted(&mut written, &[("note", &row, then, "no digest")]);
            assert_eq!(written.get("note", id), Some((then, &GONE)), "one that fits nothing");
            assert_eq!(written.take("note", id), Some((then, GONE)));
            assert_eq!(written.get("note", id), None, "{version} {then}: nothing of before is left behind");
            noted(&mut written, &[("other", &row, 8, &hex(&GONE))]);
            assert_eq!(written.into_rows().count(), 0);
        }
    }

    // proves: D11
    #[test]
    fn whatever_a_record_says_was_written_is_kept_until_it_is_said_to_be_gone() {
        let mut written = Written::default();
        let row = "00".repeat(16);
        for table in 0..300 {
            noted(&mut written, &[(&format!("table {table}"), &row, 1, &row.replace('0', "1"))]);
        }
        noted(&mut written, &[("table 1", &"AB".repeat(16), 1, "x"), ("table 1", "é", 1, "x")]);
        assert_eq!(written.get("table 299", [0; 16]), Some((1, &[0x11; 16])), "tables beyond the places there are");
        assert!(written.named("table 1", &"AB".repeat(16)).is_some() && written.get("table 1", [0xab; 16]).is_none());
        noted(&mut written, &[("table 299", &row, 2, &row), ("table 1", "é", 2, &row)]);
        let mut left: Vec<_> = written.into_rows().map(|(table, row, _)| format!("{table} {row}")).collect();
        left.sort();
        assert_eq!(left.len(), 300, "{left:?}");
        assert!(left.contains(&format!("table 1 {}", "AB".repeat(16))), "{left:?}");
    }
}
