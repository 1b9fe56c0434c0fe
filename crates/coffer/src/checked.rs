//! What is looked at when books are checked: one list, for `coffer check` and for whatever came back from a backup.

use crate::Ending;
use crate::console::Console;
use crate::home::Home;
use coffer_identity::vouchers::look_through;
use coffer_kernel::BusinessId;
use coffer_store::{Fault, Refused};
use std::fmt::Display;

/// What becomes of a log before it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Logs {
    /// Its head is signed, so that all of it is held against one.
    Signed,
    /// Nothing: it is looked at as it came.
    AsTheyAre,
}

/// How much was looked at, and how much of it does not fit. Each finding was said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Looked {
    pub(crate) records: i64,
    pub(crate) rows: u64,
    pub(crate) findings: usize,
}

impl Looked {
    /// The same with another look.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self {
            records: self.records + other.records,
            rows: self.rows + other.rows,
            findings: self.findings + other.findings,
        }
    }

    /// Says what was found.
    fn found<T: Display>(&mut self, console: &mut dyn Console, found: Vec<T>) -> Result<(), Ending> {
        self.findings += found.len();
        found.iter().try_for_each(|finding| console.say(finding))
    }

    /// Says what was worked out again and differs. What does not even read is a finding too: the rest is looked at all the same.
    fn differs<T: Display>(
        &mut self,
        console: &mut dyn Console,
        (what, differs): (&str, Result<Vec<T>, Refused>),
    ) -> Result<(), Ending> {
        match differs {
            Err(Refused::Fault(fault)) if !is_elsewhere(&fault) => {
                self.found(console, vec![format!("{what} cannot be worked out again: {fault}.")])
            }
            differs => self.found(console, differs?),
        }
    }
}

/// Whether it is the database, or this process, that is not there: nothing was looked at. Any other is what the rows did to whoever
/// worked them out, sums that leave 64 bits among them.
const fn is_elsewhere(fault: &Fault) -> bool {
    matches!(fault, Fault::Away(_) | Fault::Broken(_) | Fault::Closed | Fault::Unknown)
}

/// Whoever may come in, by the rows that let them: how many rows, and what of them is not as it was written.
pub(crate) async fn ways_in(home: &Home, console: &mut dyn Console) -> Result<Looked, Ending> {
    let looked = look_through(&home.books, &home.operator(BusinessId::INSTALLATION)).await?;
    let mut ways_in = Looked { rows: u64::try_from(looked.rows)?, ..Looked::default() };
    ways_in.found(console, looked.altered)?;
    Ok(ways_in)
}

/// The books of a business, or of the installation: the log, every row and detail of it, every kept document, every running sum
/// and everything else that can be worked out again.
pub(crate) async fn books(
    home: &Home,
    business: BusinessId,
    logs: Logs,
    console: &mut dyn Console,
) -> Result<Looked, Ending> {
    let (books, operator) = (&home.books, home.operator(business));
    // What cannot be signed is said as what was found.
    let signed = if logs == Logs::Signed { books.sign_log(business).await.map(drop) } else { Ok(()) };
    let checked = books.check(business).await?;
    let mut looked = Looked { records: checked.records, rows: checked.rows, findings: 0 };
    looked.found(console, checked.findings)?;
    let sums = coffer_billing::ledger::differences(books, &operator).await;
    let sums = sums
        .map(|wrong| named(wrong, |account| format!("The running sum of {account} is not the sum of its postings.")));
    looked.differs(console, ("The running sums", sums))?;
    let kept = coffer_billing::delivery::rendition::differences(books, &operator).await;
    let kept = kept.map(|wrong| {
        named(wrong, |invoice| format!("The document kept of {invoice} is not the one that was printed."))
    });
    looked.differs(console, ("The documents that are kept", kept))?;
    let again = coffer_billing::check::recompute(books, &operator).await;
    looked.differs(console, ("What the books come to", again))?;
    if looked.findings == 0 {
        signed?;
    }
    Ok(looked)
}

fn named<T>(wrong: Vec<T>, say: impl Fn(T) -> String) -> Vec<String> {
    wrong.into_iter().map(say).collect()
}
