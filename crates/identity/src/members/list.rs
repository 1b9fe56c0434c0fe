//! Who works here, with names. The names stand in the installation's books; that they were shown is recorded there.

use super::{Member, sql};
use crate::door::Door;
use crate::{people, sessions};
use coffer_kernel::{Action, Actor};
use coffer_store::{Order, Refused};

struct ListPeople;

impl Order for ListPeople {
    const ACTION: Action = Action::ReadPeople;
}

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their place.
    pub member: Member,
    /// Their name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
}

/// Everybody who works in the actor's business now, in the order in which they came.
///
/// # Errors
/// As the store's.
pub async fn list(door: &Door, actor: &Actor) -> Result<Vec<Person>, Refused> {
    let members: Vec<Member> =
        door.books.read(actor, ListPeople, |snapshot, _, _| Ok::<_, Refused>(sql::all(snapshot)?)).await?;
    let there = sessions::at_the_door(&door.mint, actor);
    door.books
        .read(&there, ListPeople, move |snapshot, _, _| {
            let mut people = Vec::with_capacity(members.len());
            for member in members {
                let user = people::sql::get(snapshot, member.user)?.ok_or(Refused::NotFound)?;
                people.push(Person { member, name: user.name, email: user.email });
            }
            Ok(people)
        })
        .await
}
