//! Sign-ins: a random token in a cookie, its hash in a row (SP 800-63B-4 §5.1, ASVS 7).
//!
//! One row lives through the stages of a sign-in: being set up, half made (password taken, second step missing), whole.
//! Each stage has its own time limit, and a new token is given at each step up. What the role allows is read from the
//! membership at each request, so that whoever leaves is out at once.

mod end;
mod found_what;
mod renew;
mod resume;
pub(crate) mod sql;

pub(crate) use end::at_the_door;
pub use end::{EndSessions, ListSessions, SignOut, end_others, leave, list, sign_out};
pub use found_what::found_what;
pub use renew::{Reauthenticate, ReauthenticateRefused, reauthenticate};
pub use resume::{Unknown, Visitor, resume};

use coffer_kernel::{BusinessId, LinkId, Role, SessionId, Timestamp, UserId};
use std::time::Duration;

/// How long a whole session may rest before it ends.
pub const IDLE: Duration = Duration::from_secs(30 * 60);
/// How long a whole session may last.
pub const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);
/// How long a half-made sign-in waits for its second step.
pub const HALF: Duration = Duration::from_secs(10 * 60);
/// How long setting up may take.
pub const SET_UP: Duration = Duration::from_secs(2 * 60 * 60);
/// A session that is used is noted as used this often.
pub(crate) const NOTED: Duration = Duration::from_secs(60);

/// How far a sign-in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The owner's set-up: there may be no person yet, and no business.
    SetUp,
    /// Somebody who was invited, before their second step stands.
    Joining,
    /// Somebody who lost their second step, let back in at the machine.
    Recovering,
    /// The password was right; the second step is missing.
    Half,
    /// Signed in.
    Full,
}

impl Stage {
    /// The name in rows.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SetUp => "set_up",
            Self::Joining => "joining",
            Self::Recovering => "recovering",
            Self::Half => "half",
            Self::Full => "full",
        }
    }

    /// The stage with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let all = [Self::SetUp, Self::Joining, Self::Recovering, Self::Half, Self::Full];
        all.into_iter().find(|stage| stage.code() == code)
    }
}

/// A sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The id.
    pub id: SessionId,
    /// How far it has come.
    pub stage: Stage,
    /// Whose.
    pub user: Option<UserId>,
    /// In which business they are, or which they join.
    pub business: Option<BusinessId>,
    /// As what they join.
    pub role: Option<Role>,
    /// The link by which they are arriving.
    pub link: Option<LinkId>,
    /// Since when.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends, whatever happens.
    pub expires_at: Timestamp,
    /// When the person last proved who they are.
    pub reauthenticated_at: Timestamp,
}

impl Session {
    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        let rests = self.stage == Stage::Full && self.seen_at.checked_add(IDLE).is_ok_and(|until| until <= now);
        self.expires_at <= now || rests
    }

    /// Whether the person proved who they are a moment ago.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        coffer_kernel::actor::is_fresh(self.reauthenticated_at, now)
    }
}
