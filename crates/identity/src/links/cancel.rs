//! Taking an invitation back before anybody joined by it.

use super::sql;
use crate::notes::quoted;
use coffer_kernel::{Action, Actor, LinkId, TypedId};
use coffer_store::{Books, Event, Order, Refused};

/// An invitation to be taken back.
#[derive(Debug, Clone, Copy)]
pub struct CancelInvitation(pub LinkId);

impl Order for CancelInvitation {
    const ACTION: Action = Action::InvitePerson;
}

struct InvitationCancelled(LinkId, Option<String>);

impl Event for InvitationCancelled {
    const NAME: &'static str = "invitation.cancelled";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn detail(&self) -> Option<String> {
        self.1.as_deref().map(|email| format!(r#"{{"whom":{}}}"#, quoted(email)))
    }
}

/// Takes an invitation into the actor's business back.
///
/// # Errors
/// [`Refused::NotFound`] where none waits under this id here.
pub async fn cancel(books: &Books, actor: &Actor, order: CancelInvitation) -> Result<(), Refused> {
    books
        .transact(actor, order, |tx, _, order| {
            let now = tx.now();
            if !sql::end_one(tx, order.0, now)? {
                return Err(Refused::NotFound);
            }
            // A copy that somebody wrote beside it keeps nobody from ending it: then nobody is named.
            let whom = sql::email(tx, order.0).ok().flatten();
            tx.record(InvitationCancelled(order.0, whom), ())
        })
        .await
}
