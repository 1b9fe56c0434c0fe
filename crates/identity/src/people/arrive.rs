//! Arriving: whoever came through a link says who they are and chooses a password.

use super::model::{User, sign_in_name};
use super::{PasswordRefused, check_password, sql};
use crate::door::Door;
use crate::links::INVITATION;
use crate::sessions::{self, Session, Stage};
use crate::throttle::{self, Throttled};
use crate::{links, members};
use coffer_kernel::text::{self, Hidden};
use coffer_kernel::{
    Action, Actor, BusinessId, Permit, Pointer, Reason, Refuse, SessionId, Timestamp, TypedId, UserId,
};
use coffer_keys::Secret;
use coffer_store::{Event, Fault, Order, Refused, Tx};
use std::fmt;

/// The most characters of a name or an address.
const LONGEST: usize = 200;

/// Who somebody is, as they say.
pub struct Arrive {
    /// Their sign-in under way.
    pub session: SessionId,
    /// Their name.
    pub name: String,
    /// The address they will sign in with. Whoever was invited by one signs in with that, whatever stands here.
    pub email: String,
    /// The password they chose.
    pub password: Secret<String>,
    /// The language of their pages, BCP 47.
    pub language: String,
}

struct Arrival {
    session: SessionId,
    name: String,
    email: String,
    phc: String,
    language: String,
}

impl Order for Arrival {
    const ACTION: Action = Action::SetUpOwner;
}

/// Why somebody is not taken in, by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArriveRefused {
    /// There is no name.
    Nameless,
    /// This is not an address.
    Email,
    /// A sign that nobody sees.
    Hidden(Hidden),
    /// Somebody signs in with this address already. Said only about the address of the invitation in one's hand.
    Taken,
    /// They said who they are before.
    Known,
    /// Too many tries.
    TooMany,
    /// The password.
    Password(PasswordRefused),
    /// What the store answers to any order.
    Store(Refused),
}

impl fmt::Display for ArriveRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nameless => {
                "Write your name, in at most 200 characters. It stands in the history beside what you do."
            }
            Self::Email => "This is not an e-mail address. Write one like name@example.com; you sign in with it.",
            Self::Taken => {
                "You sign in with this address already, so you need no second sign-in. Sign in with it, then open the \
                 link again: it still works for you."
            }
            Self::Known => "You said who you are already. Go on with the second step.",
            Self::TooMany => "Too many tries. Wait a few minutes, then send this once more; nothing is lost.",
            Self::Hidden(refused) => return refused.fmt(f),
            Self::Password(refused) => return refused.fmt(f),
            Self::Store(refused) => return refused.fmt(f),
        })
    }
}

impl std::error::Error for ArriveRefused {}

impl Refuse for ArriveRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Nameless => "person.name_missing",
            Self::Email => "person.email_unfit",
            Self::Taken => "person.sign_in_first",
            Self::Known => "person.known",
            Self::TooMany => "person.too_many",
            Self::Hidden(refused) => refused.code(),
            Self::Password(refused) => refused.code(),
            Self::Store(refused) => refused.code(),
        }
    }
    fn reason(&self) -> Reason {
        match self {
            Self::Nameless | Self::Email | Self::Hidden(_) => Reason::Invalid,
            Self::Taken | Self::Known => Reason::Conflict,
            Self::TooMany => Reason::TooMany,
            Self::Password(refused) => refused.reason(),
            Self::Store(refused) => refused.reason(),
        }
    }
    fn pointers(&self) -> Vec<Pointer> {
        let field = match self {
            Self::Nameless => "/name",
            Self::Email | Self::Taken => "/email",
            Self::Password(_) => "/password",
            Self::Hidden(refused) => return refused.pointers(),
            Self::Known | Self::TooMany | Self::Store(_) => return Vec::new(),
        };
        vec![Pointer::new(field, self.code(), self.to_string())]
    }
}

impl From<Hidden> for ArriveRefused {
    fn from(hidden: Hidden) -> Self {
        Self::Hidden(hidden)
    }
}

impl From<Throttled> for ArriveRefused {
    fn from(throttled: Throttled) -> Self {
        match throttled {
            Throttled::TooMany => Self::TooMany,
            Throttled::Store(refused) => Self::Store(refused),
        }
    }
}

impl From<Refused> for ArriveRefused {
    fn from(refused: Refused) -> Self {
        Self::Store(refused)
    }
}

impl From<Fault> for ArriveRefused {
    fn from(fault: Fault) -> Self {
        // Two who arrive with one address at once: the second meets the constraint.
        if matches!(&fault, Fault::Taken(name) if name.contains("email_index")) {
            Self::Taken
        } else {
            Self::Store(fault.into())
        }
    }
}

struct PersonArrived(UserId);

