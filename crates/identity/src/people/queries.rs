//! Looking at people.

use super::sql;
use crate::sessions;
use coffer_kernel::{Action, Actor, Mint, UserId};
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

struct OwnName(UserId);

impl Order for OwnName {
    const ACTION: Action = Action::ReadSessions;
}

/// The actor's own name, for the corner of a page that says who is signed in.
///
/// # Errors
/// [`Refused::NotFound`] for whoever is nobody in particular.
pub async fn own_name(books: &Books, mint: &Mint, actor: &Actor) -> Result<String, Refused> {
    let user = actor.user().ok_or(Refused::NotFound)?;
    books
        .read(&sessions::at_the_door(mint, actor), OwnName(user), |snapshot, _, query| {
            sql::name(snapshot, query.0)?.ok_or(Refused::NotFound)
        })
        .await
}
