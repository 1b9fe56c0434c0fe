//! Who has a person behind them: said here, for whoever asks it.

use crate::{ApiKeyId, Role, SessionId, UserId, Who};

/// Who has a person behind them, and can be shown out while they ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caller {
    /// Somebody signed in, by this sign-in, who came in this role.
    Person(SessionId, UserId, Role),
    /// A program, by its key, and for whom it acts.
    Program(ApiKeyId, UserId),
}

impl Who {
    /// Who it is, where there is a person behind them; [`None`] for those whom nobody shows out while they ask.
    #[must_use]
    pub const fn caller(&self) -> Option<Caller> {
        match self {
            Self::Staff { user, role, session, .. } => Some(Caller::Person(*session, *user, *role)),
            Self::Key { key, user, .. } => Some(Caller::Program(*key, *user)),
            Self::Anonymous
            | Self::Setup
            | Self::Joining
            | Self::Link { .. }
            | Self::Operator { .. }
            | Self::System { .. } => None,
        }
    }
}