impl Event for PersonArrived {
    const NAME: &'static str = "person.arrived";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Takes somebody in, without a second step yet: until there is one, nobody signs in with this password.
///
/// # Errors
/// [`ArriveRefused`].
pub async fn arrive(door: &Door, actor: &Actor, order: Arrive) -> Result<UserId, ArriveRefused> {
    let (session, nobody_yet) = arriving(door, order.session).await?;
    let invited = links::address_of(door, actor, &session).await?;
    let name = text::without_idle_joiners(order.name.trim()).trim().to_owned();
    let email = invited.unwrap_or_else(|| order.email.trim().to_owned());
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(ArriveRefused::Nameless);
    }
    text::check_line("/name", &name)?;
    text::check_line("/email", &email)?;
    if !is_address(&email) {
        return Err(ArriveRefused::Email);
    }
    check_password(order.password.expose(), &[&name, &email]).map_err(ArriveRefused::Password)?;
    // A hash is dear: who sends this again and again waits.
    let tries = throttle::Count::Other { what: format!("arrival of {}", order.session), user: None };
    throttle::count(&door.books, &door.anonymous(actor.origin()), tries).await?;
    let phc = door.hash(&order.password).await?;
    let newest = newest(door, order.session, &email).await?;
    let arrival = Arrival { session: order.session, name, email, phc, language: order.language };
    door.books
        .transact(actor, arrival, move |tx, permit, order| {
            let session = sessions::sql::by_id(tx, order.session)?.ok_or(Refused::NotFound)?;
            if session.user.is_some() {
                return Err(ArriveRefused::Known);
            }
            let id = match sql::by_email(tx, &sign_in_name(&order.email))? {
                Some((id, phc)) => again(tx, permit, (id, phc.is_some(), newest, nobody_yet), order)?,
                None => first(tx, order)?,
            };
            sessions::sql::give_user(tx, session.id, id)?;
            tx.record(PersonArrived(id), id)
        })
        .await
}

struct Look(SessionId);

impl Order for Look {
    const ACTION: Action = Action::ResumeCaller;
}

/// The sign-in by which somebody arrives, and whether it is one that sets up an installation in which nobody works yet.
async fn arriving(door: &Door, id: SessionId) -> Result<(Session, bool), Refused> {
    let system = door.mint.system("identity.arrive", BusinessId::INSTALLATION);
    let found = door
        .books
        .read(&system, Look(id), |snapshot, _, look| Ok::<_, Refused>(sessions::sql::by_id(snapshot, look.0)?));
    let session = found.await?.ok_or(Refused::NotFound)?;
    let sets_up = session.stage == Stage::SetUp;
    let nobody_yet = sets_up && !members::anywhere(&door.books, &system, Look(id)).await?;
    Ok((session, nobody_yet))
}

/// What the installation's log says was written last of whoever has this address.
async fn newest(door: &Door, session: SessionId, email: &str) -> Result<Option<i64>, Refused> {
    let (system, name) = (door.mint.system("identity.arrive", BusinessId::INSTALLATION), sign_in_name(email));
    let known = door
        .books
        .read(&system, Look(session), move |snapshot, _, _| Ok::<_, Refused>(sql::by_email(snapshot, &name)?));
    let Some((id, _)) = known.await? else { return Ok(None) };
    door.books.newest_recorded(BusinessId::INSTALLATION, sql::AGGREGATE.root.name, id.bytes()).await
}

/// Somebody nobody knew.
fn first(tx: &mut Tx<'_>, order: &Arrival) -> Result<UserId, ArriveRefused> {
    let id = UserId::new(tx.now(), tx.entropy());
    tx.new_subject(id.into())?;
    tx.insert(&person(id, 1, tx.now(), order))?;
    Ok(id)
}

/// Somebody who began once and got no further: nobody may be kept out for good by a window that was closed too early.
///
/// Where nobody works yet, nobody has anything to lose. Where somebody does, an invitation may be anybody's: it replaces
/// whoever has no second step, by their own row, as long as that was written here, is the newest that the signed log knows, and was begun no
/// longer ago than an invitation lives: a row and a log of long ago that were put back let nobody in.
/// Who has one takes an invitation up by signing in. Whoever began before is out, so that of two with one address only
/// the later one goes on.
fn again(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (id, vouched, newest, nobody_yet): (UserId, bool, Option<i64>, bool),
    order: &Arrival,
) -> Result<UserId, ArriveRefused> {
    let granted = tx.lock::<User>(permit, id)?;
    let lately = granted.created_at.checked_add(INVITATION).is_ok_and(|until| tx.now() < until);
    let began = vouched && lately && !granted.second_step && newest == Some(granted.version);
    if !began && !nobody_yet {
        return Err(ArriveRefused::Taken);
    }
    sessions::sql::end_all(tx, id)?;
    tx.replace(&granted, &person(id, granted.version + 1, granted.created_at, order))?;
    Ok(id)
}

fn person(id: UserId, version: i64, created_at: Timestamp, order: &Arrival) -> User {
    User {
        id,
        version,
        created_at,
        language: order.language.clone(),
        name: order.name.clone(),
        email: order.email.clone(),
        password: order.phc.clone(),
        totp: None,
        pending: None,
        second_step: false,
        last_step: 0,
        spare: Vec::new(),
    }
}

/// Something before an @ and a domain behind it; whether anybody reads it shows when mail is sent.
pub(crate) fn is_address(text: &str) -> bool {
    let mut halves = text.splitn(2, '@');
    let (Some(local), Some(domain)) = (halves.next(), halves.next()) else { return false };
    let plain = |half: &str| !half.is_empty() && !half.chars().any(|c| c.is_whitespace() || c.is_control() || c == '@');
    plain(local) && plain(domain) && !domain.starts_with('.') && !domain.ends_with('.') && text.len() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in ["a@b", "ingrid@ateliernord.example", "å+x@müller.example"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "a", "@b", "a@", "a b@c", "a@b c", "a@@b", "a@.b", "a@b\r\nBcc: x@y"] {
            assert!(!is_address(bad), "{bad:?}");
        }
    }
}
