//! Taking an invitation back before anybody joined by it.

use super::sql;
use coffer_kernel::{Action, Actor, LinkId, TypedId};
use coffer_store::{Books, Event, Order, Refused};

/// An invitation to be taken back.
#[derive(Debug, Clone, Copy)]
pub struct CancelInvitation(pub LinkId);

impl Order for CancelInvitation {
    const ACTION: Action = Action::InvitePerson;
}

struct InvitationCancelled(LinkId);

impl Event for InvitationCancelled {
    const NAME: &'static str = "invitation.cancelled";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
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
            tx.record(InvitationCancelled(order.0), ())
        })
        .await
}
