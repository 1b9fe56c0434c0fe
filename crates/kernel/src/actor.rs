//! Who is asking. Always named, never optional.
//!
//! An [`Actor`] cannot be written down, only minted: `main` claims the one [`Mint`] and gives it to `identity`, which
//! turns proven credentials into actors, and to the wiring, which names jobs and operators.

use crate::{Action, ApiKeyId, BusinessId, Caller, InvoiceId, LinkId, SessionId, Timestamp, UserId};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// What a member of staff is to a business. Custom roles will be more rows of the same table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Owns the business; may do everything its law allows anybody.
    Owner,
    /// Manages people and security, and has no business reading invoices.
    Administrator,
    /// Answers for the books: everything about money.
    FinanceManager,
    /// Writes and sends invoices, records payments.
    BillingClerk,
    /// Own customers and their documents only.
    SalesRepresentative,
    /// Reads and proves, changes nothing.
    Auditor,
}

impl Role {
    /// All roles, in the order of the policy table's columns.
    pub const ALL: [Self; 6] = [
        Self::Owner,
        Self::Administrator,
        Self::FinanceManager,
        Self::BillingClerk,
        Self::SalesRepresentative,
        Self::Auditor,
    ];

    /// The name in rows, the API and the log.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Administrator => "administrator",
            Self::FinanceManager => "finance_manager",
            Self::BillingClerk => "billing_clerk",
            Self::SalesRepresentative => "sales_representative",
            Self::Auditor => "auditor",
        }
    }

    /// The role with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// The name of a background job, as it stands in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JobName(pub &'static str);

/// Where a request came from, for the log and the throttle. Never a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Origin {
    /// The peer's address, where there is one.
    pub address: Option<IpAddr>,
}

/// How long a proof of who one is stays fresh, for acts that ask for one (ASVS 7.5.1, control C39).
pub const FRESH: Duration = Duration::from_secs(5 * 60);

/// Whether a proof of this moment is still fresh.
#[must_use]
pub fn is_fresh(proven_at: Timestamp, now: Timestamp) -> bool {
    proven_at.checked_add(FRESH).map_or(true, |until| now < until)
}

/// The kinds of actors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Nobody known.
    Anonymous,
    /// The holder of the one-time set-up link of a fresh installation.
    Setup,
    /// Somebody invited, before their second step stands.
    Joining,
    /// The holder of a link to one document.
    Link {
        /// The only document it opens.
        document: InvoiceId,
        /// By which link.
        link: LinkId,
    },
    /// A member of staff, signed in with a second step.
    Staff {
        /// The person.
        user: UserId,
        /// What they are to this business.
        role: Role,
        /// Their session.
        session: SessionId,
        /// When they last proved who they are, for acts that ask for a fresh proof.
        reauthenticated_at: Timestamp,
    },
    /// A program with an API key.
    Key {
        /// The key's id.
        key: ApiKeyId,
        /// The person it acts for, whose scope bounds it.
        user: UserId,
        /// The role it acts in.
        role: Role,
        /// What it may do, besides being allowed by the role.
        scopes: Arc<[Action]>,
    },
    /// Somebody at the machine, through the command line.
    Operator {
        /// The name the operating system gives them.
        name: Arc<str>,
    },
    /// A background job.
    System {
        /// Which.
        job: JobName,
    },
}

/// Somebody who asks, and in whose books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    who: Who,
    business: BusinessId,
    origin: Origin,
}

impl Actor {
    /// Who it is.
    #[must_use]
    pub const fn who(&self) -> &Who {
        &self.who
    }
    /// In whose books they act; [`BusinessId::INSTALLATION`] where there is no business.
    #[must_use]
    pub const fn business(&self) -> BusinessId {
        self.business
    }
    /// Where they ask from.
    #[must_use]
    pub const fn origin(&self) -> Origin {
        self.origin
    }
    /// The person, where there is one.
    #[must_use]
    pub const fn user(&self) -> Option<UserId> {
        match self.who.caller() {
            Some(Caller::Person(_, user, _) | Caller::Program(_, user)) => Some(user),
            None => None,
        }
    }
    /// Whether they proved who they are a moment ago: staff by their second step; a program never does; whoever sits at
    /// the machine, and a job, has nothing to prove.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        match &self.who {
            Who::Staff { reauthenticated_at, .. } => is_fresh(*reauthenticated_at, now),
            Who::Operator { .. } | Who::System { .. } | Who::Setup | Who::Joining => true,
            Who::Anonymous | Who::Link { .. } | Who::Key { .. } => false,
        }
    }
    /// The name in the log: the kind, and the id where there is one. Never personal data.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.who {
            Who::Anonymous => "anonymous".to_owned(),
            Who::Setup => "setup".to_owned(),
            Who::Joining => "joining".to_owned(),
            Who::Link { document, .. } => format!("link:{document}"),
            Who::Staff { user, .. } => format!("staff:{user}"),
            Who::Key { key, .. } => format!("key:{key}"),
            Who::Operator { name } => format!("operator:{name}"),
            Who::System { job } => format!("system:{}", job.0),
        }
    }
}

/// The only maker of actors. `main` claims it once; `clippy.toml` bans claiming it anywhere else.
#[derive(Debug, Clone)]
pub struct Mint(());

impl Mint {
    /// Claims the mint. For `main` and the test kit only.
    #[must_use]
    pub const fn claim() -> Self {
        Self(())
    }
    /// An actor whose credentials were proven by the caller.
    #[must_use]
    pub const fn actor(&self, who: Who, business: BusinessId, origin: Origin) -> Actor {
        Actor { who, business, origin }
    }
    /// A background job in these books.
    #[must_use]
    pub fn system(&self, job: &'static str, business: BusinessId) -> Actor {
        self.actor(Who::System { job: JobName(job) }, business, Origin::default())
    }
}
