//! What became of each row.

use coffer_kernel::CustomerId;

/// What became of a row, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It would be added: a dry run.
    Ready,
    /// It was added.
    Added(CustomerId),
    /// It was there before.
    There(CustomerId),
    /// Somebody with this e-mail address is there already.
    Resembles(CustomerId),
    /// Somebody of this name and town is there already: it is said in a dry run, and added where it is run all the same.
    Namesake(CustomerId),
    /// The same as an earlier row of the file, by its line.
    Repeats(u64),
    /// It was refused, for all of this.
    Refused(Vec<Wrong>),
}

/// One thing that is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The column it stands in, where it is one.
    pub column: Option<String>,
    /// The stable code.
    pub code: &'static str,
    /// What, why, what next.
    pub detail: String,
    /// What the sentence names, for other languages.
    pub arguments: Vec<(&'static str, String)>,
}

impl Outcome {
    /// The word in a report.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Added(_) => "added",
            Self::There(_) => "there",
            Self::Resembles(_) => "resembles",
            Self::Namesake(_) => "namesake",
            Self::Repeats(_) => "repeats",
            Self::Refused(_) => "refused",
        }
    }

    /// The customer it is about, where there is one.
    #[must_use]
    pub const fn customer(&self) -> Option<CustomerId> {
        match self {
            Self::Added(id) | Self::There(id) | Self::Resembles(id) | Self::Namesake(id) => Some(*id),
            Self::Ready | Self::Repeats(_) | Self::Refused(_) => None,
        }
    }

    /// What to know or do, in a sentence; nothing where all is well.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Ready | Self::Added(_) | Self::There(_) => String::new(),
            Self::Resembles(_) => {
                "Somebody with this e-mail address is there already. Change the address, or leave the row out."
                    .to_owned()
            }
            Self::Namesake(_) => {
                "Somebody of this name and town is there already. Leave the row out if they are the same; it is added \
                 where it stays."
                    .to_owned()
            }
            Self::Repeats(line) => format!("The same customer as in line {line}; only the first is taken."),
            Self::Refused(wrong) => {
                let details: Vec<&str> = wrong.iter().map(|wrong| wrong.detail.as_str()).collect();
                details.join(" ")
            }
        }
    }
}

/// A row's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowReport {
    /// The line of the file it begins on.
    pub line: u64,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Row by row, in the order of the file.
    pub rows: Vec<RowReport>,
}

impl Report {
    /// How many rows have this outcome, by its word.
    #[must_use]
    pub fn count(&self, word: &str) -> usize {
        self.rows.iter().filter(|row| row.outcome.word() == word).count()
    }

    /// The report as CSV that no spreadsheet runs.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let head = ["line", "outcome", "customer", "column", "code", "detail"].map(str::to_owned);
        let rows = self.rows.iter().map(|row| {
            let wrong: &[Wrong] = if let Outcome::Refused(wrong) = &row.outcome { wrong } else { &[] };
            let columns: Vec<&str> = wrong.iter().filter_map(|wrong| wrong.column.as_deref()).collect();
            let codes: Vec<&str> = wrong.iter().map(|wrong| wrong.code).collect();
            let customer = row.outcome.customer().map(|id| id.to_string()).unwrap_or_default();
            [
                row.line.to_string(),
                row.outcome.word().to_owned(),
                customer,
                columns.join("; "),
                codes.join("; "),
                row.outcome.detail(),
            ]
        });
        std::iter::once(head).chain(rows).map(|cells| cells.map(|text| cell(&text)).join(",") + "\r\n").collect()
    }
}

/// A cell by RFC 4180, quoted, with an apostrophe before what a spreadsheet would run.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}
