//! Using a link: it is used up, and a sign-in under way begins.

use super::{Begins, sql};
use crate::door::Door;
use crate::sessions::{self, SET_UP, Session, Stage};
use crate::throttle::{self, Throttled};
use coffer_kernel::{Action, BusinessId, JobName, Origin, SessionId, Timestamp, TypedId, Who};
use coffer_keys::{Token, TokenHash, TokenKind};
use coffer_store::{Event, Order, Refused, refusals};

#[derive(Clone, Copy)]
struct Enter(TokenHash);

impl Order for Enter {
    const ACTION: Action = Action::AcceptInvitation;
}

refusals! {
    /// Why a link begins nothing.
    pub enum EnterRefused {
        /// It is none of ours, was used, or is too old.
        Spent => Gone, "link.spent", "This link was used already, is too old, or is incomplete. Ask whoever gave it to you for a new one; at the machine itself, `coffer setup-link` makes one.";
        /// Too many that open nothing came from there.
        TooMany => TooMany, "link.too_many", "Too many links that open nothing came from your address. Wait a minute, then open this one again; it stays as good as it was.";
    }
}

impl From<Throttled> for EnterRefused {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::TooMany => Self::TooMany,
            Throttled::Store(refused) => Self::Store(refused),
        }
    }
}

struct LinkUsed([u8; 16]);

impl Event for LinkUsed {
    const NAME: &'static str = "link.used";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0)
    }
}

/// Uses a set-up link, an invitation or a way back in up and begins a sign-in with it.
///
/// # Errors
/// [`EnterRefused::Spent`] for whatever is not a link in force, without saying why; [`EnterRefused::TooMany`] before anybody
/// looks.
pub async fn enter(door: &Door, presented: &str, origin: Origin) -> Result<Token, EnterRefused> {
    let hash = [TokenKind::Setup, TokenKind::Invitation, TokenKind::Recovery]
        .into_iter()
        .find_map(|kind| TokenHash::of_presented_as(kind, presented))
        .ok_or(EnterRefused::Spent)?;
    may_present(door, origin).await?;
    let entered = use_up(door, hash, origin).await;
    if entered.as_ref().err() == Some(&EnterRefused::Spent) {
        in_vain(door, origin).await?;
    }
    entered
}

#[derive(Clone, Copy)]
struct Present(Origin);

impl Order for Present {
    const ACTION: Action = Action::ResumeCaller;
}

/// Refuses to look at a link for a place that presented too many that open nothing.
pub(super) async fn may_present(door: &Door, origin: Origin) -> Result<(), EnterRefused> {
    let system = door.mint.actor(Who::System { job: JobName("identity.links") }, BusinessId::INSTALLATION, origin);
    let waits = door.books.read(&system, Present(origin), |snapshot, _, present| {
        Ok::<_, Refused>(throttle::waits_with_links(snapshot, present.0)?)
    });
    // Counting refuses whoever waits, and says so in the log.
    if waits.await? { in_vain(door, origin).await } else { Ok(()) }
}

/// A link that opens nothing was presented: it is counted for where it came from.
pub(super) async fn in_vain(door: &Door, origin: Origin) -> Result<(), EnterRefused> {
    Ok(throttle::count(&door.books, &door.anonymous(origin), throttle::Count::Link).await?)
}

async fn use_up(door: &Door, hash: TokenHash, origin: Origin) -> Result<Token, EnterRefused> {
    door.books
        .transact(&door.anonymous(origin), Enter(hash), |tx, _, order| {
            let now = tx.now();
            let link = sql::take(tx, &order.0, now)?.ok_or(EnterRefused::Spent)?;
            let token = Token::new(TokenKind::Session, tx.entropy());
            let joins = link.begins == Begins::Joining;
            let session = Session {
                id: SessionId::new(now, tx.entropy()),
                stage: match link.begins {
                    Begins::SetUp => Stage::SetUp,
                    Begins::Joining => Stage::Joining,
                    Begins::Recovering => Stage::Recovering,
                },
                user: link.user,
                business: joins.then_some(link.business),
                role: link.role,
                link: Some(link.id),
                created_at: now,
                seen_at: now,
                expires_at: now.checked_add(SET_UP).unwrap_or(Timestamp::MAX),
                reauthenticated_at: now,
            };
            sessions::sql::add(tx, &token.hash(), &session)?;
            tx.record(LinkUsed(link.id.bytes()), token)
        })
        .await
}
