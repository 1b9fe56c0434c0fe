//! From a presented key to an actor.

use super::sql;
use coffer_kernel::{Action, Actor, ApiKeyId, BusinessId, JobName, Mint, Origin, TypedId, Who};
use coffer_keys::{TokenHash, TokenKind};
use coffer_store::{Books, Event, Order, Refused};
use std::time::Duration;

/// A key that is used is noted as used this often.
const NOTED: Duration = Duration::from_secs(60 * 60);

#[derive(Clone, Copy)]
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

struct ApiKeyUsed(ApiKeyId);

impl Event for ApiKeyUsed {
    const NAME: &'static str = "api_key.used";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// The actor behind a presented key. Checked at each request, so that a revoked key ends at once.
///
/// # Errors
/// [`Unknown::NotAKey`] for whatever is not a key in force, without saying why.
pub async fn resume(books: &Books, mint: &Mint, presented: &str, origin: Origin) -> Result<Actor, Unknown> {
    let hash = TokenHash::of_presented_as(TokenKind::ApiKey, presented).ok_or(Unknown::NotAKey)?;
    let system = mint.actor(Who::System { job: JobName("identity.resume_key") }, BusinessId::INSTALLATION, origin);
    let found: Result<_, Refused> = books
        .read(&system, ResumeKey(hash), |snapshot, _, query| {
            let now = snapshot.now();
            let key = sql::find(snapshot, &query.0)?.filter(|key| !key.is_over(now));
            // Refused, not answered with nothing: a key that is tried in vain leaves its trace in the log.
            key.map(|key| (key, now)).ok_or(Refused::NotFound)
        })
        .await;
    let (key, now) = found?;
    if key.used_at.is_none_or(|used| used.checked_add(NOTED).is_ok_and(|until| until <= now)) {
        note(books, &system, ResumeKey(hash), key.id).await?;
    }
    let who = Who::Key { key: key.id, user: key.user, role: key.role, scopes: key.scopes.into() };
    Ok(mint.actor(who, key.business, origin))
}

async fn note(books: &Books, system: &Actor, order: ResumeKey, key: ApiKeyId) -> Result<(), Refused> {
    books
        .transact(system, order, move |tx, _, order| {
            let now = tx.now();
            sql::used(tx, &order.0, now)?;
            tx.record(ApiKeyUsed(key), ())
        })
        .await
}
