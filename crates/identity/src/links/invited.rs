//! Whom an invitation is for: told to whoever holds it, and to nobody else.

use super::enter::{EnterRefused, in_vain, may_present};
use super::{EntryLink, sql};
use crate::door::Door;
use crate::sessions::{Session, Stage};
use coffer_kernel::{Action, Actor, BusinessId, JobName, LinkId, Origin, Role, Who};
use coffer_keys::{TokenHash, TokenKind};
use coffer_store::{Order, Refused};

/// An invitation, as whoever holds it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Into which business.
    pub business: BusinessId,
    /// As what.
    pub role: Role,
    /// The address it is for.
    pub email: Option<String>,
}

#[derive(Clone, Copy)]
struct Find(TokenHash);

impl Order for Find {
    const ACTION: Action = Action::ResumeCaller;
}

struct Look(LinkId);

impl Order for Look {
    const ACTION: Action = Action::SetUpOwner;
}

/// The invitation behind a presented token. One that was used is told to whoever signed in alone: they may take it up still.
/// Looking uses nothing up, whoever looks and how often.
///
/// # Errors
/// [`EnterRefused::Spent`] for whatever is not one, without saying why; [`EnterRefused::TooMany`] before anybody looks.
pub async fn look(door: &Door, origin: Origin, presented: &str, signed_in: bool) -> Result<Invited, EnterRefused> {
    // What cannot be one is not looked for, and not counted: it may be another kind of link.
    let hash = TokenHash::of_presented_as(TokenKind::Invitation, presented).ok_or(EnterRefused::Spent)?;
    may_present(door, origin).await?;
    let found = match find(door, origin, hash).await {
        Err(Refused::NotFound) => None,
        found => Some(found?).filter(|link| signed_in || link.used_at.is_none()),
    };
    let Some((link, role)) = found.and_then(|link| link.role.map(|role| (link, role))) else {
        in_vain(door, origin).await?;
        return Err(EnterRefused::Spent);
    };
    let email = address(door, &door.mint.actor(Who::Joining, link.business, origin), link.id).await?;
    Ok(Invited { business: link.business, role, email })
}

/// The link behind a hash, in force, and the address it is for.
pub(crate) async fn for_address(
    door: &Door,
    origin: Origin,
    hash: TokenHash,
) -> Result<(EntryLink, Option<String>), Refused> {
    let link = find(door, origin, hash).await?;
    let email = address(door, &door.mint.actor(Who::Joining, link.business, origin), link.id).await?;
    Ok((link, email))
}

/// The link behind a hash, used or not, as long as it is in force.
async fn find(door: &Door, origin: Origin, hash: TokenHash) -> Result<EntryLink, Refused> {
    let system = door.mint.actor(Who::System { job: JobName("identity.resume") }, BusinessId::INSTALLATION, origin);
    door.books
        .read(&system, Find(hash), |snapshot, _, query| {
            let now = snapshot.now();
            sql::find(snapshot, &query.0)?.filter(|link| link.expires_at > now).ok_or(Refused::NotFound)
        })
        .await
}

/// The invitation by which somebody is arriving.
///
/// # Errors
/// [`Refused::NotFound`] where they came otherwise.
pub async fn invited(door: &Door, arriving: &Actor, session: &Session) -> Result<Invited, Refused> {
    let (business, role) = session.business.zip(session.role).ok_or(Refused::NotFound)?;
    Ok(Invited { business, role, email: address_of(door, arriving, session).await? })
}

/// The address for which somebody arriving was invited, where the link says one.
pub(crate) async fn address_of(door: &Door, arriving: &Actor, session: &Session) -> Result<Option<String>, Refused> {
    let (Stage::Joining, Some(business), Some(link)) = (session.stage, session.business, session.link) else {
        return Ok(None);
    };
    address(door, &door.mint.actor(Who::clone(arriving.who()), business, arriving.origin()), link).await
}

async fn address(door: &Door, joining: &Actor, link: LinkId) -> Result<Option<String>, Refused> {
    door.books.read(joining, Look(link), |snapshot, _, query| sql::email(snapshot, query.0)).await
}
