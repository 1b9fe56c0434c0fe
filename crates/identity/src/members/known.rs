//! Who is known, for whoever sits at the machine.

use super::sql;
use crate::people::{self, sign_in_name};
use coffer_kernel::{Action, Actor, BusinessId, Role, UserId};
use coffer_store::{Books, Order, Refused};

struct Find(String);

impl Order for Find {
    const ACTION: Action = Action::RecoverUser;
}

struct ListEverybody;

impl Order for ListEverybody {
    const ACTION: Action = Action::ReadPeople;
}

/// Somebody who signs in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The id.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Whether their second step stands.
    pub second_step: bool,
    /// Where they work, and as what.
    pub works: Vec<(BusinessId, Role)>,
}

/// Whoever signs in with this address, and where they work now. Opens nothing.
pub(crate) async fn known(
    books: &Books,
    operator: &Actor,
    email: &str,
) -> Result<Option<(UserId, Vec<BusinessId>)>, Refused> {
    books
        .read(operator, Find(sign_in_name(email)), |snapshot, _, find| {
            let Some((user, _)) = people::sql::by_email(snapshot, &find.0)? else { return Ok(None) };
            let works = sql::works(snapshot, user)?.into_iter().map(|(business, _)| business).collect();
            Ok(Some((user, works)))
        })
        .await
}

/// Everybody who signs in here, in the order in which they came; for whoever sits at the machine, in the installation's
/// books.
///
/// # Errors
/// As the store's.
pub async fn everybody(books: &Books, operator: &Actor) -> Result<Vec<Known>, Refused> {
    books
        .read(operator, ListEverybody, |snapshot, _, _| {
            let mut all = Vec::new();
            for id in people::sql::all(snapshot)? {
                let person = people::sql::get(snapshot, id)?.ok_or(Refused::NotFound)?;
                let works = sql::works(snapshot, id)?;
                let (name, email, second_step) = (person.name, person.email, person.second_step);
                all.push(Known { user: id, name, email, second_step, works });
            }
            Ok(all)
        })
        .await
}
