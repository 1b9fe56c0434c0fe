//! Keys of programs: scoped, expiring, kept as hashes, shown once.
//!
//! Commands: [`create`], [`revoke`]. Queries: [`list`], and [`resume`], which turns a presented key into an actor. It
//! refuses keys that expired or were revoked, and tells nobody which of the two it was. A key may do no more than
//! whoever makes it, and ends when they leave; one made at the machine stays until it is revoked or expires. One that a
//! key makes ends with that key, and makes none itself.

mod create;
mod list;
mod resume;
mod revoke;
pub(crate) mod sql;
#[cfg(test)]
mod tests;

pub use create::{CreateApiKey, CreateRefused, Created, LONGEST_DAYS, create};
pub use list::{Listed, list};
pub use resume::{Unknown, resume};
pub use revoke::{RevokeApiKey, revoke};
pub(crate) use sql::{end_made_by, ends_at, lock};

use coffer_kernel::{Action, ApiKeyId, BusinessId, Role, Timestamp, UserId};

/// A key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The id.
    pub id: ApiKeyId,
    /// Whose books it opens.
    pub business: BusinessId,
    /// Whom it acts as: an id of its own, so that what it makes is told from what people make.
    pub user: UserId,
    /// The role it acts in.
    pub role: Role,
    /// What it may do.
    pub scopes: Vec<Action>,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Timestamp>,
    /// Who made it; nobody where it was made at the machine.
    pub made_by: Option<UserId>,
    /// When it was last used, to the hour.
    pub used_at: Option<Timestamp>,
}

impl ApiKey {
    /// Whether it opens anything.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.revoked_at.is_some() || self.expires_at <= now
    }
}
