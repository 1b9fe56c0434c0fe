//! The second step: a code from a phone or password manager (RFC 6238), and spare codes for the day it is gone.

use super::model::{Pending, Spare, User};
use crate::door::Door;
use crate::sessions::{self, Stage};
use coffer_kernel::{Action, Actor, SessionId, TypedId, UserId, Who};
use coffer_keys::Secret;
use coffer_keys::totp::{Drift, TotpSecret};
use coffer_store::{Books, Event, Order, Refused, Tx, refusals};

/// How many spare codes there are.
const SPARE_CODES: usize = 10;
/// The letters of a spare code: none that are mistaken for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A second step to be set up, for the person of a sign-in under way or of a whole one.
#[derive(Debug, Clone, Copy)]
pub struct BeginSecondStep {
    /// Whose: the person of this sign-in.
    pub session: SessionId,
}

impl Order for BeginSecondStep {
    const ACTION: Action = Action::ReviseSignIn;
}

/// The code that shows that the second step works.
#[derive(Debug, Clone)]
pub struct ConfirmSecondStep {
    /// Whose: the person of this sign-in.
    pub session: SessionId,
    /// The six digits.
    pub code: String,
}

impl Order for ConfirmSecondStep {
    const ACTION: Action = Action::ReviseSignIn;
}

/// New spare codes, for somebody signed in.
#[derive(Debug, Clone, Copy)]
pub struct RenewSpareCodes {
    /// Their sign-in.
    pub session: SessionId,
}

impl Order for RenewSpareCodes {
    const ACTION: Action = Action::ReviseSignIn;
}

refusals! {
    /// Why a second step is not set up.
    pub enum SecondStepRefused {
        /// The code does not fit.
        Wrong => Invalid, "second_step.wrong", "This code does not fit. Type the one your authenticator shows now; check that the clock of the phone is right.";
        /// There is nothing to confirm.
        NotBegun => Conflict, "second_step.not_begun", "There is no second step to confirm. Open its page again and scan the picture.";
    }
}

/// What a person needs to set up their authenticator. Shown until its first code fits, to the sign-in that asked for it.
pub struct Enrolment {
    /// The `otpauth` address, for the picture.
    pub uri: Secret<String>,
    /// The same secret, to be typed.
    pub secret: Secret<String>,
}

struct SecondStepBegun([u8; 16]);

impl Event for SecondStepBegun {
    const NAME: &'static str = "second_step.begun";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0)
    }
}

struct SpareCodesRenewed([u8; 16]);

impl Event for SpareCodesRenewed {
    const NAME: &'static str = "spare_codes.renewed";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0)
    }
}

struct SecondStepConfirmed([u8; 16]);

impl Event for SecondStepConfirmed {
    const NAME: &'static str = "second_step.confirmed";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0)
    }
}

/// Makes a secret, to be confirmed; the same sign-in is shown the same one until it is: a mistyped code leaves nobody with
/// an entry in their authenticator that never fits. Another sign-in gets another, so that who once looked over somebody's
/// shoulder knows nothing that will be confirmed later. Who has a second step already changes it only when signed in with it, a moment ago,
/// or let back in at the machine. The order is given in the installation's books; [`begin_anew`] goes there.
///
/// # Errors
/// [`Refused::NotFresh`].
pub async fn begin(books: &Books, actor: &Actor, order: BeginSecondStep) -> Result<Enrolment, SecondStepRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let (stage, user) = asking(tx, permit.actor(), order.session)?;
            let granted = tx.lock::<User>(permit, user)?;
            if granted.second_step && !matches!(stage, Stage::Full | Stage::Recovering) {
                return Err(Refused::NotFound.into());
            }
            let shown_before = granted.pending.as_ref().filter(|pending| pending.session == Some(order.session));
            let secret =
                shown_before.map_or_else(|| TotpSecret::generate(tx.entropy()), |pending| pending.secret.copy());
            let shown = Enrolment { uri: secret.uri("Coffer", &granted.email), secret: secret.base_32() };
            if shown_before.is_none() {
                let pending = Some(Pending { secret, session: Some(order.session) });
                tx.replace(&granted, &User { version: granted.version + 1, pending, ..granted.copy() })?;
            }
            tx.record(SecondStepBegun(user.bytes()), shown)
        })
        .await
}

/// Confirms the second step and hands out spare codes, which are shown once.
///
/// # Errors
/// [`SecondStepRefused`].
pub async fn confirm(
    books: &Books,
    actor: &Actor,
    order: ConfirmSecondStep,
) -> Result<Vec<Secret<String>>, SecondStepRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            let (stage, user) = asking(tx, permit.actor(), order.session)?;
            if stage == Stage::Recovering {
                // There the new password comes with it, or nothing does.
                return Err(Refused::NotFound.into());
            }
            let granted = tx.lock::<User>(permit, user)?;
            let (next, codes) = confirmed(tx, &granted, order.session, &order.code)?;
            tx.replace(&granted, &next)?;
            if stage == Stage::Full {
                sessions::sql::end_others(tx, user, order.session)?;
            }
            tx.record(SecondStepConfirmed(user.bytes()), codes)
        })
        .await
}

