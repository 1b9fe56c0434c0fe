//! Creating a key.

use super::{ApiKey, sql};
use coffer_kernel::{Action, Actor, ApiKeyId, BusinessId, Role, Timestamp, TypedId, UserId};
use coffer_keys::{Token, TokenKind};
use coffer_store::{Books, Event, Order, refusals};

/// A key to be made. The order is given in the installation's books.
#[derive(Debug, Clone)]
pub struct CreateApiKey {
    /// Whose books it shall open.
    pub business: BusinessId,
    /// The role it acts in.
    pub role: Role,
    /// What it may do.
    pub scopes: Vec<Action>,
    /// Until when.
    pub expires_at: Timestamp,
}

impl Order for CreateApiKey {
    const ACTION: Action = Action::CreateApiKey;
}

refusals! {
    /// Why a key is not made.
    pub enum CreateRefused {
        /// It could do nothing.
        Scopeless => Invalid, "api_key.scopes_missing", "A key needs at least one scope: say what it may do.";
        /// It would never have worked.
        Expired => Invalid, "api_key.expired", "A key must expire in the future.";
    }
}

/// A key that was just made. The secret is shown once, here.
pub struct Created {
    /// The key.
    pub key: ApiKey,
    /// Its secret.
    pub secret: Token,
}

struct ApiKeyCreated(ApiKeyId);

impl Event for ApiKeyCreated {
    const NAME: &'static str = "api_key.created";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Makes a key.
///
/// # Errors
/// [`CreateRefused`]; no key is made then.
pub async fn create(books: &Books, actor: &Actor, order: CreateApiKey) -> Result<Created, CreateRefused> {
    books
        .transact(actor, order, |tx, _, order| {
            if order.scopes.is_empty() {
                return Err(CreateRefused::Scopeless);
            }
            if order.expires_at <= tx.now() {
                return Err(CreateRefused::Expired);
            }
            let secret = Token::new(TokenKind::ApiKey, tx.entropy());
            let key = ApiKey {
                id: ApiKeyId::new(tx.now(), tx.entropy()),
                business: order.business,
                user: UserId::new(tx.now(), tx.entropy()),
                role: order.role,
                scopes: order.scopes.clone(),
                created_at: tx.now(),
                expires_at: order.expires_at,
                revoked_at: None,
            };
            sql::add(tx, &secret.hash(), &key)?;
            tx.record(ApiKeyCreated(key.id), Created { key, secret })
        })
        .await
}
