//! The names of everybody who works or worked here, for the history.

use super::sql;
use crate::door::Door;
use crate::{people, sessions};
use coffer_kernel::{Action, Actor, UserId};
use coffer_store::{Order, Refused};

struct ListNames;

impl Order for ListNames {
    const ACTION: Action = Action::ReadPeople;
}

/// Everybody who works or worked in the actor's business, by name, in the order in which they came.
pub(crate) async fn names(door: &Door, actor: &Actor) -> Result<Vec<(UserId, String)>, Refused> {
    read(door, actor, ever(door, actor).await?).await
}

/// Those of these who work or worked in the actor's business, by name.
pub(crate) async fn names_of(door: &Door, actor: &Actor, users: &[UserId]) -> Result<Vec<(UserId, String)>, Refused> {
    let ever = ever(door, actor).await?.into_iter().filter(|user| users.contains(user)).collect();
    read(door, actor, ever).await
}

/// The name of one of those who work or worked in the actor's business.
///
/// # Errors
/// As the store's.
pub async fn name_of(door: &Door, actor: &Actor, user: UserId) -> Result<Option<String>, Refused> {
    Ok(names_of(door, actor, &[user]).await?.pop().map(|(_, name)| name))
}

async fn ever(door: &Door, actor: &Actor) -> Result<Vec<UserId>, Refused> {
    door.books.read(actor, ListNames, |snapshot, _, _| Ok::<_, Refused>(sql::ever(snapshot)?)).await
}

async fn read(door: &Door, actor: &Actor, ever: Vec<UserId>) -> Result<Vec<(UserId, String)>, Refused> {
    door.books
        .read(&sessions::at_the_door(&door.mint, actor), ListNames, move |snapshot, _, _| {
            let mut names = Vec::with_capacity(ever.len());
            for user in ever {
                if let Some(name) = people::sql::name(snapshot, user)? {
                    names.push((user, name));
                }
            }
            Ok(names)
        })
        .await
}
