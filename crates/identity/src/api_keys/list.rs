//! Looking at the keys of a business.

use super::{ApiKey, sql};
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Order, Refused};

struct ListApiKeys;

impl Order for ListApiKeys {
    const ACTION: Action = Action::RevokeApiKey;
}

/// A key, as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The key.
    pub key: ApiKey,
    /// What it is for, in the words of whoever made it.
    pub name: String,
    /// Whether it opens nothing any more.
    pub over: bool,
}

/// The keys of the actor's business, newest first, those that are over included; at most two hundred.
///
/// # Errors
/// As the store's.
pub async fn list(books: &Books, actor: &Actor) -> Result<Vec<Listed>, Refused> {
    books
        .read(actor, ListApiKeys, |snapshot, _, _| {
            let now = snapshot.now();
            let listed = sql::all(snapshot)?.into_iter().map(|(key, name)| {
                let over = key.is_over(now);
                Listed { key, name: name.unwrap_or_default(), over }
            });
            Ok(listed.collect())
        })
        .await
}
