//! Customers: a name and whatever else this case needs, sealed from the first row.
//!
//! Commands: [`add`], [`revise`]. Queries: [`get`], [`list`], [`find`]. A customer is a subject: their data keys are made with them, and destroying
//! those keys erases them.

mod add;
mod apart;
mod queries;
mod revise;
mod search;
pub(crate) mod sql;

pub use add::{AddCustomer, AddRefused, add};
pub(crate) use add::{check, is_country, is_language, new_customer};
pub(crate) use apart::of_one_town;
pub use apart::told_apart;
pub use queries::{GetCustomer, ListCustomers, Page, get, list};
pub use revise::{ReviseCustomer, ReviseRefused, revise};
pub use search::{CalledAlike, FindCustomers, called_alike, find};
pub(crate) use search::{matching, namesakes};
pub use sql::AGGREGATE;

use crate::invoices::content::Party;
use coffer_kernel::money::Currency;
use coffer_kernel::{CustomerId, ScopeId, Timestamp};

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The id.
    pub id: CustomerId,
    /// The version.
    pub version: i64,
    /// Whose customer it is.
    pub scope: ScopeId,
    /// What they are billed in.
    pub currency: Currency,
    /// The language of their documents.
    pub language: String,
    /// Since when.
    pub created_at: Timestamp,
    /// The buyer on documents.
    pub party: Party,
}
