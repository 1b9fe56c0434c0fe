//! The invitations that wait for somebody.

use super::{EntryLink, sql};
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Order, Refused};

struct ListInvitations;

impl Order for ListInvitations {
    const ACTION: Action = Action::ReadPeople;
}

/// The invitations into the actor's business that nobody has used yet, newest first.
///
/// # Errors
/// As the store's.
pub async fn waiting(books: &Books, actor: &Actor) -> Result<Vec<EntryLink>, Refused> {
    books
        .read(actor, ListInvitations, |snapshot, _, _| {
            let now = snapshot.now();
            Ok(sql::open(snapshot, now)?)
        })
        .await
}
