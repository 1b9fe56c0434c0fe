//! Named callers: every kind of actor, by the name of what they are.

use coffer_kernel::{
    Action, Actor, ApiKeyId, BusinessId, InvoiceId, LinkId, Mint, Origin, Role, SessionId, Timestamp, TypedId, UserId,
    Who,
};

/// Makes actors of every kind in one business.
#[derive(Debug, Clone)]
pub struct Callers {
    mint: Mint,
    /// Whose books they act in.
    pub business: BusinessId,
}

impl Callers {
    /// The callers of this business.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the test kit is one of the two places that may claim the mint")]
    pub const fn of(business: BusinessId) -> Self {
        Self { mint: Mint::claim(), business }
    }

    fn actor(&self, who: Who) -> Actor {
        self.mint.actor(who, self.business, Origin { address: Some([127, 0, 0, 1].into()) })
    }

    /// Nobody known.
    #[must_use]
    pub fn anonymous(&self) -> Actor {
        self.actor(Who::Anonymous)
    }
    /// The holder of the set-up link.
    #[must_use]
    pub fn setup(&self) -> Actor {
        self.actor(Who::Setup)
    }
    /// Somebody at the machine.
    #[must_use]
    pub fn operator(&self) -> Actor {
        self.actor(Who::Operator { name: "root".into() })
    }
    /// A background job.
    #[must_use]
    pub fn system(&self) -> Actor {
        self.mint.system("test", self.business)
    }
    /// The holder of a document's link.
    #[must_use]
    pub fn link(&self, document: InvoiceId) -> Actor {
        self.actor(Who::Link { document, link: LinkId::from_bytes([8; 16]) })
    }
    /// A member of staff who proves who they are at every moment; `number` tells people of one role apart.
    #[must_use]
    pub fn staff(&self, role: Role, number: u8) -> Actor {
        let user = person(role, number);
        let session = SessionId::from_bytes([number; 16]);
        self.actor(Who::Staff { user, role, session, reauthenticated_at: Timestamp::MAX })
    }
    /// A member of staff whose last proof is long ago.
    #[must_use]
    pub fn stale(&self, role: Role) -> Actor {
        let (user, session) = (person(role, 1), SessionId::from_bytes([1; 16]));
        self.actor(Who::Staff { user, role, session, reauthenticated_at: Timestamp::UNIX_EPOCH })
    }
    /// The owner.
    #[must_use]
    pub fn owner(&self) -> Actor {
        self.staff(Role::Owner, 1)
    }
    /// The billing clerk.
    #[must_use]
    pub fn clerk(&self) -> Actor {
        self.staff(Role::BillingClerk, 1)
    }
    /// The auditor.
    #[must_use]
    pub fn auditor(&self) -> Actor {
        self.staff(Role::Auditor, 1)
    }
    /// A program with a key that acts for the clerk.
    #[must_use]
    pub fn key(&self, scopes: &[Action]) -> Actor {
        let user = person(Role::BillingClerk, 1);
        let key = ApiKeyId::from_bytes([9; 16]);
        self.actor(Who::Key { key, user, role: Role::BillingClerk, scopes: scopes.into() })
    }
}

/// The same person for the same role and number, everywhere.
#[must_use]
pub fn person(role: Role, number: u8) -> UserId {
    let mut bytes = [number; 16];
    if let (Some(first), Some(place)) = (bytes.first_mut(), Role::ALL.iter().position(|known| *known == role)) {
        *first = u8::try_from(place).unwrap_or_default() + 1;
    }
    UserId::from_bytes(bytes)
}
