//! Permits: proof that the policy said yes, and how far it reaches.

use crate::{Action, Actor, BusinessId, ScopeId};

/// Which records an actor reaches inside their business. It becomes part of the query (law 7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every record of the business.
    All,
    /// Only records that carry one of these scopes, at most [`Scope::MOST`].
    Only(Vec<ScopeId>),
}

impl Scope {
    /// How many scopes a query names one by one.
    pub const MOST: usize = 16;

    /// Whether a record of this scope is within reach.
    #[must_use]
    pub fn reaches(&self, scope: ScopeId) -> bool {
        match self {
            Self::All => true,
            Self::Only(scopes) => scopes.contains(&scope),
        }
    }
}

/// The policy allowed this actor this action, in this business, as far as this scope.
///
/// Only [`crate::policy::permit`] makes one, and the store asks for it before anything is read or written.
#[derive(Debug, Clone)]
pub struct Permit {
    pub(crate) action: Action,
    pub(crate) actor: Actor,
    pub(crate) scope: Scope,
}

impl Permit {
    /// What is allowed.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }
    /// Who is allowed.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }
    /// Where it is allowed.
    #[must_use]
    pub const fn business(&self) -> BusinessId {
        self.actor.business()
    }
    /// How far it reaches.
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }
}
