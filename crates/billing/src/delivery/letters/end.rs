//! Ending a letter that cannot leave because something it is made of was altered: asking again changes nothing, and whatever
//! else waits is not to wait for it.
//!
//! Where the letter itself was altered, its work alone is given up. Once its row has been put right nobody would hand it over, and
//! nobody could send another: so such a letter ends too, and is sent anew by whoever wants it sent.

use super::leave::LetterLeaving;
use super::{Letter, State, sql};
use coffer_kernel::{Action, Actor, DeliveryId, Permit, TypedId};
use coffer_store::{Books, Claimed, Fault, Order, Refused, Tx};

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
        let Some(ended) = letter.abandoned(ALTERED, tx.now()) else {
            tx.settle(claimed)?;
            return tx.record(LetterLeaving::of(&letter), Some(letter.state));
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

struct FindGivenUp;

impl Order for FindGivenUp {
    const ACTION: Action = Action::RecordDelivery;
}

/// A letter whose work was given up while it was altered.
#[derive(Debug, Clone, Copy)]
struct EndGivenUp(DeliveryId);

impl Order for EndGivenUp {
    const ACTION: Action = Action::RecordDelivery;
}

/// Ends every letter that is underway by its row, and whose work was given up. Those that are still altered stay. Returns how
/// many ended.
///
/// # Errors
/// As the store's.
pub async fn end_given_up(books: &Books, system: &Actor) -> Result<usize, Refused> {
    let found = books.read(system, FindGivenUp, |snapshot, _, _| Ok::<_, Refused>(sql::given_up(snapshot, None)?));
    let mut count = 0;
    for letter in found.await? {
        let ended = books.transact(system, EndGivenUp(letter), |tx, permit, EndGivenUp(letter)| {
            let ended = given_up(tx, permit, *letter)?.ok_or(Refused::Stale)?;
            tx.record(LetterLeaving::of(&ended), ())
        });
        match ended.await {
            Ok(()) => count += 1,
            Err(Refused::Stale | Refused::NotFound | Refused::Fault(Fault::Altered { .. })) => {}
            Err(refused) => return Err(refused),
        }
    }
    Ok(count)
}

/// Ends a letter whose work was given up; [`None`] where it was not, or the letter ended already.
pub(super) fn given_up(tx: &mut Tx<'_>, permit: &Permit, letter: DeliveryId) -> Result<Option<Letter>, Refused> {
    if sql::given_up(tx, Some(letter))?.is_empty() {
        return Ok(None);
    }
    let letter = tx.lock::<Letter>(permit, letter)?;
    let Some(ended) = letter.abandoned(ALTERED, tx.now()) else { return Ok(None) };
    tx.replace(&letter, &ended)?;
    Ok(Some(ended))
}
