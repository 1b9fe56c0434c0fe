//! Making links. Their tokens are shown once.

use super::{Begins, EntryLink, INVITATION, SET_UP_LINK, sql};
use crate::people;
use coffer_kernel::{Action, Actor, BusinessId, LinkId, Role, Timestamp, TypedId, Who};
use coffer_keys::{Token, TokenKind};
use coffer_store::{Books, Event, Order, Refused, Tx, refusals};
use std::time::Duration;

/// The owner's set-up link, to be made by whoever sits at the machine.
#[derive(Debug, Clone, Copy)]
pub struct CreateSetupLink;

impl Order for CreateSetupLink {
    const ACTION: Action = Action::CreateSetupLink;
}

/// Somebody to be invited into the actor's business.
#[derive(Debug, Clone, Copy)]
pub struct InvitePerson {
    /// As what.
    pub role: Role,
}

impl Order for InvitePerson {
    const ACTION: Action = Action::InvitePerson;
}

refusals! {
    /// Why a link is not made.
    pub enum LinkRefused {
        /// Somebody can sign in already.
        SetUp => Conflict, "setup.done", "This installation has an owner already. Ask them for an invitation.";
        /// Nobody gives more than they have.
        Owner => Forbidden, "person.owner_only", "Only an owner can make somebody an owner. Ask one, or choose another role.";
    }
}

struct SetupLinkCreated(LinkId);

impl Event for SetupLinkCreated {
    const NAME: &'static str = "setup_link.created";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

struct PersonInvited(LinkId, Role);

impl Event for PersonInvited {
    const NAME: &'static str = "person.invited";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn detail(&self) -> Option<String> {
        Some(format!(r#"{{"role":"{}"}}"#, self.1.code()))
    }
}

/// Makes the owner's set-up link; earlier ones end.
///
/// # Errors
/// [`LinkRefused::SetUp`] once somebody can sign in.
pub async fn set_up_link(books: &Books, operator: &Actor, order: CreateSetupLink) -> Result<Token, LinkRefused> {
    books
        .transact(operator, order, |tx, _, _| {
            if people::sql::anybody(tx)? {
                return Err(LinkRefused::SetUp);
            }
            let now = tx.now();
            sql::end(tx, BusinessId::INSTALLATION, Begins::SetUp, now)?;
            let (token, link) = make(tx, TokenKind::Setup, Begins::SetUp, None, SET_UP_LINK)?;
            tx.record(SetupLinkCreated(link.id), token)
        })
        .await
}

/// Invites somebody into the actor's business: whoever holds the link joins in this role.
///
/// # Errors
/// [`LinkRefused::Owner`] where somebody would give more than they have.
pub async fn invite(books: &Books, actor: &Actor, order: InvitePerson) -> Result<Token, LinkRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            if order.role == Role::Owner && !is_owner(permit.actor()) {
                return Err(LinkRefused::Owner);
            }
            let (token, link) = make(tx, TokenKind::Invitation, Begins::Joining, Some(order.role), INVITATION)?;
            tx.record(PersonInvited(link.id, order.role), token)
        })
        .await
}

/// Whether this is an owner of the business they act in.
pub(crate) const fn is_owner(actor: &Actor) -> bool {
    matches!(actor.who(), Who::Staff { role: Role::Owner, .. })
}

fn make(
    tx: &mut Tx<'_>,
    kind: TokenKind,
    begins: Begins,
    role: Option<Role>,
    good_for: Duration,
) -> Result<(Token, EntryLink), Refused> {
    let token = Token::new(kind, tx.entropy());
    let (made_at, id) = (tx.now(), LinkId::new(tx.now(), tx.entropy()));
    let expires_at = made_at.checked_add(good_for).unwrap_or(Timestamp::MAX);
    let business = coffer_store::Reading::business(tx);
    let link = EntryLink { id, begins, business, role, made_at, expires_at, used_at: None };
    sql::add(tx, &token.hash(), &link)?;
    Ok((token, link))
}
