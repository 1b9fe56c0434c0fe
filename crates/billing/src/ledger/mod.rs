//! The books under everything: double entry.
//!
//! A [`JournalEntry`] is weighed when it is made, in production too: there is no entry that does not balance. Entries
//! are never changed; a correction is another entry. Balances are running sums kept by the committer.

mod balances;
mod sql;

pub use balances::{Balance, balances, differences, trial_balance};
pub use sql::AGGREGATE;

use coffer_kernel::money::Money;
use coffer_kernel::{Date, EntryId, InvoiceId};
use coffer_store::{Fault, Tx};

/// What customers owe.
pub const RECEIVABLE: &str = "receivable";
/// Money that came in.
pub const BANK: &str = "bank";
/// What customers paid beyond what they owe.
pub const CREDIT: &str = "customer credit";
/// What rounding the amount due adds or takes.
pub const ROUNDING: &str = "rounding";
/// What was earned.
pub const REVENUE: &str = "revenue";

/// One side of an entry: a debit is positive, a credit negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The account.
    pub account: String,
    /// How much.
    pub amount: Money,
}

/// A balanced entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    id: EntryId,
    posted_on: Date,
    cause: &'static str,
    document: InvoiceId,
    postings: Vec<Posting>,
}

/// The debits and credits differ, or are in different currencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unbalanced;

impl JournalEntry {
    /// Weighs an entry. Postings of nothing are left out.
    ///
    /// # Errors
    /// [`Unbalanced`]: a mistake in this program, never in an order.
    pub fn weighed(
        id: EntryId,
        posted_on: Date,
        cause: &'static str,
        document: InvoiceId,
        postings: Vec<Posting>,
    ) -> Result<Self, Unbalanced> {
        let Some(first) = postings.first() else { return Err(Unbalanced) };
        let zero = Money::zero(first.amount.currency());
        let sum = postings.iter().try_fold(zero, |sum, posting| sum.plus(posting.amount));
        if sum != Ok(zero) {
            return Err(Unbalanced);
        }
        let postings = postings.into_iter().filter(|posting| posting.amount != zero).collect();
        Ok(Self { id, posted_on, cause, document, postings })
    }
}

/// Posts an entry and moves the balances.
///
/// # Errors
/// Where the engine refuses.
pub(crate) fn post(tx: &mut Tx<'_>, entry: &JournalEntry) -> Result<(), Fault> {
    tx.insert(entry)?;
    for posting in &entry.postings {
        let part = format!("{} {}", posting.account, posting.amount.currency());
        tx.tally("account", part, posting.amount.minor(), 1);
    }
    Ok(())
}
