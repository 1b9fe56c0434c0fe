//! Revoking a key: it opens nothing from its next request on, and neither do the keys it made.

use super::sql;
use crate::notes::quoted;
use coffer_kernel::{Action, Actor, ApiKeyId, TypedId};
use coffer_store::{Books, Event, Order, Refused};

/// A key to be revoked.
#[derive(Debug, Clone, Copy)]
pub struct RevokeApiKey(pub ApiKeyId);

impl Order for RevokeApiKey {
    const ACTION: Action = Action::RevokeApiKey;
}

/// A key with its name, and how many keys of its making ended with it.
struct ApiKeyRevoked(ApiKeyId, Option<String>, u64);

impl Event for ApiKeyRevoked {
    const NAME: &'static str = "api_key.revoked";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn detail(&self) -> Option<String> {
        let named = self.1.as_deref().map(|name| format!(r#""named":{}"#, quoted(name)));
        let ended = (self.2 > 0).then(|| format!(r#""api_keys":{}"#, self.2));
        let said: Vec<String> = named.into_iter().chain(ended).collect();
        (!said.is_empty()).then(|| format!("{{{}}}", said.join(",")))
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
            let acted_as = sql::revoke(tx, order.0, now)?;
            if acted_as.is_empty() {
                return Err(Refused::NotFound);
            }
            let (mut made, mut named) = (0, None);
            for (user, name) in acted_as {
                named = named.or(name);
                made += sql::end_made_by(tx, user, now)?;
            }
            tx.record(ApiKeyRevoked(order.0, named, made), ())
        })
        .await
}
