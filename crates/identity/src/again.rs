//! Looking again at whoever asks for a change, within the transaction that makes it.
//!
//! Whoever comes is known by the headers of their request, and what they ask for may arrive much later. Who was shown out
//! meanwhile, or may do less now, changes nothing any more. What gives access is held to more: the rows of whoever gives it
//! stay locked, so that nobody is shown out before what they gave can end with them. For everything else one look in a batch
//! is enough: what is in one batch was asked for at one time.

use crate::sessions::Stage;
use crate::{api_keys, members, sessions};
use coffer_kernel::{BusinessId, Caller, Forbidden, Permit, Role, SessionId, UserId, policy};
use coffer_store::{Fault, Refused, Tx};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Who was found to stand in this batch.
type Standing = Mutex<BTreeSet<Caller>>;

/// Refuses whoever could not come in now as what they came in. For [`coffer_store::Opening`].
///
/// # Errors
/// [`Refused::Forbidden`], where they were shown out meanwhile.
pub fn look_again(tx: &mut Tx<'_>, permit: &Permit) -> Result<(), Refused> {
    let Some(caller) = permit.actor().who().caller() else { return Ok(()) };
    let locked = policy::gives_access(permit.action());
    let standing = tx.shared("again", |_| Ok(Standing::default()))?;
    let known = || standing.lock().unwrap_or_else(PoisonError::into_inner);
    if !locked && known().contains(&caller) {
        return Ok(());
    }
    let refused = |anonymous| Err(Forbidden { action: permit.action(), anonymous }.into());
    match caller {
        Caller::Person(session, user, came_as) => match works_as(tx, permit, (session, user), locked)? {
            None => return refused(true),
            Some(now) if !policy::within(came_as, now) => return refused(false),
            Some(_) => {}
        },
        Caller::Program(key, _) => {
            let ends_at = if locked { api_keys::lock(tx, key)? } else { api_keys::ends_at(tx, key)? };
            if ends_at.is_none_or(|ends_at| ends_at <= tx.now()) {
                return refused(true);
            }
        }
    }
    known().insert(caller);
    Ok(())
}

/// As what somebody works where they are signed in, if they still are.
fn works_as(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (session, user): (SessionId, UserId),
    locked: bool,
) -> Result<Option<Role>, Fault> {
    let here = permit.business();
    let found = if locked { sessions::sql::lock(tx, session)? } else { sessions::sql::by_id(tx, session)? };
    let Some(session) = found else { return Ok(None) };
    let Some(business) = session.business.filter(|_| session.stage == Stage::Full && session.user == Some(user)) else {
        return Ok(None);
    };
    // What concerns the whole house is done in the installation's books, by whoever owns a business in it.
    if business != here && here != BusinessId::INSTALLATION {
        return Ok(None);
    }
    if locked { members::sql::lock_role(tx, user, business) } else { members::sql::role_at(tx, user, business) }
}

#[cfg(test)]
mod tests;
