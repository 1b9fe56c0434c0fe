//! Looking at people.

use super::sql;
use crate::door::Door;
use crate::sessions;
use coffer_kernel::{Action, Actor, UserId, Who};
use coffer_store::{Books, Order, Refused};

struct HasSecondStep(UserId);

impl Order for HasSecondStep {
    const ACTION: Action = Action::ReviseSignIn;
}

/// Whether somebody's second step stands: for the one who sets it up.
///
/// # Errors
/// As the store's.
pub async fn has_second_step(books: &Books, actor: &Actor, user: UserId) -> Result<bool, Refused> {
    books.read(actor, HasSecondStep(user), |snapshot, _, query| Ok(sql::has_second_step(snapshot, query.0)?)).await
}

struct ReadOwnName(UserId);

impl Order for ReadOwnName {
    const ACTION: Action = Action::ReadSessions;
}

/// The name of the person who is signed in; [`None`] for whoever is no member of staff. It stands on each of their pages,
/// so it is opened, and that it was is recorded, once for each sign-in: the door remembers it until then.
///
/// # Errors
/// As the store's.
pub async fn own_name(door: &Door, actor: &Actor) -> Result<Option<String>, Refused> {
    let Who::Staff { user, session, .. } = actor.who() else { return Ok(None) };
    if let Some(known) = door.name_of(*session) {
        return Ok(Some(known));
    }
    let there = sessions::at_the_door(&door.mint, actor);
    let read =
        door.books.read(&there, ReadOwnName(*user), |snapshot, _, own| Ok::<_, Refused>(sql::name(snapshot, own.0)?));
    let name = read.await?;
    if let Some(name) = &name {
        door.remember_name(*session, name);
    }
    Ok(name)
}
