//! Looking again at whoever asks for what gives access, within the transaction that gives it.
//!
//! Whoever comes is known by the headers of their request, and what they ask for may arrive much later. Who was shown out
//! meanwhile, or may do less now, leaves nothing behind: what they made so far ended with them, and this would not have.

use crate::sessions::Stage;
use crate::{api_keys, members, sessions};
use coffer_kernel::{BusinessId, Forbidden, Permit, Role, SessionId, UserId, Who, policy};
use coffer_store::{Fault, Refused, Tx};

/// Refuses whoever could not come in now as what they came in. Their rows stay locked, so that nobody shows them out
/// before this transaction is over.
pub(crate) fn look(tx: &mut Tx<'_>, permit: &Permit) -> Result<(), Refused> {
    let refused = |anonymous| Err(Forbidden { action: permit.action(), anonymous }.into());
    match permit.actor().who() {
        Who::Staff { user, role, session, .. } => match works_as(tx, permit, *session, *user)? {
            None => refused(true),
            Some(now) if !policy::within(*role, now) => refused(false),
            Some(_) => Ok(()),
        },
        Who::Key { key, .. } => api_keys::lock(tx, *key)?.map_or_else(|| refused(true), |_| Ok(())),
        // Nobody shows these out while they ask.
        Who::Anonymous | Who::Setup | Who::Joining | Who::Link { .. } | Who::Operator { .. } | Who::System { .. } => {
            Ok(())
        }
    }
}

/// As what somebody works where they are signed in, if they still are.
fn works_as(tx: &mut Tx<'_>, permit: &Permit, session: SessionId, user: UserId) -> Result<Option<Role>, Fault> {
    let here = permit.business();
    let Some(session) = sessions::sql::lock(tx, session)? else { return Ok(None) };
    let Some(business) = session.business.filter(|_| session.stage == Stage::Full && session.user == Some(user)) else {
        return Ok(None);
    };
    match business {
        business if business == here => members::sql::lock_role(tx, user),
        // What concerns the whole house is done in the installation's books, by whoever owns a business in it.
        business if here == BusinessId::INSTALLATION => members::sql::role_at(tx, user, business),
        _ => Ok(None),
    }
}