/// As [`begin`], for somebody signed in: their second step is to be replaced.
///
/// # Errors
/// [`Refused::NotFresh`].
pub async fn begin_anew(door: &Door, actor: &Actor, order: BeginSecondStep) -> Result<Enrolment, SecondStepRefused> {
    begin(&door.books, &sessions::at_the_door(&door.mint, actor), order).await
}

/// As [`confirm`], for somebody signed in; their other sign-ins end.
///
/// # Errors
/// [`SecondStepRefused`].
pub async fn confirm_anew(
    door: &Door,
    actor: &Actor,
    order: ConfirmSecondStep,
) -> Result<Vec<Secret<String>>, SecondStepRefused> {
    confirm(&door.books, &sessions::at_the_door(&door.mint, actor), order).await
}

/// New spare codes, shown once; the old ones are worth nothing from then on.
///
/// # Errors
/// [`Refused::NotFresh`].
pub async fn renew_spare_codes(
    door: &Door,
    actor: &Actor,
    order: RenewSpareCodes,
) -> Result<Vec<Secret<String>>, SecondStepRefused> {
    door.books
        .transact(&sessions::at_the_door(&door.mint, actor), order, |tx, permit, order| {
            let (stage, user) = asking(tx, permit.actor(), order.session)?;
            let granted = tx.lock::<User>(permit, user)?;
            if stage != Stage::Full || !granted.second_step {
                return Err(Refused::NotFound.into());
            }
            let (spare, codes) = spare_codes(tx);
            tx.replace(&granted, &User { version: granted.version + 1, spare, ..granted.copy() })?;
            tx.record(SpareCodesRenewed(user.bytes()), codes)
        })
        .await
}

/// Whose second step this sign-in may touch: of one under way its own, of a whole one the actor's, freshly proven.
fn asking(tx: &mut Tx<'_>, actor: &Actor, id: SessionId) -> Result<(Stage, UserId), SecondStepRefused> {
    let now = tx.now();
    let session = sessions::sql::by_id(tx, id)?.filter(|session| !session.is_over(now)).ok_or(Refused::NotFound)?;
    let user = session.user.ok_or(Refused::NotFound)?;
    match (session.stage, actor.who()) {
        (Stage::Full, Who::Staff { user: asks, session: its, .. }) if *asks == user && *its == session.id => {
            if session.is_fresh(now) { Ok((Stage::Full, user)) } else { Err(Refused::NotFresh.into()) }
        }
        (stage @ (Stage::SetUp | Stage::Joining | Stage::Recovering), Who::Setup | Who::Joining) => Ok((stage, user)),
        _ => Err(Refused::NotFound.into()),
    }
}

/// The person with the second step in force that waits for this sign-in, and their new spare codes, if this code fits.
pub(super) fn confirmed(
    tx: &Tx<'_>,
    user: &User,
    session: SessionId,
    code: &str,
) -> Result<(User, Vec<Secret<String>>), SecondStepRefused> {
    let shown = user.pending.as_ref().filter(|pending| pending.session == Some(session));
    let totp = &shown.ok_or(SecondStepRefused::NotBegun)?.secret;
    let step = totp.matched_step(code.trim(), tx.now(), Drift::OneStep).ok_or(SecondStepRefused::Wrong)?;
    let (spare, codes) = spare_codes(tx);
    let next = User {
        version: user.version + 1,
        totp: Some(totp.copy()),
        pending: None,
        second_step: true,
        last_step: i64::try_from(step.0).unwrap_or(i64::MAX),
        spare,
        ..user.copy()
    };
    Ok((next, codes))
}

fn spare_codes(tx: &Tx<'_>) -> (Vec<Spare>, Vec<Secret<String>>) {
    let codes: Vec<Secret<String>> = (0..SPARE_CODES).map(|_| spare_code(tx)).collect();
    let kept = codes.iter().map(|code| Spare { code: spare_hash(tx, code.expose()), used_at: None }).collect();
    (kept, codes)
}

/// Whether this proves the second step; what it used up is in the person that comes back.
pub(crate) fn passes(tx: &Tx<'_>, user: &User, code: &str) -> Option<User> {
    let mut next = User { version: user.version + 1, ..user.copy() };
    let step = user.totp.as_ref().and_then(|totp| totp.matched_step(code.trim(), tx.now(), Drift::OneStep));
    let step = step.and_then(|step| i64::try_from(step.0).ok());
    if let Some(step) = step {
        // A code that was seen once, by whomever, is worth nothing the second time.
        next.last_step = step;
        return (step > user.last_step).then_some(next);
    }
    next.use_spare(&spare_hash(tx, code), tx.now()).then_some(next)
}

fn spare_hash(tx: &Tx<'_>, typed: &str) -> [u8; 16] {
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    tx.blind_index("spare_code", "code", &letters.to_lowercase())
}

/// Fifty random bits, as two groups of five.
fn spare_code(tx: &Tx<'_>) -> Secret<String> {
    let mut bytes = [0; 10];
    tx.entropy().fill(&mut bytes);
    let letter = |byte: &u8| LETTERS.get(usize::from(byte & 31)).copied().map_or('a', char::from);
    let mut code: String = bytes.iter().map(letter).collect();
    code.insert(5, '-');
    Secret::new(code)
}
