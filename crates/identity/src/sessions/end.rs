//! Ending sign-ins: one's own, one by one or all others.

use super::{Session, sql};
use coffer_kernel::{Action, Actor, BusinessId, Mint, Origin, Role, SessionId, TypedId, UserId, Who};
use coffer_store::{Books, Event, Order, Refused};

/// One sign-in to be ended; it must be the actor's own.
#[derive(Debug, Clone, Copy)]
pub struct SignOut(pub SessionId);

impl Order for SignOut {
    const ACTION: Action = Action::EndSession;
}

/// All sign-ins of the actor but this one, to be ended.
#[derive(Debug, Clone, Copy)]
pub struct EndSessions {
    /// The one that stays.
    pub but: SessionId,
}

impl Order for EndSessions {
    const ACTION: Action = Action::EndSession;
}

/// The actor's own sign-ins.
#[derive(Debug, Clone, Copy)]
pub struct ListSessions;

impl Order for ListSessions {
    const ACTION: Action = Action::ReadSessions;
}

struct SessionEnded(UserId);

impl Event for SessionEnded {
    const NAME: &'static str = "session.ended";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Ends one sign-in.
///
/// # Errors
/// [`Refused::NotFound`] where it is not one of the actor's own.
pub async fn sign_out(books: &Books, mint: &Mint, actor: &Actor, order: SignOut) -> Result<(), Refused> {
    let user = actor.user().ok_or(Refused::NotFound)?;
    books
        .transact(&at_the_door(mint, actor), order, move |tx, _, order| {
            let session = sql::by_id(tx, order.0)?.filter(|session| session.user == Some(user));
            sql::end(tx, session.ok_or(Refused::NotFound)?.id)?;
            tx.record(SessionEnded(user), ())
        })
        .await
}

/// Ends the sign-in of somebody who works nowhere any more: in the least of all roles, which is all it takes.
///
/// # Errors
/// [`Refused::NotFound`] where it is over already.
pub async fn leave(books: &Books, mint: &Mint, session: &Session, origin: Origin) -> Result<(), Refused> {
    let (user, reauthenticated_at) = (session.user.ok_or(Refused::NotFound)?, session.reauthenticated_at);
    let who = Who::Staff { user, role: Role::Auditor, session: session.id, reauthenticated_at };
    let actor = mint.actor(who, BusinessId::INSTALLATION, origin);
    sign_out(books, mint, &actor, SignOut(session.id)).await
}

/// Ends all sign-ins of the actor but one. Returns how many there were.
///
/// # Errors
/// As the store's.
pub async fn end_others(books: &Books, mint: &Mint, actor: &Actor, order: EndSessions) -> Result<u64, Refused> {
    let user = actor.user().ok_or(Refused::NotFound)?;
    books
        .transact(&at_the_door(mint, actor), order, move |tx, _, order| {
            let ended = sql::end_others(tx, user, order.but)?;
            tx.record(SessionEnded(user), ended)
        })
        .await
}

/// The actor's own sign-ins that are in force, newest first.
///
/// # Errors
/// As the store's.
pub async fn list(books: &Books, mint: &Mint, actor: &Actor) -> Result<Vec<Session>, Refused> {
    let user = actor.user().ok_or(Refused::NotFound)?;
    books
        .read(&at_the_door(mint, actor), ListSessions, move |snapshot, _, _| {
            let now = snapshot.now();
            Ok(sql::of_user(snapshot, user)?.into_iter().filter(|session| !session.is_over(now)).collect())
        })
        .await
}

/// The same person, in the installation's books, where people and sign-ins stand.
pub(crate) fn at_the_door(mint: &Mint, actor: &Actor) -> Actor {
    mint.actor(Who::clone(actor.who()), BusinessId::INSTALLATION, actor.origin())
}
