//! The inbox: what an outside system says happened is a row first, and takes effect exactly once.
//!
//! An outside system repeats itself until it is heard, and on two connections at once. [`Books::take_in`] keeps an event
//! under the keyed hash of what its source calls it and leaves a row of work beside it; a repetition finds it there and
//! changes nothing. A worker claims the work like any other ([`Books::claim`], by the source's name), and the command
//! that acts on it begins with [`Tx::take_effect`]: the effect, the mark that it was done and the end of the claim
//! commit together or not at all, and a worker that was away too long is stale. Rows stay, so that a repetition after
//! years is still one.
//!
//! Nothing of the product listens to an outside system yet; payment gateways and the answers of mail servers will.

use crate::books::{Books, Order};
use crate::column::Column;
use crate::committer::job::Ended;
use crate::reading::Reading;
use crate::recorded::Event;
use crate::refused::Refused;
use crate::tx::Tx;
use crate::values;
use crate::work::Claimed;
use coffer_kernel::{Actor, Permit, TypedId};

const PAYLOAD: Column = Column::other("inbox", "payload");

mod sql {
    pub(super) const TAKE_IN: &str = "INSERT INTO inbox (business, source, message, received_at, state, payload) \
         VALUES ($1, $2, $3, $4, 'received', $5) ON CONFLICT (business, source, message) DO NOTHING";
    pub(super) const MARK: &str = "UPDATE inbox SET state = 'done' \
         WHERE business = $1 AND source = $2 AND message = $3 AND state = 'received' RETURNING payload";
}

/// An event of an outside system, as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Which system says so; also the kind of the work it leaves.
    pub source: &'static str,
    /// What that system calls the event: the same name is the same event, whatever else it says.
    pub id: String,
    /// What it says. Sealed like any other text of the business.
    pub payload: String,
}

/// What became of an event that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrived {
    /// It is kept, and waits to take effect.
    New,
    /// It came before, and nothing was done.
    Before,
}

struct TakenIn([u8; 16]);

impl Event for TakenIn {
    const NAME: &'static str = "inbox.taken_in";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0)
    }
}

impl Books {
    /// Keeps an event of an outside system, once: the answer that it may stop repeating itself.
    ///
    /// # Errors
    /// As [`Books::transact`]; nothing is kept then, and it is to be sent again.
    pub async fn take_in<O: Order>(&self, actor: &Actor, order: O, arrival: Arrival) -> Result<Arrived, Refused> {
        let body = move |tx: &mut Tx<'_>, _: &Permit, _: &O| -> Result<Ended<Arrived>, Refused> {
            let (business, now, source) = (tx.business(), tx.now(), arrival.source);
            let message = tx.blind_index("inbox", "message", &format!("{source}\n{}", arrival.id));
            let payload = tx.seal(&PAYLOAD, &message, business.into(), &arrival.payload)?;
            // Whoever takes the same event in elsewhere at the same time waits here until this one is decided.
            if tx.execute(sql::TAKE_IN, &values![business.bytes(), source, message, now, payload])? == 0 {
                return Ok(Ended::Replayed(Arrived::Before));
            }
            tx.enqueue(source, Some(message), now)?;
            tx.record::<_, _, Refused>(TakenIn(message), Arrived::New).map(|done| Ended::Recorded(done.0))
        };
        self.submit(actor, order, false, body).await
    }
}

impl Tx<'_> {
    /// What a claimed event says. It counts as done and the claim as over, with whatever this body does besides, once it
    /// is committed.
    ///
    /// # Errors
    /// [`Refused::Stale`] where the claim has passed to somebody else or the event took effect before,
    /// [`Refused::NotFound`] where this is no work of the inbox.
    pub fn take_effect(&mut self, claimed: &Claimed) -> Result<String, Refused> {
        self.settle(claimed)?;
        let (business, message) = (self.business(), claimed.about.ok_or(Refused::NotFound)?);
        let marked = self.one(sql::MARK, &values![business.bytes(), claimed.kind.as_str(), message])?;
        let payload: Vec<u8> = marked.ok_or(Refused::Stale)?.get(0)?;
        Ok(self.open(&PAYLOAD, &message, business.into(), &payload)?)
    }
}
