//! Proving once more who one is, for acts that ask for a fresh proof (ASVS 7.5.1, control C39).
//!
//! A code of the second step, or a spare one, counted before the check like in a sign-in. The sign-in gets a new token,
//! so that a cookie somebody took before is worth nothing after (ASVS 7.2.4).

use super::{Session, Stage, at_the_door, sql};
use crate::door::Door;
use crate::people::{self, User};
use crate::throttle::{self, Throttled};
use coffer_kernel::{Action, Actor, SessionId, TypedId, UserId};
use coffer_keys::{Token, TokenKind};
use coffer_store::{Event, Order, Refuse, Refused, refusals};

/// A proof of who one is, for a sign-in that stands.
pub struct Reauthenticate {
    /// The sign-in; it must be the actor's own.
    pub session: SessionId,
    /// Six digits, or a spare code.
    pub code: String,
    /// What it is for, and what that is about: a proof that fails is told by that name.
    pub purpose: (Action, Option<[u8; 16]>),
}

struct Prove {
    session: SessionId,
    user: UserId,
    code: String,
}

impl Order for Prove {
    const ACTION: Action = Action::ReviseSignIn;
}

refusals! {
    /// Why a proof is not taken.
    pub enum ReauthenticateRefused {
        /// The code does not fit.
        Wrong => Invalid, "sign_in.proof_wrong", "This code does not fit. Type the one your authenticator shows now, or one of your spare codes; each is taken once, so wait for the next one.";
        /// Too many tries.
        TooMany => TooMany, "sign_in.too_many", "Too many tries. Wait a quarter of an hour, then try again; nothing is locked for good.";
    }
}

impl From<Throttled> for ReauthenticateRefused {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::TooMany => Self::TooMany,
            Throttled::Store(refused) => Self::Store(refused),
        }
    }
}

struct SessionRenewed(UserId);

impl Event for SessionRenewed {
    const NAME: &'static str = "session.renewed";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Takes a fresh proof for the actor's own sign-in, which goes on under a new token. One that fails stands in the history
/// of the business too, where its people look, as a refusal of what it was for: the sign-in itself is kept in the
/// installation's books.
///
/// # Errors
/// [`ReauthenticateRefused`].
pub async fn reauthenticate(door: &Door, actor: &Actor, order: Reauthenticate) -> Result<Token, ReauthenticateRefused> {
    let purpose = order.purpose;
    let proven = prove(door, actor, order).await;
    if let Err(no @ (ReauthenticateRefused::Wrong | ReauthenticateRefused::TooMany)) = &proven {
        door.books.note_refusal_of(actor, purpose, no.code()).await?;
    }
    proven
}

async fn prove(door: &Door, actor: &Actor, order: Reauthenticate) -> Result<Token, ReauthenticateRefused> {
    let user = actor.user().ok_or(Refused::NotFound)?;
    // The same count as at the sign-in: here is no second set of guesses.
    let what = format!("second step of {user}");
    throttle::count(
        &door.books,
        &door.anonymous(actor.origin()),
        throttle::Count::Other { what: what.clone(), user: Some(user) },
    )
    .await?;
    let prove = Prove { session: order.session, user, code: order.code };
    door.books
        .transact(&at_the_door(&door.mint, actor), prove, move |tx, permit, order| {
            let now = tx.now();
            let session = own(sql::by_id(tx, order.session)?, order.user, now)?;
            let granted = tx.lock::<User>(permit, order.user)?;
            let next = people::passes(tx, &granted, &order.code).filter(|_| granted.second_step);
            tx.replace(&granted, &next.ok_or(ReauthenticateRefused::Wrong)?)?;
            throttle::forget(tx, &what)?;
            let token = Token::new(TokenKind::Session, tx.entropy());
            sql::renew(tx, session.id, &token.hash(), now)?;
            tx.record(SessionRenewed(order.user), token)
        })
        .await
}

/// A whole sign-in of this person that is in force.
fn own(session: Option<Session>, user: UserId, now: coffer_kernel::Timestamp) -> Result<Session, Refused> {
    let session = session.filter(|session| session.stage == Stage::Full && session.user == Some(user));
    session.filter(|session| !session.is_over(now)).ok_or(Refused::NotFound)
}
