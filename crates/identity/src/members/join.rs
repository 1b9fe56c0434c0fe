//! Joining: an owner opens the business they founded, somebody invited joins theirs. Only with a second step.

use super::{Member, anywhere, sql};
use crate::door::Door;
use crate::{links, people, sessions, sign_in};
use coffer_kernel::{Action, BusinessId, Origin, Permit, Role, SessionId, TypedId, UserId, Who};
use coffer_keys::Token;
use coffer_store::{Event, Fault, Order, Refused, Tx, refusals};

struct Join {
    session: SessionId,
    founds: bool,
}

impl Order for Join {
    const ACTION: Action = Action::SetUpOwner;
}

struct Look;

impl Order for Look {
    const ACTION: Action = Action::ResumeCaller;
}

refusals! {
    /// Why nobody joins.
    pub enum JoinRefused {
        /// There is no second step yet.
        SecondStep => Conflict, "second_step.missing", "Your second step is missing. Set it up first: nobody works here without one.";
        /// The installation has people already.
        Taken => Conflict, "business.taken", "This installation has an owner already. Ask them for an invitation.";
        /// Works here now.
        Member => Conflict, "person.member", "You work here already. Sign in.";
        /// The invitation is for somebody else.
        Another => Forbidden, "link.another_address", "This invitation is for another address. Sign in with that one, or ask for an invitation of your own.";
        /// The invitation is none of ours, was used or taken back, or is too old.
        Spent => Gone, "link.spent", "This link was used already, is too old, or is incomplete. Ask whoever gave it to you for a new one.";
    }
}

pub(super) struct PersonJoined(pub(super) UserId, pub(super) Role);

impl Event for PersonJoined {
    const NAME: &'static str = "person.joined";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn detail(&self) -> Option<String> {
        Some(format!(r#"{{"role":"{}"}}"#, self.1.code()))
    }
}

/// Makes whoever set up the installation the owner of the business they just founded, and signs them in.
///
/// # Errors
/// [`JoinRefused`].
pub async fn open_business(
    door: &Door,
    origin: Origin,
    session: SessionId,
    business: BusinessId,
) -> Result<Token, JoinRefused> {
    enter(door, origin, business, Join { session, founds: true }).await
}

/// Lets somebody invited join, and signs them in.
///
/// # Errors
/// [`JoinRefused`].
pub async fn join(door: &Door, origin: Origin, session: SessionId, business: BusinessId) -> Result<Token, JoinRefused> {
    enter(door, origin, business, Join { session, founds: false }).await
}

async fn enter(door: &Door, origin: Origin, business: BusinessId, join: Join) -> Result<Token, JoinRefused> {
    let who = if join.founds { Who::Setup } else { Who::Joining };
    let actor = door.mint.actor(who, business, origin);
    let taken = join.founds
        && anywhere(&door.books, &door.mint.system("identity.join", BusinessId::INSTALLATION), Look).await?;
    door.books
        .transact(&actor, join, move |tx, permit, order| {
            let now = tx.now();
            let session = sessions::sql::by_id(tx, order.session)?.filter(|session| !session.is_over(now));
            let session = session.ok_or(Refused::NotFound)?;
            let user = session.user.ok_or(Refused::NotFound)?;
            let role =
                if order.founds { first_owner(tx, session.stage, taken)? } else { invited(tx, &session, business)? };
            if !people::sql::has_second_step(tx, user)? {
                return Err(JoinRefused::SecondStep);
            }
            take_place(tx, permit, user, role)?;
            sessions::sql::end(tx, session.id)?;
            if order.founds {
                // The installation has its owner: nobody else sets it up, whatever link they came by.
                sessions::sql::end_stage(tx, sessions::Stage::SetUp)?;
            }
            let token = sign_in::begin_whole(tx, user, Some(business))?;
            tx.record(PersonJoined(user, role), token)
        })
        .await
}

/// A place in the business: a new one, or their old one again.
pub(super) fn take_place(tx: &mut Tx<'_>, permit: &Permit, user: UserId, role: Role) -> Result<(), JoinRefused> {
    let first = Member { user, version: 1, role, since: tx.now(), ended_at: None, vouched: true };
    match tx.lock::<Member>(permit, user) {
        // A place that was written behind our back is written over by whoever comes in by the door.
        Ok(granted) if granted.ended_at.is_some() || !granted.vouched => {
            tx.replace(&granted, &Member { version: granted.version + 1, ..first })?;
        }
        Ok(_) => return Err(JoinRefused::Member),
        Err(Refused::NotFound) => tx.insert(&first).map_err(|fault| {
            if matches!(fault, Fault::Taken(_)) { JoinRefused::Member } else { JoinRefused::from(fault) }
        })?,
        Err(refused) => return Err(refused.into()),
    }
    Ok(sql::add_workplace(tx, user)?)
}

/// The first person of an installation owns the business they founded; there is no second one that way, whether one was there
/// before they asked or came meanwhile.
fn first_owner(tx: &mut Tx<'_>, stage: sessions::Stage, taken: bool) -> Result<Role, JoinRefused> {
    if stage != sessions::Stage::SetUp {
        return Err(Refused::NotFound.into());
    }
    if taken || sql::place_stands(tx)? { Err(JoinRefused::Taken) } else { Ok(Role::Owner) }
}

/// The role of the invitation they came by, which ends here. Where it was taken back meanwhile, or its maker left, nobody
/// joins.
fn invited(tx: &mut Tx<'_>, session: &sessions::Session, business: BusinessId) -> Result<Role, JoinRefused> {
    let meant = session.stage == sessions::Stage::Joining && session.business == Some(business);
    let role = session.role.filter(|_| meant).ok_or(Refused::NotFound)?;
    let (link, now) = (session.link.ok_or(JoinRefused::Spent)?, tx.now());
    if links::end_one(tx, link, now)? { Ok(role) } else { Err(JoinRefused::Spent) }
}
