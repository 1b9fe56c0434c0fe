//! The second step: a code, or a spare one. The half-made sign-in ends, and a whole one begins with a new token.

use crate::door::Door;
use crate::people::{self, User, sign_in_name};
use crate::sessions::{self, LONGEST, Session, Stage};
use crate::throttle::{self, Throttled};
use crate::{members, notes};
use coffer_kernel::{Action, Origin, SessionId, Timestamp, UserId};
use coffer_keys::{Token, TokenKind};
use coffer_store::{Order, Refused, refusals};

/// The second step of a sign-in.
#[derive(Debug, Clone)]
pub struct FinishSignIn {
    /// The half-made sign-in.
    pub session: Session,
    /// Six digits, or a spare code.
    pub code: String,
}

struct Finish {
    session: SessionId,
    code: String,
}

impl Order for Finish {
    const ACTION: Action = Action::SignIn;
}

refusals! {
    /// Why a sign-in is not finished.
    pub enum FinishRefused {
        /// The code does not fit.
        Wrong => Invalid, "second_step.wrong", "This code does not fit. Type the one your authenticator shows now, or one of your spare codes; each is taken once.";
        /// Too long ago.
        Over => Gone, "sign_in.over", "This took too long. Sign in again from the start.";
        /// Too many tries.
        TooMany => TooMany, "sign_in.too_many", "Too many tries. Wait a quarter of an hour, then try again; nothing is locked for good.";
    }
}

impl From<Throttled> for FinishRefused {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::TooMany => Self::TooMany,
            Throttled::Store(refused) => Self::Store(refused),
        }
    }
}

/// Finishes a sign-in.
///
/// # Errors
/// [`FinishRefused`].
pub async fn finish(door: &Door, origin: Origin, order: FinishSignIn) -> Result<Token, FinishRefused> {
    let anonymous = door.anonymous(origin);
    let user = order.session.user.ok_or(FinishRefused::Over)?;
    // Counted by person: a new half-made sign-in is not a new set of guesses.
    let what = format!("second step of {user}");
    throttle::count(&door.books, &anonymous, throttle::Count::Other { what: what.clone(), user: Some(user) }).await?;
    let finish = Finish { session: order.session.id, code: order.code };
    door.books
        .transact(&anonymous, finish, move |tx, permit, order| {
            let now = tx.now();
            let half = sessions::sql::by_id(tx, order.session)?.filter(|half| half.stage == Stage::Half);
            let half = half.filter(|half| !half.is_over(now)).ok_or(FinishRefused::Over)?;
            let user = half.user.ok_or(FinishRefused::Over)?;
            let granted = tx.lock::<User>(permit, user)?;
            let next = people::passes(tx, &granted, &order.code).filter(|_| granted.second_step);
            let next = next.ok_or(FinishRefused::Wrong)?;
            // Of two who use one half-made sign-in at once, one finds it.
            if sessions::sql::end(tx, half.id)? != 1 {
                return Err(FinishRefused::Over);
            }
            tx.replace(&granted, &next)?;
            throttle::forget(tx, &what)?;
            throttle::forget_sign_in(tx, &sign_in_name(&granted.email), origin)?;
            let business = members::sql::workplaces(tx, user)?.into_iter().next();
            let token = begin_whole(tx, user, business)?;
            tx.record(notes::SignedIn(user, origin), token)
        })
        .await
}

/// Begins a whole sign-in.
pub(crate) fn begin_whole(
    tx: &mut coffer_store::Tx<'_>,
    user: UserId,
    business: Option<coffer_kernel::BusinessId>,
) -> Result<Token, Refused> {
    let now = tx.now();
    let token = Token::new(TokenKind::Session, tx.entropy());
    let session = Session {
        id: SessionId::new(now, tx.entropy()),
        stage: Stage::Full,
        user: Some(user),
        business,
        role: None,
        link: None,
        created_at: now,
        seen_at: now,
        expires_at: now.checked_add(LONGEST).unwrap_or(Timestamp::MAX),
        reauthenticated_at: now,
    };
    sessions::sql::add(tx, &token.hash(), &session)?;
    Ok(token)
}
