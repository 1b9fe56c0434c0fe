//! What was typed into a draft and does not read yet, as half a line: kept as it was typed, counted nowhere, and nothing is
//! issued over it. Which fields there are is for the form to say. Pure.

use super::content::Content;
use super::draft::DraftRefused;
use crate::text::{LONG, check_kept};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Texts by the names of the fields they were typed into.
pub type Texts = BTreeMap<String, String>;

/// How many lines, or adjustments, a form may have: as many as an invoice.
const MOST_ROWS: usize = 1_000;

/// How much is kept of it, in bytes: names of fields and what stands in them.
const MOST_BYTES: usize = 200_000;

/// What does not read yet. Rows stand by their place among all rows of the form; those that read have the places between.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// Half lines.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<usize, Texts>,
    /// Half allowances and charges on the whole.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub adjustments: BTreeMap<usize, Texts>,
    /// Other fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: Texts,
}

impl Unfinished {
    /// Whether all of the form reads.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.adjustments.is_empty() && self.fields.is_empty()
    }

    /// The place in the form of the row that is this one among those that read.
    #[must_use]
    pub fn place(rows: &BTreeMap<usize, Texts>, whole: usize) -> usize {
        (0..).filter(|place| !rows.contains_key(place)).nth(whole).unwrap_or(whole)
    }

    /// Whether it may be kept beside what reads.
    pub(super) fn check(&self, content: &Content) -> Result<(), DraftRefused> {
        let rows = [(self.lines.len(), content.lines.len()), (self.adjustments.len(), content.adjustments.len())];
        let too_many = rows.iter().any(|(half, whole)| *half > 0 && half + whole > MOST_ROWS);
        let bytes: usize = self.each().map(|(_, name, text)| name.len() + text.len()).sum();
        if too_many || bytes > MOST_BYTES {
            return Err(DraftRefused::UnfinishedTooMuch);
        }
        for (at, name, text) in self.each() {
            check_kept(format_args!("/unfinished{at}/{name}"), text, LONG)?;
        }
        Ok(())
    }

    /// Every text, with where its row stands and the name of its field.
    fn each(&self) -> impl Iterator<Item = (String, &str, &str)> {
        let lines = self.lines.iter().map(|(place, texts)| (format!("/lines/{place}"), texts));
        let adjustments = self.adjustments.iter().map(|(place, texts)| (format!("/adjustments/{place}"), texts));
        let all = lines.chain(adjustments).chain([(String::new(), &self.fields)]);
        all.flat_map(|(at, texts)| texts.iter().map(move |(name, text)| (at.clone(), name.as_str(), text.as_str())))
    }
}

#[cfg(test)]
mod tests;
