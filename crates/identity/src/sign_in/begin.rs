//! The first step: address and password.
//!
//! Known or not, right or wrong, a try is counted in one transaction, looked up in one statement, hashed once, and
//! decided in one more transaction, which either begins a sign-in or records the refusal.

use crate::carried;
use crate::door::Door;
use crate::people::{self, sign_in_name};
use crate::sessions::{self, HALF, Session, Stage};
use crate::throttle::{self, Throttled};
use coffer_kernel::{Action, BusinessId, Origin, SessionId, Timestamp, TypedId, UserId};
use coffer_keys::{Secret, Token, TokenKind};
use coffer_store::{Event, Order, Refused, refusals};

/// A try to sign in.
pub struct BeginSignIn {
    /// The address.
    pub email: String,
    /// The password.
    pub password: Secret<String>,
    /// The mark of the device it comes from, where it carries one.
    pub device: Option<String>,
}

struct Look(String);

impl Order for Look {
    const ACTION: Action = Action::ResumeCaller;
}

struct Decide(Option<UserId>);

impl Order for Decide {
    const ACTION: Action = Action::SignIn;
}

refusals! {
    /// Why a sign-in does not begin.
    pub enum BeginRefused {
        /// Address or password; which of them is nobody's business.
        Wrong => Invalid, "sign_in.wrong", "Address and password do not go together. Check both; capital letters count in the password.";
        /// Too many tries.
        TooMany => TooMany, "sign_in.too_many", "Too many tries. Wait a quarter of an hour, then try again; nothing is locked for good.";
    }
}

impl From<Throttled> for BeginRefused {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::TooMany => Self::TooMany,
            Throttled::Store(refused) => Self::Store(refused),
        }
    }
}

struct PasswordAccepted(UserId);

impl Event for PasswordAccepted {
    const NAME: &'static str = "sign_in.password_accepted";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Begins a sign-in: its token opens the second step and nothing else.
///
/// # Errors
/// [`BeginRefused`].
pub async fn begin(door: &Door, origin: Origin, order: BeginSignIn) -> Result<Token, BeginRefused> {
    let (anonymous, name) = (door.anonymous(origin), sign_in_name(&order.email));
    let device = carried::recognise(door, order.device.as_deref().unwrap_or_default()).await?;
    throttle::count(&door.books, &anonymous, throttle::Count::Password { name: name.clone(), device }).await?;
    let system = door.mint.system("identity.sign_in", BusinessId::INSTALLATION);
    let found: Option<(UserId, Option<String>)> = door
        .books
        .read(&system, Look(name), |snapshot, _, look| Ok::<_, Refused>(people::sql::by_email(snapshot, &look.0)?))
        .await?;
    let (user, phc) = found.unzip();
    let right = door.verify(phc.flatten(), &order.password).await?;
    door.books
        .transact(&anonymous, Decide(user.filter(|_| right)), |tx, _, order| {
            let user = order.0.ok_or(BeginRefused::Wrong)?;
            let now = tx.now();
            sessions::sql::forget(tx, user, now)?;
            let token = Token::new(TokenKind::Session, tx.entropy());
            let session = Session {
                id: SessionId::new(now, tx.entropy()),
                stage: Stage::Half,
                user: Some(user),
                business: None,
                role: None,
                link: None,
                created_at: now,
                seen_at: now,
                expires_at: now.checked_add(HALF).unwrap_or(Timestamp::MAX),
                reauthenticated_at: now,
            };
            sessions::sql::add(tx, &token.hash(), &session)?;
            tx.record(PasswordAccepted(user), token)
        })
        .await
}
