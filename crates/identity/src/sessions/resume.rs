//! From a presented token to whoever is behind it.

use super::{NOTED, Session, Stage, sql};
use coffer_kernel::{Action, Actor, BusinessId, JobName, Mint, Origin, SessionId, TypedId, Who};
use coffer_keys::{TokenHash, TokenKind};
use coffer_store::{Books, Event, Order, Refused};

#[derive(Clone, Copy)]
struct Resume(TokenHash);

impl Order for Resume {
    const ACTION: Action = Action::ResumeCaller;
}

/// Who is behind a cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visitor {
    /// Setting up, joining, or coming back: not signed in yet.
    Arriving {
        /// The sign-in under way.
        session: Session,
        /// May do what the set-up link allows, in the installation's books.
        actor: Actor,
    },
    /// The password was right; the second step is missing.
    Half(Session),
    /// Signed in, and somebody in a business.
    Staff {
        /// The sign-in.
        session: Session,
        /// The person, in their role.
        actor: Actor,
    },
    /// Signed in, and nobody in that business any more.
    Homeless(Session),
}

/// Why a token makes nobody known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// There is no such sign-in, or it is over.
    Nobody,
    /// The store could not look.
    Store(Refused),
}

impl From<Refused> for Unknown {
    fn from(refused: Refused) -> Self {
        if refused == Refused::NotFound { Self::Nobody } else { Self::Store(refused) }
    }
}

struct SessionSeen(SessionId);

impl Event for SessionSeen {
    const NAME: &'static str = "session.seen";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// Whoever is behind a presented token. One statement; a session that is used is noted at most once a minute.
///
/// # Errors
/// [`Unknown::Nobody`] for whatever is not a sign-in in force, without saying why.
pub async fn resume(books: &Books, mint: &Mint, presented: &str, origin: Origin) -> Result<Visitor, Unknown> {
    let hash = TokenHash::of_presented_as(TokenKind::Session, presented).ok_or(Unknown::Nobody)?;
    let system = mint.actor(Who::System { job: JobName("identity.resume_session") }, BusinessId::INSTALLATION, origin);
    let found: Result<_, Refused> = books
        .read(&system, Resume(hash), |snapshot, _, query| {
            let now = snapshot.now();
            let found = sql::find(snapshot, &query.0)?.filter(|(session, _)| !session.is_over(now));
            // Refused, not answered with nothing: a cookie that is tried in vain leaves its trace in the log.
            found.map(|found| (found, now)).ok_or(Refused::NotFound)
        })
        .await;
    let ((session, role), now) = found?;
    if session.stage == Stage::Full && session.seen_at.checked_add(NOTED).is_ok_and(|until| until <= now) {
        note(books, &system, Resume(hash), session.id).await?;
    }
    Ok(match (session.stage, session.user, session.business, role) {
        (Stage::SetUp, ..) => {
            Visitor::Arriving { actor: mint.actor(Who::Setup, BusinessId::INSTALLATION, origin), session }
        }
        (Stage::Joining | Stage::Recovering, ..) => {
            Visitor::Arriving { actor: mint.actor(Who::Joining, BusinessId::INSTALLATION, origin), session }
        }
        (Stage::Full, Some(user), Some(business), Some(role)) => {
            let reauthenticated_at = session.reauthenticated_at;
            let who = Who::Staff { user, role, session: session.id, reauthenticated_at };
            Visitor::Staff { actor: mint.actor(who, business, origin), session }
        }
        (Stage::Half, ..) => Visitor::Half(session),
        (Stage::Full, ..) => Visitor::Homeless(session),
    })
}

async fn note(books: &Books, system: &Actor, order: Resume, session: SessionId) -> Result<(), Refused> {
    books
        .transact(system, order, move |tx, _, _| {
            let now = tx.now();
            sql::seen(tx, session, now)?;
            tx.record(SessionSeen(session), ())
        })
        .await
}
