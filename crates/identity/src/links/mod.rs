//! Links that begin something, once: the owner's set-up, an invitation, a way back in. Kept as hashes, shown once.

mod enter;
mod make;
pub(crate) mod sql;
mod waiting;

pub use enter::{EnterRefused, enter};
pub(crate) use make::is_owner;
pub use make::{CreateSetupLink, InvitePerson, LinkRefused, invite, set_up_link};
pub use waiting::waiting;

use coffer_kernel::{BusinessId, LinkId, Role, Timestamp};
use std::time::Duration;

/// How long the owner's set-up link is good.
pub const SET_UP_LINK: Duration = Duration::from_secs(24 * 60 * 60);
/// How long an invitation is good.
pub const INVITATION: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What a link begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// The owner's set-up of a fresh installation.
    SetUp,
    /// Joining a business.
    Joining,
}

impl Begins {
    /// The name in rows.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::Joining => "joining",
        }
    }
}

/// A link, without its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLink {
    /// The id.
    pub id: LinkId,
    /// What it begins.
    pub begins: Begins,
    /// For which business; the installation, where there is none yet.
    pub business: BusinessId,
    /// As what one joins.
    pub role: Option<Role>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When it was used, if it was.
    pub used_at: Option<Timestamp>,
}
