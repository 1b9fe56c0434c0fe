//! Links that begin something, once: the owner's set-up, an invitation, a way back in. Kept as hashes, shown once.
//!
//! An invitation is made for one address and ends with whoever made it. Whoever holds it can ask about that address and
//! about no other, so that nobody finds out by one who signs in here (control C31).

mod cancel;
mod enter;
mod invited;
mod make;
mod recover;
pub(crate) mod sql;
#[cfg(test)]
mod tests;
mod waiting;

pub use cancel::{CancelInvitation, cancel};
pub use enter::{EnterRefused, enter};
pub use invited::{Invited, invited, look};
pub(crate) use invited::{address_of, for_address};
pub use make::{CreateSetupLink, InvitePerson, LinkRefused, invite, is_being_set_up, set_up_link};
pub use recover::{RecoverRefused, RecoverUser, Recovery, recover, recoveries};
pub(crate) use sql::{end_made_by, end_one};
pub use waiting::{Waiting, waiting};

use coffer_kernel::{BusinessId, LinkId, Role, Timestamp, UserId};
use std::time::Duration;

/// How long the owner's set-up link is good.
pub const SET_UP_LINK: Duration = Duration::from_secs(24 * 60 * 60);
/// How long an invitation is good.
pub const INVITATION: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How long a way back in is good: it is made while its person stands by.
pub const RECOVERY: Duration = Duration::from_secs(60 * 60);

/// What a link begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// The owner's set-up of a fresh installation.
    SetUp,
    /// Joining a business.
    Joining,
    /// Coming back without a second step.
    Recovering,
}

impl Begins {
    /// The name in rows.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::Joining => "joining",
            Self::Recovering => "recovering",
        }
    }

    /// What has this name in rows.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::SetUp, Self::Joining, Self::Recovering].into_iter().find(|begins| begins.code() == code)
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
    /// Who made it, where that was a person.
    pub made_by: Option<UserId>,
    /// Whose way back in it is.
    pub user: Option<UserId>,
}
