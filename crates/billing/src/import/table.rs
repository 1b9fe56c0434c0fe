//! A file as a table: a header and rows, whatever its encoding and separator.

use super::decode::decode;
use coffer_store::refusals;

/// The largest file, in bytes.
pub const LARGEST_FILE: usize = 5 * 1024 * 1024;
/// The most rows of a file, without its header.
pub const MOST_ROWS: usize = 10_000;
/// The most columns.
const MOST_COLUMNS: usize = 200;

refusals! {
    /// Why a file is not read.
    pub enum TableRefused {
        /// It is too large.
        TooLarge => Invalid, "import.too_large", "This file is larger than 5 MiB. Split it, with the header in each part.";
        /// It has too many rows.
        TooLong => Invalid, "import.too_long", "This file has more than 10000 rows. Split it, with the header in each part.";
        /// It has too many columns.
        TooWide => Invalid, "import.too_wide", "This file has more than 200 columns. Leave out those that are not of customers.";
        /// There is nothing in it.
        Empty => Invalid, "import.empty", "There are no rows in this file. The first line names the columns, each line below is a customer.";
        /// It is not a table of texts.
        Unreadable => Invalid, "import.unreadable", "This is not CSV. Export the customers as CSV, with commas, semicolons or tabs between the columns.";
        /// Two columns have the same name.
        Twice => Invalid, "import.column_twice", "Two columns of this file have the same name. Rename one of them.";
    }
}

/// A header and its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows, each with the line of the file it begins on.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Reads a file.
///
/// # Errors
/// [`TableRefused`].
pub fn read(bytes: &[u8]) -> Result<Table, TableRefused> {
    if bytes.len() > LARGEST_FILE {
        return Err(TableRefused::TooLarge);
    }
    let text = decode(bytes);
    if text.contains('\0') {
        return Err(TableRefused::Unreadable);
    }
    let (text, told) = match text.split_once('\n') {
        // Excel's own way to say which separator it wrote.
        Some((first, rest)) => match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
            Some([separator]) => (rest, Some(*separator)),
            _ => (text.as_str(), None),
        },
        None => (text.as_str(), None),
    };
    let separator = told.unwrap_or_else(|| separator(text));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let (mut rows, mut lines) = (Vec::new(), Lines { text, at: 0, line: 1 + u64::from(told.is_some()) });
    for record in reader.records() {
        let record = record.map_err(|_| TableRefused::Unreadable)?;
        let line = lines.of(record.position().map_or(0, csv::Position::byte));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() > MOST_ROWS {
            return Err(TableRefused::TooLong);
        }
        if record.len() > MOST_COLUMNS {
            return Err(TableRefused::TooWide);
        }
        rows.push((line, record.iter().map(cell).collect::<Vec<String>>()));
    }
    if rows.len() < 2 {
        return Err(TableRefused::Empty);
    }
    let (_, header) = rows.remove(0);
    check(&header)?;
    Ok(Table { header, rows })
}

/// Which line of the file a byte is on. Asked in the order of the file.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of what begins at this byte, or behind the line ends that stand there.
    fn of(&mut self, byte: u64) -> u64 {
        let bytes = self.text.as_bytes();
        let mut begins = usize::try_from(byte).unwrap_or(usize::MAX).max(self.at);
        while bytes.get(begins).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            begins += 1;
        }
        let passed = bytes.get(self.at..begins).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = begins;
        self.line
    }
}

fn check(header: &[String]) -> Result<(), TableRefused> {
    if header.len() > MOST_COLUMNS {
        return Err(TableRefused::TooWide);
    }
    let mut names: Vec<&str> = header.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| matches!(pair, [left, right] if left == right)) {
        return Err(TableRefused::Twice);
    }
    Ok(())
}

/// What parts the columns of the first line most often, outside of quotes.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(known, _)| *known == byte).for_each(|(_, count)| *count += 1),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

/// A cell as it was meant: without spaces around it, and without the apostrophe that a careful export puts before what
/// a spreadsheet would run.
fn cell(text: &str) -> String {
    let text = text.trim();
    let bare = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    bare.unwrap_or(text).to_owned()
}
