//! Changing somebody's role, and ending their time here. Both act at their next request.

use super::{Member, sql};
use crate::links::is_owner;
use coffer_kernel::{Action, Actor, Role, TypedId, UserId};
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
        /// Nobody gives more than they have, or takes it.
        Owner => Forbidden, "person.owner_only", "Only an owner can make somebody an owner, or change one. Ask an owner.";
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

struct MemberLeft(UserId);

impl Event for MemberLeft {
    const NAME: &'static str = "person.left";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Changes somebody's role.
///
/// # Errors
/// [`ReviseRefused`].
pub async fn revise(books: &Books, actor: &Actor, order: ReviseMember) -> Result<Member, ReviseRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = tx.lock::<Member>(permit, order.user)?;
            let touches_owner = granted.role == Role::Owner || order.role == Role::Owner;
            stays_lawful(tx, permit.actor(), &granted, touches_owner, order.role != Role::Owner)?;
            let next = Member { version: granted.version + 1, role: order.role, ..(*granted).clone() };
            tx.replace(&granted, &next)?;
            tx.record(MemberRevised(order.user, order.role.code()), next)
        })
        .await
}

/// Ends somebody's time here.
///
/// # Errors
/// [`ReviseRefused`].
pub async fn end(books: &Books, actor: &Actor, order: EndMembership) -> Result<(), ReviseRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let granted = tx.lock::<Member>(permit, order.user)?;
            stays_lawful(tx, permit.actor(), &granted, granted.role == Role::Owner, true)?;
            let next = Member { version: granted.version + 1, ended_at: Some(tx.now()), ..(*granted).clone() };
            tx.replace(&granted, &next)?;
            tx.record(MemberLeft(order.user), ())
        })
        .await
}

fn stays_lawful(
    tx: &mut Tx<'_>,
    actor: &Actor,
    member: &Member,
    touches_owner: bool,
    loses_owner: bool,
) -> Result<(), ReviseRefused> {
    if member.ended_at.is_some() {
        return Err(Refused::NotFound.into());
    }
    if touches_owner && !is_owner(actor) {
        return Err(ReviseRefused::Owner);
    }
    if member.role == Role::Owner && loses_owner && sql::lock_owners(tx)? < 2 {
        return Err(ReviseRefused::LastOwner);
    }
    Ok(())
}
