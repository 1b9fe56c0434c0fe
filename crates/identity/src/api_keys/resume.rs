//! From a presented key to an actor.

use super::sql;
use coffer_kernel::{Action, Actor, BusinessId, Mint, Origin, Who};
use coffer_keys::{TokenHash, TokenKind};
use coffer_store::{Books, Order, Refused};

struct ResumeKey(TokenHash);

impl Order for ResumeKey {
    const ACTION: Action = Action::ResumeCaller;
}

/// Why a key makes nobody known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// It is no key, or not one of ours, or no longer.
    NotAKey,
    /// The store could not look.
    Store(Refused),
}

impl From<Refused> for Unknown {
    fn from(refused: Refused) -> Self {
        if refused == Refused::NotFound { Self::NotAKey } else { Self::Store(refused) }
    }
}

/// The actor behind a presented key. Checked at each request, so that a revoked key ends at once.
///
/// # Errors
/// [`Unknown::NotAKey`] for whatever is not a key in force, without saying why.
pub async fn resume(books: &Books, mint: &Mint, presented: &str, origin: Origin) -> Result<Actor, Unknown> {
    let hash = TokenHash::of_presented_as(TokenKind::ApiKey, presented).ok_or(Unknown::NotAKey)?;
    let system = mint.system("identity.resume", BusinessId::INSTALLATION);
    let found: Result<_, Refused> = books
        .read(&system, ResumeKey(hash), |snapshot, _, query| {
            Ok(sql::find(snapshot, &query.0)?.map(|key| (key, snapshot.now())))
        })
        .await;
    let (key, now) = found?.ok_or(Unknown::NotAKey)?;
    if key.revoked_at.is_some() || key.expires_at <= now {
        return Err(Unknown::NotAKey);
    }
    let who = Who::Key { key: key.id, user: key.user, role: key.role, scopes: key.scopes.into() };
    Ok(mint.actor(who, key.business, origin))
}
