//! Changing somebody's role, and ending their time here. Both act at their next request.

use super::{Member, sql};
use crate::{api_keys, document_links, links};
use coffer_kernel::{Action, Actor, Role, TypedId, UserId, Who, policy};
use coffer_store::{Books, Event, Order, Refused, Tx, refusals};

/// Another role for somebody.
#[derive(Debug, Clone, Copy)]
pub struct ReviseMember {
    /// Who.
    pub user: UserId,
    /// As what from now on.
    pub role: Role,
}

impl Order for ReviseMember {
    const ACTION: Action = Action::RevisePerson;
}

/// Somebody who leaves.
#[derive(Debug, Clone, Copy)]
pub struct EndMembership {
    /// Who.
    pub user: UserId,
}

impl Order for EndMembership {
    const ACTION: Action = Action::RevisePerson;
}

refusals! {
    /// Why somebody's place stays as it is.
    pub enum ReviseRefused {
        /// Only owners touch owners.
        Owner => Forbidden, "person.owner_only", "Only an owner can make somebody an owner, or change one. Ask an owner.";
        /// Nobody gives more than they have.
        More => Forbidden, "person.more_than_yours", "This role may do more than yours, so you cannot give it, to yourself or to anybody. Ask an owner, or choose another role.";
        /// Nobody works here under this address: said at the machine alone.
        Unknown => NotFound, "user.unknown", "Nobody who works here signs in with this address. `coffer user list` shows who does.";
        /// There would be no owner left.
        LastOwner => Conflict, "person.last_owner", "This is the only owner. Make somebody else an owner first.";
    }
}

struct MemberRevised(UserId, &'static str);

impl Event for MemberRevised {
    const NAME: &'static str = "person.revised";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn detail(&self) -> Option<String> {
        Some(format!(r#"{{"role":"{}"}}"#, self.1))
    }
}

/// Somebody left, and what they had made ended with it.
struct MemberLeft(UserId, Made);

/// How much of what somebody made was ended.
#[derive(Debug, Clone, Copy, Default)]
struct Made {
    invitations: u64,
    keys: u64,
    links: u64,
}

impl Event for MemberLeft {
    const NAME: &'static str = "person.left";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn detail(&self) -> Option<String> {
        let Made { invitations, keys, links } = self.1;
        Some(format!(r#"{{"invitations":{invitations},"api_keys":{keys},"document_links":{links}}}"#))
    }
}

/// Changes somebody's role. Where they may do less from now on, the invitations and keys they made end.
///
/// # Errors
/// [`ReviseRefused`].
pub async fn revise(books: &Books, actor: &Actor, order: ReviseMember) -> Result<Member, ReviseRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = tx.lock::<Member>(permit, order.user)?;
            let touches_owner = granted.role == Role::Owner || order.role == Role::Owner;
            stays_lawful(tx, permit.actor(), &granted, touches_owner, order.role != Role::Owner)?;
            if !policy::may_give(permit.actor(), order.role) {
                return Err(ReviseRefused::More);
            }
            if !policy::within(granted.role, order.role) {
                take_back(tx, order.user)?;
            }
            let next = Member { version: granted.version + 1, role: order.role, ..(*granted).clone() };
            tx.replace(&granted, &next)?;
            tx.record(MemberRevised(order.user, order.role.code()), next)
        })
        .await
}

/// Ends somebody's time here, and with it the invitations, keys and document links they made: each of them is a way in
/// that they may have kept.
///
/// # Errors
/// [`ReviseRefused`].
pub async fn end(books: &Books, actor: &Actor, order: EndMembership) -> Result<(), ReviseRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = tx.lock::<Member>(permit, order.user)?;
            stays_lawful(tx, permit.actor(), &granted, granted.role == Role::Owner, true)?;
            let now = tx.now();
            let made = Made { links: document_links::end_made_by(tx, order.user, now)?, ..take_back(tx, order.user)? };
            let next = Member { version: granted.version + 1, ended_at: Some(now), ..(*granted).clone() };
            tx.replace(&granted, &next)?;
            tx.record(MemberLeft(order.user, made), ())
        })
        .await
}

/// Ends what would let somebody in that they could not let in now.
fn take_back(tx: &mut Tx<'_>, user: UserId) -> Result<Made, ReviseRefused> {
    let now = tx.now();
    let invitations = links::end_made_by(tx, user, now)?;
    Ok(Made { invitations, keys: api_keys::end_made_by(tx, user, now)?, links: 0 })
}

fn stays_lawful(
    tx: &mut Tx<'_>,
    actor: &Actor,
    member: &Member,
    touches_owner: bool,
    loses_owner: bool,
) -> Result<(), ReviseRefused> {
    if member.ended_at.is_some() || !member.vouched {
        return Err(Refused::NotFound.into());
    }
    if touches_owner && !may_touch_owners(actor) {
        return Err(ReviseRefused::Owner);
    }
    if member.role == Role::Owner && loses_owner && sql::lock_owners(tx)? < 2 {
        return Err(ReviseRefused::LastOwner);
    }
    Ok(())
}

const fn may_touch_owners(actor: &Actor) -> bool {
    matches!(actor.who(), Who::Staff { role: Role::Owner, .. } | Who::Operator { .. })
}
