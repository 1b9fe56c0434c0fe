//! Coming back by a link made at the machine: a new password and a new second step, both or neither.

use super::model::{User, sign_in_name};
use super::second_step::confirmed;
use super::{PasswordRefused, SecondStepRefused, check_password};
use crate::door::Door;
use crate::sessions::{self, Stage};
use crate::throttle::{self, Throttled};
use crate::{members, sign_in};
use coffer_kernel::{Action, Actor, BusinessId, SessionId, TypedId, UserId};
use coffer_keys::{Secret, Token};
use coffer_store::{Event, Order, Refused, refusals};

/// What somebody brings who comes back.
pub struct ComeBack {
    /// Their sign-in under way.
    pub session: SessionId,
    /// Their new password.
    pub password: Secret<String>,
    /// The first code of their new second step.
    pub code: String,
}

struct Back {
    session: SessionId,
    phc: String,
    code: String,
}

impl Order for Back {
    const ACTION: Action = Action::ReviseSignIn;
}

struct Look(SessionId);

impl Order for Look {
    const ACTION: Action = Action::ResumeCaller;
}

refusals! {
    /// Why somebody is not back.
    pub enum ComeBackRefused {
        + Password(PasswordRefused), "The new password is not taken.";
        + SecondStep(SecondStepRefused), "The new second step is not confirmed.";
        + Throttled(Throttled), "Too many tries.";
    }
}

struct UserRecovered(UserId);

impl Event for UserRecovered {
    const NAME: &'static str = "user.recovered";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Lets somebody back in: password, second step and spare codes are new, and every other sign-in ends.
///
/// # Errors
/// [`ComeBackRefused`]; all stays as it was then.
pub async fn come_back(
    door: &Door,
    actor: &Actor,
    order: ComeBack,
) -> Result<(Token, Vec<Secret<String>>), ComeBackRefused> {
    let user = whose(door, order.session).await?;
    let what = format!("coming back of {user}");
    let tries = throttle::Count::Other { what: what.clone(), user: Some(user) };
    throttle::count(&door.books, &door.anonymous(actor.origin()), tries).await?;
    check_password(order.password.expose(), &[])?;
    let phc = door.hash(&order.password).await?;
    let (back, origin) = (Back { session: order.session, phc, code: order.code }, actor.origin());
    door.books
        .transact(actor, back, move |tx, permit, order| {
            let now = tx.now();
            let session = sessions::sql::by_id(tx, order.session)?.filter(|session| !session.is_over(now));
            let session = session.filter(|session| session.stage == Stage::Recovering).ok_or(Refused::NotFound)?;
            let granted = tx.lock::<User>(permit, session.user.ok_or(Refused::NotFound)?)?;
            let (next, codes) = confirmed(tx, &granted, order.session, &order.code)?;
            tx.replace(&granted, &User { password: order.phc.clone(), ..next })?;
            sessions::sql::end_all(tx, granted.id)?;
            throttle::forget(tx, &what)?;
            throttle::forget(tx, &format!("second step of {}", granted.id))?;
            throttle::forget_sign_in(tx, &sign_in_name(&granted.email), origin)?;
            let business = members::sql::workplaces(tx, granted.id)?.into_iter().next();
            let token = sign_in::begin_whole(tx, granted.id, business)?;
            tx.record(UserRecovered(granted.id), (token, codes))
        })
        .await
}

/// Who comes back by this sign-in.
async fn whose(door: &Door, session: SessionId) -> Result<UserId, Refused> {
    let system = door.mint.system("identity.come_back", BusinessId::INSTALLATION);
    door.books
        .read(&system, Look(session), |snapshot, _, look| {
            let session = sessions::sql::by_id(snapshot, look.0)?.ok_or(Refused::NotFound)?;
            session.user.filter(|_| session.stage == Stage::Recovering).ok_or(Refused::NotFound)
        })
        .await
}
