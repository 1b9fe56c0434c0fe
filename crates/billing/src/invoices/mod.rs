//! Invoices: drafted, then issued once and for all.
//!
//! Commands: [`draft`], [`redraft`], [`revise`], [`delete`], [`issue`], [`issue_at_once`], [`void`]. Queries: [`get`], [`see`], [`list`],
//! [`pressing`]. It refuses to issue what EN 16931 would refuse, what is not a draft, and what was changed since it was
//! read; an issued invoice is never replaced. Numbers are taken inside the transaction that uses them, so a series has
//! no gaps.

mod abroad;
pub mod content;
mod delete;
mod draft;
mod events;
mod issue;
pub(crate) mod listed;
mod missing;
mod model;
mod numbering;
mod pressing;
mod queries;
mod redraft;
mod revise;
mod rules;
pub(crate) use rules::rate_fits;
pub(crate) mod sql;
#[cfg(test)]
mod tests;
mod unfinished;
mod void;

pub use abroad::is_in_union;
pub use delete::{DeleteDraft, DeleteRefused, delete};
pub use draft::{DraftInvoice, DraftRefused, draft, fits};
pub use issue::{IssueAtOnce, IssueInvoice, IssueRefused, issue, issue_at_once};
pub use missing::{Missing, missing};
pub use model::{Draft, Frozen, Invoice, Issued, NotIssuable, Status};
pub(crate) use numbering::numbers_were_given;
pub use pressing::pressing;
pub use queries::{
    GetInvoice, ListInvoices, Listed, Page, Row, Seen, Tried, get, list, next_number, see, try_numbering,
};
pub use redraft::redraft;
pub use revise::{ReviseDraft, revise};
pub use sql::AGGREGATE;
pub use unfinished::{Texts, Unfinished};
pub use void::{VoidInvoice, VoidRefused, void};

/// Whether this is a draft within the scope: for commands on what only issued invoices have.
pub(crate) fn is_draft(
    reading: &mut impl coffer_store::Reading,
    scope: &coffer_kernel::Scope,
    id: coffer_kernel::InvoiceId,
) -> Result<bool, coffer_store::Fault> {
    Ok(matches!(sql::find(reading, scope, id)?, Some(Invoice::Draft(_))))
}
