//! The words everything else is written in.
//!
//! No power lives here: nothing reads the clock, draws randomness, opens a file or a socket. What the world
//! has to say comes in through [`Clock`] and [`Entropy`]; who asks is an [`Actor`]; what may be done is an
//! [`Action`], decided by one readable [`policy`] table into a [`Permit`]; what is refused implements
//! [`Refuse`]; what is owed is [`money`]; who is reached from everywhere says the [`network`]; what must not be hidden in a [`text`] is found.

pub mod action;
pub mod actor;
pub mod caller;
pub mod id;
pub mod money;
pub mod network;
pub mod permit;
pub mod policy;
pub mod refusal;
pub mod text;
pub mod world;

pub use action::Action;
pub use actor::{Actor, JobName, Mint, Origin, Role, Who};
pub use caller::Caller;
pub use id::{
    ApiKeyId, BackupId, BusinessId, CustomerId, DeliveryId, EntryId, InvitationId, InvoiceId, ItemId, LinkId,
    PaymentId, ScopeId, SessionId, SheetId, SubjectId, TypedId, UserId, WorkId, any_id,
};
pub use permit::{Permit, Scope};
pub use refusal::{Forbidden, Pointer, Reason, Refusals, Refuse};
pub use world::{Clock, Date, Entropy, Timestamp};
