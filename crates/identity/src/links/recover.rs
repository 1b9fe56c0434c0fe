//! A way back in for somebody who lost their second step: made at the machine, good for an hour, used once. It is
//! recorded in the history of every business they work for before it exists, and shown there to whoever manages people.

use super::{Begins, EntryLink, RECOVERY, sql};
use crate::members;
use coffer_kernel::{Action, Actor, LinkId, Mint, Timestamp, TypedId, UserId, Who};
use coffer_keys::{Token, TokenKind};
use coffer_store::{Books, Event, Order, Reading, Refused, refusals};
use std::time::Duration;

/// For how long a way back in is shown to those who manage people.
const SHOWN: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Somebody who lost their second step.
#[derive(Debug, Clone)]
pub struct RecoverUser {
    /// The address they sign in with.
    pub email: String,
}

impl Order for RecoverUser {
    const ACTION: Action = Action::RecoverUser;
}

#[derive(Clone, Copy)]
struct Announce(UserId);

impl Order for Announce {
    const ACTION: Action = Action::RecoverUser;
}

struct ListRecoveries;

impl Order for ListRecoveries {
    const ACTION: Action = Action::ReadPeople;
}

/// A way back in that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// For whom.
    pub user: UserId,
    /// When.
    pub made_at: Timestamp,
    /// When it was opened, if it was.
    pub used_at: Option<Timestamp>,
}

refusals! {
    /// Why nobody is let back in.
    pub enum RecoverRefused {
        /// Nobody works anywhere under this address.
        Unknown => NotFound, "user.unknown", "Nobody who works here signs in with this address. `coffer user list` shows who does.";
    }
}

struct RecoveryBegun(UserId);

impl Event for RecoveryBegun {
    const NAME: &'static str = "user.recovery_begun";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Makes a way back in; earlier ones end.
///
/// # Errors
/// [`RecoverRefused::Unknown`].
pub async fn recover(
    books: &Books,
    mint: &Mint,
    operator: &Actor,
    order: RecoverUser,
) -> Result<Token, RecoverRefused> {
    let (user, workplaces) = members::known(books, operator, &order.email).await?.ok_or(RecoverRefused::Unknown)?;
    if workplaces.is_empty() {
        return Err(RecoverRefused::Unknown);
    }
    // Said before it is done: there is no way back in that its businesses do not know of.
    for business in workplaces {
        let there = mint.actor(Who::clone(operator.who()), business, operator.origin());
        announce(books, &there, Announce(user)).await?;
    }
    books
        .transact(operator, Announce(user), |tx, _, order| {
            let (now, business) = (tx.now(), tx.business());
            sql::end_of_user(tx, order.0, now)?;
            let token = Token::new(TokenKind::Recovery, tx.entropy());
            let link = EntryLink {
                id: LinkId::new(now, tx.entropy()),
                begins: Begins::Recovering,
                business,
                role: None,
                made_at: now,
                expires_at: now.checked_add(RECOVERY).unwrap_or(Timestamp::MAX),
                used_at: None,
                made_by: None,
                user: Some(order.0),
            };
            sql::add(tx, &token.hash(), &link, None)?;
            tx.record(RecoveryBegun(order.0), token)
        })
        .await
}

async fn announce(books: &Books, there: &Actor, order: Announce) -> Result<(), Refused> {
    books.transact(there, order, |tx, _, order| tx.record(RecoveryBegun(order.0), ())).await
}

/// The ways back in that were made for people of the actor's business in the last thirty days, newest first.
///
/// # Errors
/// As the store's.
pub async fn recoveries(books: &Books, actor: &Actor) -> Result<Vec<Recovery>, Refused> {
    books
        .read(actor, ListRecoveries, |snapshot, _, _| {
            let since = snapshot.now().checked_sub(SHOWN).unwrap_or(Timestamp::MIN);
            Ok(sql::recoveries(snapshot, since)?)
        })
        .await
}
