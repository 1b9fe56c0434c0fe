//! What is looked at when books are checked: one list, for `coffer check`, for whatever came back from a backup, and the part of
//! it that opens nothing for the look that serving takes by itself.

use crate::Ending;
use crate::console::Console;
use coffer_identity::vouchers::look_through;
use coffer_kernel::Actor;
use coffer_store::{Books, Fault, Knowable, Refused};
use std::fmt::Display;

/// What becomes of a log before it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Logs {
    /// Its head is signed, so that all of it is held against one.
    Signed,
    /// Nothing: it is looked at as it came.
    AsTheyAre,
}

/// How much was looked at, and what of it does not fit, a sentence each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Looked {
    pub(crate) records: i64,
    pub(crate) rows: u64,
    pub(crate) findings: Vec<String>,
    /// How many of them are of what is worked out again, which the look of every day does not do.
    pub(crate) again: usize,
    /// Those of them that somebody may say are known.
    pub(crate) knowable: Vec<Knowable>,
    /// What does not fit either, and was said to be known: a sentence each.
    pub(crate) known: Vec<String>,
    /// What is to be known of it all the same.
    pub(crate) notices: Vec<String>,
}

impl Looked {
    /// The same with another look.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            records: self.records + other.records,
            rows: self.rows + other.rows,
            findings: [self.findings, other.findings].concat(),
            again: self.again + other.again,
            knowable: [self.knowable, other.knowable].concat(),
            known: [self.known, other.known].concat(),
            notices: [self.notices, other.notices].concat(),
        }
    }

    /// The same, once whoever asked was told what was found.
    pub(crate) fn said(self, console: &mut dyn Console) -> Result<Self, Ending> {
        self.known.iter().try_for_each(|known| console.say(&format_args!("Known: {known}")))?;
        self.notices.iter().chain(&self.findings).try_for_each(|finding| console.say(finding))?;
        Ok(self)
    }

    fn found<T: Display>(&mut self, found: &[T]) {
        self.findings.extend(found.iter().map(T::to_string));
    }

    /// What was looked at and differs. What does not even read is a finding too: the rest is looked at all the same.
    fn differs<T: Display>(&mut self, what: &str, differs: Result<Vec<T>, Refused>) -> Result<(), Refused> {
        match differs {
            Err(Refused::Fault(fault)) if !is_elsewhere(&fault) => {
                self.found(&[format!("{what} cannot be worked out again: {fault}.")]);
            }
            differs => self.found(&differs?),
        }
        Ok(())
    }
}

/// Whether it is the database, or this process, that is not there: nothing was looked at. Any other is what the rows did to whoever
/// worked them out, sums that leave 64 bits among them.
const fn is_elsewhere(fault: &Fault) -> bool {
    matches!(fault, Fault::Away(_) | Fault::Broken(_) | Fault::Closed | Fault::Unknown)
}

/// Whoever may come in, by the rows that let them: how many rows, and what of them is not as it was written. By somebody in the
/// installation's books.
pub(crate) async fn ways_in(books: &Books, actor: &Actor) -> Result<Looked, Ending> {
    let mut ways_in = Looked::default();
    let altered = look_through(books, actor).await.map(|looked| {
        ways_in.rows = looked.rows as u64;
        looked.altered
    });
    ways_in.differs("The ways in", altered)?;
    Ok(ways_in)
}

/// The books that somebody is in, a business's or the installation's: the log, every row and detail of it, every kept document,
/// every running sum and everything else that can be worked out again.
pub(crate) async fn books(books: &Books, actor: &Actor, logs: Logs) -> Result<Looked, Ending> {
    // Asked before it is signed: from then on a head is kept. What cannot be read is found below.
    let begun = if logs == Logs::Signed { books.begun_with(actor.business()).await.ok().flatten() } else { None };
    // What cannot be signed is said as what was found.
    let signed = if logs == Logs::Signed { books.sign_log(actor.business()).await.map(drop) } else { Ok(()) };
    let mut looked = as_written(books, actor).await?;
    looked.notices.extend(begun.map(|size| {
        format!(
            "Notice: no head of this log was kept on this machine. It goes on from the last one in the database, over {size} \
             records; whether there were more of them cannot be said here."
        )
    }));
    let written = looked.findings.len();
    let kept = coffer_billing::delivery::rendition::differences(books, actor).await;
    let kept = kept.map(|wrong| {
        named(wrong, |invoice| format!("The document kept of {invoice} is not the one that was printed."))
    });
    looked.differs("The documents that are kept", kept)?;
    looked.differs("What the books come to", coffer_billing::check::recompute(books, actor).await)?;
    looked.again = looked.findings.len().saturating_sub(written);
    if looked.findings.is_empty() {
        signed?;
    }
    Ok(looked)
}

/// What of them can be told without opening what is sealed: the log, every row and detail of it, and every running sum.
pub(crate) async fn as_written(books: &Books, actor: &Actor) -> Result<Looked, Ending> {
    let mut looked = Looked::default();
    let checked = books.check(actor.business()).await.map(|checked| {
        (looked.records, looked.rows, looked.knowable) = (checked.records, checked.rows, checked.knowable);
        looked.known = checked.known.iter().map(ToString::to_string).collect();
        checked.findings
    });
    looked.differs("The log and what it says of rows", checked)?;
    let sums = coffer_billing::ledger::differences(books, actor).await;
    let sums = sums
        .map(|wrong| named(wrong, |account| format!("The running sum of {account} is not the sum of its postings.")));
    looked.differs("The running sums", sums)?;
    Ok(looked)
}

fn named<T>(wrong: Vec<T>, say: impl Fn(T) -> String) -> Vec<String> {
    wrong.into_iter().map(say).collect()
}
