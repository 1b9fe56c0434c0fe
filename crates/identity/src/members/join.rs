//! Joining: an owner opens the business they founded, somebody invited joins theirs. Only with a second step.

use super::{Member, sql};
use crate::door::Door;
use crate::{people, sessions, sign_in};
use coffer_kernel::{Action, BusinessId, Origin, Role, SessionId, TypedId, UserId, Who};
use coffer_keys::Token;
use coffer_store::{Event, Fault, Order, Refused, Tx, refusals};

struct Join {
    session: SessionId,
    founds: bool,
}

impl Order for Join {
    const ACTION: Action = Action::SetUpOwner;
}

refusals! {
    /// Why nobody joins.
    pub enum JoinRefused {
        /// There is no second step yet.
        SecondStep => Conflict, "second_step.missing", "Your second step is missing. Set it up first: nobody works here without one.";
        /// The business has people already.
        Taken => Conflict, "business.taken", "This business has people already. Ask its owner for an invitation.";
        /// Worked here before.
        Member => Conflict, "person.member", "You work here already. Sign in.";
    }
}

struct PersonJoined(UserId, Role);

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
    door.books
        .transact(&actor, join, move |tx, _, order| {
            let session = sessions::sql::by_id(tx, order.session)?.ok_or(Refused::NotFound)?;
            let user = session.user.ok_or(Refused::NotFound)?;
            let role = if order.founds { first_owner(tx, session.stage)? } else { invited(&session, business)? };
            if !people::sql::has_second_step(tx, user)? {
                return Err(JoinRefused::SecondStep);
            }
            let member = Member { user, version: 1, role, since: tx.now(), ended_at: None };
            tx.insert(&member).map_err(|fault| {
                if matches!(fault, Fault::Taken(_)) { JoinRefused::Member } else { JoinRefused::from(fault) }
            })?;
            sql::add_workplace(tx, user)?;
            sessions::sql::end(tx, session.id)?;
            let token = sign_in::begin_whole(tx, user, Some(business))?;
            tx.record(PersonJoined(user, role), token)
        })
        .await
}

/// The first person of a business founded in a set-up is its owner; there is no second one that way.
fn first_owner(tx: &mut Tx<'_>, stage: sessions::Stage) -> Result<Role, JoinRefused> {
    if stage != sessions::Stage::SetUp {
        return Err(Refused::NotFound.into());
    }
    if sql::any(tx)? { Err(JoinRefused::Taken) } else { Ok(Role::Owner) }
}

fn invited(session: &sessions::Session, business: BusinessId) -> Result<Role, JoinRefused> {
    let meant = session.stage == sessions::Stage::Joining && session.business == Some(business);
    session.role.filter(|_| meant).ok_or_else(|| Refused::NotFound.into())
}
