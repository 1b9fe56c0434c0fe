//! Changing one's own password: the old one is asked for, and all other sign-ins end.

use super::model::User;
use super::{PasswordRefused, check_password, sql};
use crate::throttle::{self, Throttled};
use crate::{door::Door, sessions};
use coffer_kernel::{Action, Actor, SessionId, TypedId, UserId};
use coffer_keys::Secret;
use coffer_store::{Event, Order, Refused, refusals};

/// A new password.
pub struct ChangePassword {
    /// The sign-in that stays.
    pub session: SessionId,
    /// The password in force.
    pub old: Secret<String>,
    /// The new one.
    pub new: Secret<String>,
}

struct Change {
    user: UserId,
    session: SessionId,
    phc: String,
    version: i64,
}

impl Order for Change {
    const ACTION: Action = Action::ReviseSignIn;
}

struct Look(UserId);

impl Order for Look {
    const ACTION: Action = Action::ResumeCaller;
}

refusals! {
    /// Why a password is not changed.
    pub enum ChangeRefused {
        /// The old one is wrong.
        Wrong => Invalid, "password.wrong", "This is not your password now. Type the one you signed in with.";
        + Password(PasswordRefused), "The new one is not taken.";
        + Throttled(Throttled), "Too many tries.";
    }
}

struct PasswordChanged(UserId);

impl Event for PasswordChanged {
    const NAME: &'static str = "password.changed";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Changes the actor's own password.
///
/// # Errors
/// [`ChangeRefused`].
pub async fn change_password(door: &Door, actor: &Actor, order: ChangePassword) -> Result<(), ChangeRefused> {
    let user = actor.user().ok_or(Refused::NotFound)?;
    let what = format!("password of {user}");
    throttle::count(
        &door.books,
        &door.anonymous(actor.origin()),
        throttle::Count::Other { what: what.clone(), user: Some(user) },
    )
    .await?;
    let system = door.mint.system("identity.password", coffer_kernel::BusinessId::INSTALLATION);
    let (phc, name, email, version): (String, String, String, i64) = door
        .books
        .read(&system, Look(user), |snapshot, _, look| {
            let user = sql::get(snapshot, look.0)?.ok_or(Refused::NotFound)?;
            Ok::<_, Refused>((user.password, user.name, user.email, user.version))
        })
        .await?;
    if !door.verify(Some(phc), &order.old).await? {
        return Err(ChangeRefused::Wrong);
    }
    check_password(order.new.expose(), &[&name, &email])?;
    let phc = door.hash(&order.new).await?;
    let change = Change { user, session: order.session, phc, version };
    door.books
        .transact(&sessions::at_the_door(&door.mint, actor), change, move |tx, permit, order| {
            // It may have ended since the request began, because somebody else has its cookie.
            let session = sessions::sql::lock(tx, order.session)?.filter(|session| session.user == Some(order.user));
            session.ok_or(Refused::NotFound)?;
            let granted = tx.lock::<User>(permit, order.user)?;
            if granted.version != order.version {
                return Err(Refused::Stale.into());
            }
            let next = User { version: granted.version + 1, password: order.phc.clone(), ..granted.copy() };
            tx.replace(&granted, &next)?;
            sessions::sql::end_others(tx, order.user, order.session)?;
            throttle::forget(tx, &what)?;
            tx.record(PasswordChanged(order.user), ())
        })
        .await
}
