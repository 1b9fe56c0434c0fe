//! From a presented link to an actor who may open that one document.

use super::sql;
use coffer_kernel::{Action, Actor, BusinessId, JobName, Mint, Origin, Who};
use coffer_keys::{TokenHash, TokenKind};
use coffer_store::{Books, Order, Refused};

struct ResumeLink(TokenHash);

impl Order for ResumeLink {
    const ACTION: Action = Action::ResumeCaller;
}

/// The actor behind a link.
///
/// # Errors
/// [`Refused::NotFound`] for whatever is not a link in force, without saying why.
pub async fn resume(books: &Books, mint: &Mint, presented: &str, origin: Origin) -> Result<Actor, Refused> {
    let hash = TokenHash::of_presented_as(TokenKind::DocumentLink, presented).ok_or(Refused::NotFound)?;
    let system = mint.actor(Who::System { job: JobName("identity.link") }, BusinessId::INSTALLATION, origin);
    let found = books
        .read(&system, ResumeLink(hash), |snapshot, _, query| {
            let now = snapshot.now();
            // Refused, not answered with nothing: a link that is tried in vain leaves its trace in the log.
            sql::find(snapshot, &query.0, now)?.ok_or(Refused::NotFound)
        })
        .await;
    let (business, document, link) = found?;
    Ok(mint.actor(Who::Link { document, link }, business, origin))
}
