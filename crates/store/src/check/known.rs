//! What somebody said is known of what the checker finds, so that an alarm whose cause nobody can undo ends for what it is about,
//! and for nothing else.
//!
//! It is said in a record of the log like every other, about a *print* of the finding: a keyed digest over what it is, of which
//! row, what the log says of that row and what stands there. Whatever changes again has another print. It is believed only
//! where the log is the one that was written here: of any other, nothing is known. So what is found of the log itself has no
//! print, and cannot be known. No row says any of this, and nobody makes a print without the business's key.

use super::Checked;
use crate::books::{Books, Order};
use crate::fault::hex;
use crate::finding::Finding;
use crate::keyring::BookKeys;
use crate::log::leaf::{Leaf, Outcome};
use crate::recorded::Event;
use crate::refused::Refused;
use coffer_kernel::{Action, Actor, Timestamp};
use std::collections::HashMap;
use std::fmt;

/// A finding that can be said to be known, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knowable {
    /// What was found.
    pub finding: Finding,
    /// Of what it is found.
    pub print: [u8; 16],
}

/// A finding that was said to be known, and is as it was then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What was found.
    pub finding: Finding,
    /// Who said so: kind and id, as in the log.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} Said to be known by {} on {}.", self.finding, self.by, self.at)
    }
}

/// Who said of which prints that they are known, and when.
pub(crate) type Said = HashMap<[u8; 16], (String, Timestamp)>;

/// Takes on what a record says is known.
pub(super) fn hear(said: &mut Said, leaf: &Leaf) {
    if leaf.out == Outcome::Done
        && leaf.what == FindingKnown::NAME
        && let Some(print) = leaf.about.as_deref().and_then(super::written::bytes)
    {
        said.insert(print, (leaf.by.clone(), leaf.at));
    }
}

impl Checked {
    /// Something does not fit. `stands` is everything that has to be other for it to be another finding.
    pub(super) fn found(&mut self, book: &BookKeys, finding: Finding, stands: &[&[u8]]) {
        let (Some(place), Some(said)) = (place(&finding, &self.lets_in), &self.said) else {
            self.findings.push(finding);
            return;
        };
        let mut digest = book.keys.digest();
        digest.update(b"a finding");
        place.iter().for_each(|part| digest.update(part.as_bytes()));
        stands.iter().for_each(|part| digest.update(part));
        let mut print = [0; 16];
        print.iter_mut().zip(digest.finish()).for_each(|(short, full)| *short = full);
        if let Some((by, at)) = said.get(&print).cloned() {
            self.known.push(Known { finding, by, at });
        } else {
            self.knowable.push(Knowable { finding: finding.clone(), print });
            self.findings.push(finding);
        }
    }
}

/// What it is, of which table and which row, in words that stay; [`None`] where it is of the log itself, or of a row that stands
/// and lets somebody in: whoever may come in by it comes in, known or not.
fn place(finding: &Finding, lets_in: &[&str]) -> Option<[String; 3]> {
    let (kind, table, row) = match finding {
        Finding::RowDiffers { table, row } => ("differs", *table, row.clone()),
        Finding::RowUnknown { table, row } => ("unknown", *table, row.clone()),
        Finding::RowMissing { table, row } => ("missing", table.as_str(), row.clone()),
        Finding::RowPutBack { table, row, .. } => ("put back", table.as_str(), row.clone()),
        Finding::DetailDiffers { seq } => ("differs", "log_detail", seq.to_string()),
        Finding::DetailMissing { seq } => ("missing", "log_detail", seq.to_string()),
        Finding::Gap { .. }
        | Finding::Unreadable { .. }
        | Finding::NotWritten { .. }
        | Finding::TreeDiffers { .. }
        | Finding::LogCut { .. } => return None,
    };
    let gone = matches!(finding, Finding::RowMissing { .. });
    (gone || !lets_in.contains(&table)).then(|| [kind.to_owned(), table.to_owned(), row])
}

/// To be recorded of a finding.
#[derive(Debug, Clone)]
struct Know {
    print: [u8; 16],
    detail: String,
}

impl Order for Know {
    const ACTION: Action = Action::KnowFindings;
}

/// Somebody said that a finding is known.
struct FindingKnown(Know);

impl Event for FindingKnown {
    const NAME: &'static str = "finding.known";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.print)
    }
    fn detail(&self) -> Option<String> {
        Some(self.0.detail.clone())
    }
}

impl Books {
    /// Records that a finding of the actor's books is known, and why it is to be no alarm. It stands as it is: what was altered
    /// stays refused wherever it is.
    ///
    /// # Errors
    /// As the store's; and where it cannot be known.
    pub async fn know(&self, actor: &Actor, what: &Knowable, why: &str) -> Result<(), Refused> {
        let lets_in = super::lets_in(self.inner().aggregates);
        let [kind, table, row] = place(&what.finding, &lets_in).ok_or(Refused::NotFound)?;
        let finding = format!("{table} {row}");
        let detail = serde_json::json!({ "kind": kind, "finding": finding, "print": hex(&what.print), "why": why });
        let order = Know { print: what.print, detail: detail.to_string() };
        self.transact(actor, order, |tx, _, order| tx.record::<_, _, Refused>(FindingKnown(order.clone()), ())).await
    }
}
