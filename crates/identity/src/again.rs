//! Looking again at whoever asks for a change, within the transaction that makes it.
//!
//! Whoever comes is known by the headers of their request, and what they ask for may arrive much later. Who was shown out
//! meanwhile, or may do less now, changes nothing any more. What gives access is held to more: the rows of whoever gives it
//! stay locked, so that nobody is shown out before what they gave can end with them. For everything else one look in a batch
//! is enough: what is in one batch was asked for at one time.

use crate::sessions::Stage;
use crate::{api_keys, members, sessions};
use coffer_kernel::{BusinessId, Forbidden, Permit, Role, SessionId, TypedId, UserId, Who, policy};
use coffer_store::{Fault, Refused, Tx};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Who was found to stand in this batch: their session or key, and as what they came.
type Standing = Mutex<BTreeSet<([u8; 16], Option<Role>)>>;

/// Refuses whoever could not come in now as what they came in.
pub(crate) fn look(tx: &mut Tx<'_>, permit: &Permit) -> Result<(), Refused> {
    let (who, locked) = (permit.actor().who(), policy::GIVES_ACCESS.contains(&permit.action()));
    let came = match who {
        Who::Staff { role, session, .. } => (session.bytes(), Some(*role)),
        Who::Key { key, .. } => (key.bytes(), None),
        // Nobody shows these out while they ask.
        Who::Anonymous | Who::Setup | Who::Joining | Who::Link { .. } | Who::Operator { .. } | Who::System { .. } => {
            return Ok(());
        }
    };
    let standing = tx.shared("again", |_| Ok(Standing::default()))?;
    let known = || standing.lock().unwrap_or_else(PoisonError::into_inner);
    if !locked && known().contains(&came) {
        return Ok(());
    }
    let refused = |anonymous| Err(Forbidden { action: permit.action(), anonymous }.into());
    match who {
        Who::Staff { user, role, session, .. } => match works_as(tx, permit, (*session, *user), locked)? {
            None => return refused(true),
            Some(now) if !policy::within(*role, now) => return refused(false),
            Some(_) => {}
        },
        Who::Key { key, .. } => {
            let ends_at = if locked { api_keys::lock(tx, *key)? } else { api_keys::ends_at(tx, *key)? };
            if ends_at.is_none_or(|ends_at| ends_at <= tx.now()) {
                return refused(true);
            }
        }
        Who::Anonymous | Who::Setup | Who::Joining | Who::Link { .. } | Who::Operator { .. } | Who::System { .. } => {}
    }
    known().insert(came);
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
    match business {
        business if business == here && locked => members::sql::lock_role(tx, user),
        business if business == here => members::sql::role_at(tx, user, here),
        // What concerns the whole house is done in the installation's books, by whoever owns a business in it.
        business if here == BusinessId::INSTALLATION => members::sql::role_at(tx, user, business),
        _ => Ok(None),
    }
}
