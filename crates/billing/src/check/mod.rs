//! Everything that is kept and could be worked out, worked out again: numbers, books, standings, sums, hashes.
//!
//! The log's digests find what was altered behind the program's back; this finds what the program itself kept wrong.
//! Query: [`recompute`], for whoever checks.

mod documents;
mod sql;
#[cfg(test)]
mod tests;

use coffer_kernel::{Action, Actor, EntryId, InvoiceId, PaymentId};
use coffer_store::{Books, Order, Refused};

/// Something that is kept and is not what it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Numbers of a series that were given to no invoice, or an end of it that is another.
    Numbers {
        /// Which series.
        series: String,
    },
    /// Debits and credits of an entry differ.
    Unbalanced(EntryId),
    /// The books say another thing of an invoice than it and its payments do.
    Books(InvoiceId),
    /// How an invoice stands is not what it and its payments come to.
    Standing(InvoiceId),
    /// More of a payment counts than came in, or less than nothing.
    Allocation(PaymentId),
    /// The sums that are kept of an invoice are not those of its lines.
    Sums(InvoiceId),
    /// What an invoice says is not what was hashed when it was issued.
    Hash(InvoiceId),
    /// What is kept of an invoice does not open.
    Unreadable(InvoiceId),
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Numbers { series } => {
                write!(f, "The numbers of series {series} have a gap, or end elsewhere than it says.")
            }
            Self::Unbalanced(entry) => write!(f, "The debits and credits of entry {entry} differ."),
            Self::Books(invoice) => write!(f, "The books say another thing of {invoice} than it and its payments do."),
            Self::Standing(invoice) => write!(f, "How {invoice} stands is not what it and its payments come to."),
            Self::Allocation(payment) => write!(f, "More of {payment} counts than came in, or less than nothing."),
            Self::Sums(invoice) => write!(f, "The sums kept of {invoice} are not those of its lines."),
            Self::Hash(invoice) => write!(f, "What {invoice} says is not what was hashed when it was issued."),
            Self::Unreadable(invoice) => write!(f, "What is kept of {invoice} does not open."),
        }
    }
}

struct Recompute;

impl Order for Recompute {
    const ACTION: Action = Action::CheckBooks;
}

/// Works everything out again: what differs is named; nothing, unless something or somebody kept it wrong. All invoices
/// are opened for it, and that they were is recorded.
///
/// # Errors
/// As the store's.
pub async fn recompute(books: &Books, actor: &Actor) -> Result<Vec<Wrong>, Refused> {
    let look = books.read(actor, Recompute, |snapshot, _, _| {
        let mut wrong: Vec<Wrong> =
            sql::series_with_gaps(snapshot)?.into_iter().map(|series| Wrong::Numbers { series }).collect();
        wrong.extend(sql::unbalanced(snapshot)?.into_iter().map(Wrong::Unbalanced));
        wrong.extend(sql::standing_wrong(snapshot)?.into_iter().map(Wrong::Standing));
        wrong.extend(sql::booked_wrong(snapshot)?.into_iter().map(Wrong::Books));
        wrong.extend(sql::allocated_wrong(snapshot)?.into_iter().map(Wrong::Allocation));
        Ok::<_, Refused>(wrong)
    });
    let mut wrong = look.await?;
    wrong.extend(documents::recompute(books, actor).await?);
    Ok(wrong)
}
