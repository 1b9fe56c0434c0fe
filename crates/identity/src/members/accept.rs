//! Taking up an invitation while signed in: whoever works elsewhere, or worked here before, needs no second name and no
//! second password.

use super::join::{JoinRefused, PersonJoined, take_place};
use crate::door::Door;
use crate::people::{self, sign_in_name};
use crate::sessions::{Session, Stage};
use crate::{links, sessions, sign_in};
use coffer_kernel::{Action, Actor, BusinessId, LinkId, Origin, Role, SessionId, UserId, Who};
use coffer_keys::{Token, TokenHash, TokenKind};
use coffer_store::{Order, Refused};

struct Look(UserId);

impl Order for Look {
    const ACTION: Action = Action::ResumeCaller;
}

#[derive(Clone, Copy)]
struct Accept {
    session: SessionId,
    user: UserId,
    link: LinkId,
    role: Role,
}

impl Order for Accept {
    const ACTION: Action = Action::SetUpOwner;
}

/// Uses an invitation up for the person of this sign-in, who goes on in that business under a new token. It must be for
/// the address they sign in with.
///
/// # Errors
/// [`JoinRefused::Spent`] for whatever is not an invitation in force, without saying why; [`JoinRefused::Another`];
/// [`JoinRefused::Member`].
pub async fn accept(door: &Door, origin: Origin, session: &Session, presented: &str) -> Result<Token, JoinRefused> {
    let hash = TokenHash::of_presented_as(TokenKind::Invitation, presented).ok_or(JoinRefused::Spent)?;
    let user = session.user.filter(|_| session.stage == Stage::Full).ok_or(Refused::NotFound)?;
    let (link, email) = links::for_address(door, origin, hash).await.map_err(spent)?;
    let role = link.role.ok_or(JoinRefused::Spent)?;
    if let Some(email) = email
        && sign_in_name(&email) != address(door, user).await?
    {
        return Err(JoinRefused::Another);
    }
    // In whose books is said by the link alone.
    let actor = door.mint.actor(Who::Joining, link.business, origin);
    let accept = Accept { session: session.id, user, link: link.id, role };
    join(door, &actor, accept).await
}

async fn join(door: &Door, actor: &Actor, accept: Accept) -> Result<Token, JoinRefused> {
    let business = actor.business();
    door.books
        .transact(actor, accept, move |tx, permit, order| {
            let now = tx.now();
            let session = sessions::sql::by_id(tx, order.session)?.filter(|session| !session.is_over(now));
            let session = session.filter(|session| session.stage == Stage::Full && session.user == Some(order.user));
            let session = session.ok_or(Refused::NotFound)?;
            take_place(tx, permit, order.user, order.role)?;
            if !links::end_one(tx, order.link, now)? {
                return Err(JoinRefused::Spent);
            }
            sessions::sql::end(tx, session.id)?;
            let token = sign_in::begin_whole(tx, order.user, Some(business))?;
            tx.record(PersonJoined(order.user, order.role), token)
        })
        .await
}

/// The address somebody signs in with, in the form in which it is compared.
async fn address(door: &Door, user: UserId) -> Result<String, Refused> {
    let system = door.mint.system("identity.join", BusinessId::INSTALLATION);
    door.books
        .read(&system, Look(user), |snapshot, _, look| {
            let person = people::sql::get(snapshot, look.0)?.ok_or(Refused::NotFound)?;
            Ok(sign_in_name(&person.email))
        })
        .await
}

fn spent(refused: Refused) -> JoinRefused {
    if refused == Refused::NotFound { JoinRefused::Spent } else { refused.into() }
}
