//! Ending a letter that cannot leave because something it is made of was altered: asking again changes nothing, and whatever
//! else waits is not to wait for it.

use super::leave::LetterLeaving;
use super::{Letter, State};
use coffer_kernel::{Action, Actor, DeliveryId, TypedId};
use coffer_store::{Books, Claimed, Fault, Order, Refused};

/// What is recorded as the problem of such a letter.
pub const ALTERED: &str = "row.altered";

/// A claimed letter that came upon what was altered.
#[derive(Debug, Clone)]
struct EndAltered(Claimed);

impl Order for EndAltered {
    const ACTION: Action = Action::RecordDelivery;
}

/// Ends it for good and says why. Nothing is written on a letter that was altered itself, or is gone: then its work alone is
/// given up, and there is no state of it that anybody should believe.
///
/// # Errors
/// [`Refused::Stale`] where the claim has passed to somebody else.
pub async fn end_altered(books: &Books, system: &Actor, claimed: Claimed) -> Result<Option<State>, Refused> {
    let ended = books.transact(system, EndAltered(claimed.clone()), |tx, permit, EndAltered(claimed)| {
        tx.hold(claimed)?;
        let id = DeliveryId::from_bytes(claimed.about.ok_or(Refused::NotFound)?);
        let letter = tx.lock::<Letter>(permit, id)?;
        let now = Some(tx.now());
        let ended = match letter.state {
            State::Waiting => {
                Letter { problem: Some(ALTERED.to_owned()), ended_at: now, ..letter.next(State::Stopped) }
            }
            // It may have left: whoever let it leave did not live to say, or could not.
            State::Leaving => {
                Letter { problem: Some(ALTERED.to_owned()), ended_at: now, ..letter.next(State::PerhapsSent) }
            }
            State::HandedOver | State::PerhapsSent | State::Refused | State::GivenUp | State::Stopped => {
                tx.settle(claimed)?;
                return tx.record(LetterLeaving::of(&letter), Some(letter.state));
            }
        };
        tx.replace(&letter, &ended)?;
        tx.settle(claimed)?;
        tx.record(LetterLeaving::of(&ended), Some(ended.state))
    });
    match ended.await {
        Err(Refused::NotFound | Refused::Fault(Fault::Altered { .. })) => {
            books.put_off(system.business(), claimed, None, ALTERED).await?;
            Ok(None)
        }
        ended => ended,
    }
}
