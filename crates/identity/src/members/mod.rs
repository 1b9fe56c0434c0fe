//! Who works for a business, and as what. In the business's own books and history; read at each request.
//!
//! It refuses to leave a business without an owner, and to let anybody give more than they have.

mod accept;
mod anywhere;
mod dismiss;
mod ends_with;
mod join;
mod known;
mod list;
mod names;
mod revise;
pub(crate) mod sql;
#[cfg(test)]
mod tests;

pub use accept::accept;
pub(crate) use anywhere::anywhere;
pub use dismiss::dismiss;
pub use ends_with::{EndsWith, ends_with};
pub use join::{JoinRefused, join, open_business};
pub(crate) use known::known;
pub use known::{Known, everybody};
pub use list::{Person, list};
pub use names::name_of;
pub(crate) use names::{names, names_of};
pub use revise::{EndMembership, ReviseMember, ReviseRefused, end, revise};
pub use sql::AGGREGATE;

use coffer_kernel::{Role, Timestamp, UserId};

/// Somebody's place in a business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// The version.
    pub version: i64,
    /// As what.
    pub role: Role,
    /// Since when.
    pub since: Timestamp,
    /// When they left, if they did.
    pub ended_at: Option<Timestamp>,
    /// Whether the row was written here. A place that somebody else wrote is none.
    pub(crate) vouched: bool,
}
