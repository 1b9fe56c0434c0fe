//! Which business a set-up founds: one, however often its button is pressed.

use super::{Stage, sql};
use coffer_kernel::{Action, Actor, BusinessId, SessionId, TypedId};
use coffer_store::{Books, Event, Order, Refused};

#[derive(Clone, Copy)]
struct FoundWhat(SessionId);

impl Order for FoundWhat {
    const ACTION: Action = Action::SetUpOwner;
}

struct SetUpBound(BusinessId);

impl Event for SetUpBound {
    const NAME: &'static str = "set_up.bound";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// The id of the business that this set-up founds: the same each time it is asked, so that a second press, or a press
/// after a crash, goes on with what the first one began.
///
/// # Errors
/// [`Refused::NotFound`] where there is no such set-up.
pub async fn found_what(books: &Books, arriving: &Actor, session: SessionId) -> Result<BusinessId, Refused> {
    books
        .transact(arriving, FoundWhat(session), |tx, _, order| {
            let now = tx.now();
            let session = sql::by_id(tx, order.0)?.filter(|session| session.stage == Stage::SetUp);
            let session = session.filter(|session| !session.is_over(now)).ok_or(Refused::NotFound)?;
            let business = match session.business {
                Some(business) => business,
                None => BusinessId::new(now, tx.entropy()),
            };
            sql::give_business(tx, session.id, business)?;
            tx.record(SetUpBound(business), business)
        })
        .await
}
