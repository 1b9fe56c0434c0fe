//! Revoking a key: it opens nothing from its next request on.

use super::sql;
use coffer_kernel::{Action, Actor, ApiKeyId, TypedId};
use coffer_store::{Books, Event, Order, Refused};

/// A key to be revoked.
#[derive(Debug, Clone, Copy)]
pub struct RevokeApiKey(pub ApiKeyId);

impl Order for RevokeApiKey {
    const ACTION: Action = Action::RevokeApiKey;
}

struct ApiKeyRevoked(ApiKeyId);

impl Event for ApiKeyRevoked {
    const NAME: &'static str = "api_key.revoked";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Revokes a key of the actor's business.
///
/// # Errors
/// [`Refused::NotFound`] where there is none under this id here, or it was revoked before.
pub async fn revoke(books: &Books, actor: &Actor, order: RevokeApiKey) -> Result<(), Refused> {
    books
        .transact(actor, order, |tx, _, order| {
            let now = tx.now();
            if !sql::revoke(tx, order.0, now)? {
                return Err(Refused::NotFound);
            }
            tx.record(ApiKeyRevoked(order.0), ())
        })
        .await
}
