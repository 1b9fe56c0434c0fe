//! The invitations that wait for somebody.

use super::{EntryLink, sql};
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Order, Refused};

struct ListInvitations;

impl Order for ListInvitations {
    const ACTION: Action = Action::ReadPeople;
}

/// An invitation that nobody has joined by yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The link.
    pub link: EntryLink,
    /// The address it is for.
    pub email: Option<String>,
}

/// The invitations into the actor's business that are in force, newest first.
///
/// # Errors
/// As the store's.
pub async fn waiting(books: &Books, actor: &Actor) -> Result<Vec<Waiting>, Refused> {
    books
        .read(actor, ListInvitations, |snapshot, _, _| {
            let now = snapshot.now();
            let found = sql::waiting(snapshot, now)?;
            Ok(found.into_iter().map(|(link, email)| Waiting { link, email }).collect())
        })
        .await
}
