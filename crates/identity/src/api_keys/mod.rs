//! Keys of programs: scoped, expiring, kept as hashes, shown once.
//!
//! Commands: [`create`]. Queries: [`resume`], which turns a presented key into an actor. It refuses keys that expired
//! or were revoked, and tells nobody which of the two it was.

mod create;
mod resume;
mod sql;
#[cfg(test)]
mod tests;

pub use create::{CreateApiKey, CreateRefused, Created, create};
pub use resume::{Unknown, resume};

use coffer_kernel::{Action, ApiKeyId, BusinessId, Role, Timestamp, UserId};

/// A key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The id.
    pub id: ApiKeyId,
    /// Whose books it opens.
    pub business: BusinessId,
    /// Whom it acts for.
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
}
