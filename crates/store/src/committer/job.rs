//! What waits in line: an order with its body, its answer's way back, and what the committer needs to know of it.

use crate::Fault;
use crate::chores::Desk;
use crate::log::refusals::Refusal;
use crate::refused::Refused;
use crate::tx::Tx;
use coffer_kernel::{BusinessId, Permit, Refuse};
use std::sync::Arc;
use tokio::sync::oneshot;

/// How a body ended.
pub(crate) enum Verdict {
    /// It recorded what it did.
    Recorded,
    /// It found that the same order was done before; nothing is written.
    Replayed,
    /// It refused, and that is recorded.
    Refused,
}

/// An order waiting for its turn.
pub(crate) trait Job: Send {
    /// The permit it runs under; [`None`] for the bare record of a refusal.
    fn permit(&self) -> Option<&Permit>;
    /// Whether it founds the business whose books it is in.
    fn founds(&self) -> bool {
        false
    }
    /// Runs the body and keeps its result. May be called again after a rollback.
    fn run(&mut self, tx: &mut Tx<'_>) -> Verdict;
    /// Replaces the result: what the body did was undone.
    fn undone(&mut self, why: Refused);
    /// Sends the result to whoever waits.
    fn answer(self: Box<Self>);
    /// The business whose lane it waits in.
    fn business(&self) -> BusinessId;
    /// What its refusal is recorded as, where it is refused; [`None`] for a chore, which is nobody's act.
    fn refusal(&self) -> Option<Refusal>;
    /// What is done instead of a body, where there is no permit.
    fn chore(&mut self, _: &mut Desk<'_>) -> Result<(), Fault> {
        Ok(())
    }
}

/// A command: an order, a body, and who waits for the result.
pub(crate) struct Command<O, T, E, B> {
    pub(crate) permit: Permit,
    pub(crate) order: Arc<O>,
    pub(crate) body: B,
    pub(crate) founds: bool,
    pub(crate) result: Option<Result<T, E>>,
    pub(crate) waiting: oneshot::Sender<Result<T, E>>,
}

/// What a body returns to the committer.
pub(crate) enum Ended<T> {
    /// Recorded, with its value.
    Recorded(T),
    /// Done before, with what is told instead.
    Replayed(T),
}

impl<O, T, E, B> Job for Command<O, T, E, B>
where
    O: Send + Sync + 'static,
    T: Send + 'static,
    E: Refuse + From<Refused>,
    B: Fn(&mut Tx<'_>, &Permit, &O) -> Result<Ended<T>, E> + Send + 'static,
{
    fn permit(&self) -> Option<&Permit> {
        Some(&self.permit)
    }
    fn business(&self) -> BusinessId {
        self.permit.business()
    }
    fn refusal(&self) -> Option<Refusal> {
        let code = self.result.as_ref().and_then(|result| result.as_ref().err()).map_or("broken", Refuse::code);
        Some(Refusal { actor: self.permit.actor().clone(), action: self.permit.action(), code, about: None })
    }
    fn founds(&self) -> bool {
        self.founds
    }
    fn run(&mut self, tx: &mut Tx<'_>) -> Verdict {
        let (result, verdict) = match (self.body)(tx, &self.permit, &self.order) {
            Ok(Ended::Recorded(value)) => (Ok(value), Verdict::Recorded),
            Ok(Ended::Replayed(value)) => (Ok(value), Verdict::Replayed),
            Err(refusal) => (Err(refusal), Verdict::Refused),
        };
        self.result = Some(result);
        verdict
    }
    fn undone(&mut self, why: Refused) {
        self.result = Some(Err(E::from(why)));
    }
    fn answer(self: Box<Self>) {
        if let Some(result) = self.result {
            // Whoever asked may have gone; what was done stands all the same.
            drop(self.waiting.send(result));
        }
    }
}

/// A refusal that never reached a body: the policy's, or a query's.
pub(crate) struct Refusing {
    pub(crate) refusal: Refusal,
    pub(crate) failed: Option<Refused>,
    pub(crate) waiting: oneshot::Sender<Result<(), Refused>>,
}

impl Job for Refusing {
    fn permit(&self) -> Option<&Permit> {
        None
    }
    fn business(&self) -> BusinessId {
        self.refusal.actor.business()
    }
    fn refusal(&self) -> Option<Refusal> {
        Some(self.refusal.clone())
    }
    fn run(&mut self, _: &mut Tx<'_>) -> Verdict {
        Verdict::Refused
    }
    fn undone(&mut self, why: Refused) {
        self.failed = Some(why);
    }
    fn answer(self: Box<Self>) {
        drop(self.waiting.send(self.failed.map_or(Ok(()), Err)));
    }
}
