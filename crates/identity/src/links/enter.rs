//! Using a link: it is used up, and a sign-in under way begins.

use super::{Begins, sql};
use crate::door::Door;
use crate::sessions::{self, SET_UP, Session, Stage};
use coffer_kernel::{Action, Origin, SessionId, Timestamp, TypedId};
use coffer_keys::{Token, TokenHash, TokenKind};
use coffer_store::{Event, Order, refusals};

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
/// [`EnterRefused::Spent`] for whatever is not a link in force, without saying why.
pub async fn enter(door: &Door, presented: &str, origin: Origin) -> Result<Token, EnterRefused> {
    let hash = [TokenKind::Setup, TokenKind::Invitation, TokenKind::Recovery]
        .into_iter()
        .find_map(|kind| TokenHash::of_presented_as(kind, presented))
        .ok_or(EnterRefused::Spent)?;
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
