//! The way through for everything that changes.

use super::Books;
use crate::Fault;
use crate::committer::job::{Command, Ended, Job};
use crate::committer::lanes::Turned;
use crate::receipts::{self, Claim};
use crate::recorded::Recorded;
use crate::refused::Refused;
use crate::tx::Tx;
use coffer_kernel::{Action, Actor, Permit, Refuse, policy};
use std::sync::Arc;
use tokio::sync::oneshot;

/// Whether whoever asked may still do so: what was decided at the door, decided again within the transaction.
///
/// # Errors
/// [`Refused::Forbidden`], where they were shown out meanwhile.
pub type LookAgain = fn(&mut Tx<'_>, &Permit) -> Result<(), Refused>;

/// What a command is asked to do.
pub trait Order: Send + Sync + 'static {
    /// The action it needs a permit for.
    const ACTION: Action;
}

/// An idempotency key with the bytes of the request it came with: the same key with the same bytes is done once.
#[derive(Debug, Clone)]
pub struct Once {
    /// The caller's key.
    pub key: String,
    /// The request in a form that is equal for equal requests.
    pub request: Vec<u8>,
}

/// A result that can be looked up again, under the permit of whoever asks again.
pub trait Recall: Sized {
    /// What looking it up needs: a repetition shows no more than reading would.
    const READING: Action;
    /// The id under which it is kept in the receipt.
    fn reference(&self) -> [u8; 16];
    /// Looks it up; [`None`] where it is out of the permit's reach by now.
    ///
    /// # Errors
    /// Where the engine refuses.
    fn recall(tx: &mut Tx<'_>, permit: &Permit, reference: [u8; 16]) -> Result<Option<Self>, Fault>;
}

impl Books {
    /// Runs a command's body in a transaction of its own and answers when it is durable.
    ///
    /// The body may run twice and must have no effect outside `tx`.
    ///
    /// # Errors
    /// What the body refuses, what the policy refuses, and what the store cannot do; each is recorded.
    pub async fn transact<O, T, E, B>(&self, actor: &Actor, order: O, body: B) -> Result<T, E>
    where
        O: Order,
        T: Send + 'static,
        E: Refuse + From<Refused>,
        B: Fn(&mut Tx<'_>, &Permit, &O) -> Result<Recorded<T>, E> + Send + 'static,
    {
        let body = move |tx: &mut Tx<'_>, permit: &Permit, order: &O| {
            body(tx, permit, order).map(|done| Ended::Recorded(done.0))
        };
        self.submit(actor, order, false, body).await
    }

    /// Like [`Books::transact`], for the one command that founds the actor's business: its keys and log are made first.
    ///
    /// # Errors
    /// As [`Books::transact`].
    pub async fn found<O, T, E, B>(&self, actor: &Actor, order: O, body: B) -> Result<T, E>
    where
        O: Order,
        T: Send + 'static,
        E: Refuse + From<Refused>,
        B: Fn(&mut Tx<'_>, &Permit, &O) -> Result<Recorded<T>, E> + Send + 'static,
    {
        let body = move |tx: &mut Tx<'_>, permit: &Permit, order: &O| {
            body(tx, permit, order).map(|done| Ended::Recorded(done.0))
        };
        self.submit(actor, order, true, body).await
    }

    /// Like [`Books::transact`], at most once for an idempotency key. A repetition finds the receipt, changes nothing
    /// and gets what was made the first time, as it stands now, if the actor may read it; that is recorded as shown.
    ///
    /// # Errors
    /// As [`Books::transact`]; [`Refused::KeyReused`] where the key came with another request before,
    /// [`Refused::DoneBefore`] where it was done and the actor may not read what came of it.
    pub async fn transact_once<O, T, E, B>(&self, actor: &Actor, once: Option<Once>, order: O, body: B) -> Result<T, E>
    where
        O: Order,
        T: Recall + Send + 'static,
        E: Refuse + From<Refused>,
        B: Fn(&mut Tx<'_>, &Permit, &O) -> Result<Recorded<T>, E> + Send + 'static,
    {
        let Some(once) = once else { return self.transact(actor, order, body).await };
        let body = move |tx: &mut Tx<'_>, permit: &Permit, order: &O| {
            let receipt = match receipts::claim(tx, permit, &once)? {
                Claim::Ours(receipt) => receipt,
                Claim::Before(earlier) => return repeated(tx, permit, earlier).map_err(E::from),
            };
            let done = body(tx, permit, order)?;
            receipts::keep(tx, &receipt, done.0.reference()).map_err(Refused::from)?;
            Ok(Ended::Recorded(done.0))
        };
        self.submit(actor, order, false, body).await
    }

    pub(crate) async fn submit<O, T, E, B>(&self, actor: &Actor, order: O, founds: bool, body: B) -> Result<T, E>
    where
        O: Order,
        T: Send + 'static,
        E: Refuse + From<Refused>,
        B: Fn(&mut Tx<'_>, &Permit, &O) -> Result<Ended<T>, E> + Send + 'static,
    {
        let permit = self.permitted_now(actor, O::ACTION).await?;
        let look_again = self.inner().look_again;
        let body = move |tx: &mut Tx<'_>, permit: &Permit, order: &O| {
            look_again(tx, permit)?;
            body(tx, permit, order)
        };
        let (waiting, answer) = oneshot::channel();
        let job = Command { permit, order: Arc::new(order), body, founds, result: None, waiting };
        self.push(vec![Box::new(job)])?;
        answer.await.unwrap_or_else(|_| Err(Refused::Fault(Fault::Closed).into()))
    }

    pub(crate) fn push(&self, jobs: Vec<Box<dyn Job>>) -> Result<(), Refused> {
        self.inner().lanes.push(jobs).map_err(|turned| match turned {
            Turned::Full => Refused::Busy,
            Turned::Closed => Refused::Fault(Fault::Closed),
        })
    }
}

/// What an order led to when it was first done, shown as reading would show it.
fn repeated<T: Recall>(tx: &mut Tx<'_>, permit: &Permit, earlier: [u8; 16]) -> Result<Ended<T>, Refused> {
    let reading = policy::permit(permit.actor(), T::READING).map_err(|_| Refused::DoneBefore)?;
    let value = T::recall(tx, &reading, earlier)?.ok_or(Refused::NotFound)?;
    Ok(if tx.record_what_was_opened()? { Ended::Recorded(value) } else { Ended::Replayed(value) })
}
