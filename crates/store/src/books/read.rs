//! The way through for everything that looks, and the records that looking makes.

use super::Books;
use crate::committer::job::Refusing;
use crate::log::refusals::{self, Refusal};
use crate::reading::FORGED;
use crate::refused::Refused;
use crate::snapshot::{Disclosure, Snapshot};
use crate::{Fault, Order};
use coffer_kernel::{Action, Actor, Permit, Reason, Refuse, Who, policy};
use std::sync::Arc;
use tokio::sync::oneshot;

impl Books {
    /// Runs a query's body on a snapshot. What it opened of sealed data is recorded, durably, before this answers; within
    /// [`Books::together`], before the answer does that all looks are for.
    ///
    /// # Errors
    /// What the body refuses, what the policy refuses, and what the store cannot do; refusals are recorded.
    pub async fn read<Q, T, E, B>(&self, actor: &Actor, query: Q, body: B) -> Result<T, E>
    where
        Q: Order,
        T: Send + 'static,
        E: Refuse + From<Refused>,
        B: FnOnce(&mut Snapshot<'_>, &Permit, &Q) -> Result<T, E> + Send + 'static,
    {
        let permit = self.permitted(actor, Q::ACTION).await?;
        let (result, (disclosure, forged)) = self.look(permit.clone(), query, body).await?;
        if forged {
            self.note_refusal(actor, Q::ACTION, FORGED).await?;
        }
        match &result {
            Err(refusal) if refusal.reason() == Reason::NotFound => {
                self.note_refusal(actor, Q::ACTION, refusal.code()).await?
            }
            Err(_) => {}
            Ok(_) if disclosure.is_empty() => {}
            Ok(_) if self.is_a_repetition(actor, Q::ACTION, &disclosure).await? => {}
            Ok(_) => self.note_or_put_by(permit, disclosure).await?,
        }
        result
    }

    async fn look<Q, T, E, B>(&self, permit: Permit, query: Q, body: B) -> Result<(Result<T, E>, (Disclosure, bool)), E>
    where
        Q: Order,
        T: Send + 'static,
        E: Refuse + From<Refused>,
        B: FnOnce(&mut Snapshot<'_>, &Permit, &Q) -> Result<T, E> + Send + 'static,
    {
        let (waiting, answer) = oneshot::channel();
        let keyring = Arc::clone(&self.inner().keyring);
        let at = self.inner().world.clock.now();
        self.inner().readers.push(Box::new(move |link| {
            let looked = link.map_err(Refused::from).and_then(|link| {
                let book = keyring.book(link, permit.business())?.ok_or(Refused::NotFound)?;
                book.catch_up(link)?;
                let mut snapshot = Snapshot::new(link, &book, &permit, at);
                let result = body(&mut snapshot, &permit, &query);
                Ok((result, snapshot.end()))
            });
            drop(waiting.send(looked));
        }))?;
        Ok(answer.await.unwrap_or(Err(Refused::Fault(Fault::Panicked)))?)
    }

    /// Whether the holder of a link or an invitation was shown the same in this minute already. It is counted durably all
    /// the same, so that the number stands in the log when the minute is over: a link can be asked without end, by people
    /// and by what reads their mail, and must not fill the log.
    async fn is_a_repetition(&self, actor: &Actor, action: Action, shown: &Disclosure) -> Result<bool, Refused> {
        let by = match actor.who() {
            Who::Link { link, .. } => link.to_string(),
            // Known by where they ask from, and by whose data it is.
            Who::Joining => format!("{:?} {:?}", actor.origin().address, shown.subjects),
            Who::Anonymous
            | Who::Setup
            | Who::Staff { .. }
            | Who::Key { .. }
            | Who::Operator { .. }
            | Who::System { .. } => return Ok(false),
        };
        let (actor, kinds) = (actor.clone(), shown.kinds());
        let count = self.chore(actor.business(), move |desk| {
            refusals::count_shown(desk.link, desk.book, desk.at, (&actor, &by), (action, &kinds))
        });
        Ok(count.await? > 1)
    }

    /// Refuses whoever may not do this at all, before anybody looks at what they ask for; that is recorded.
    ///
    /// # Errors
    /// What the policy refuses, and what the store cannot do.
    pub async fn admit(&self, actor: &Actor, action: Action) -> Result<(), Refused> {
        self.permitted(actor, action).await.map(drop)
    }

    /// The permit for this actor to do this; a refusal is recorded.
    pub(crate) async fn permitted(&self, actor: &Actor, action: Action) -> Result<Permit, Refused> {
        match policy::permit(actor, action) {
            Ok(permit) => Ok(permit),
            Err(forbidden) => {
                self.note_refusal(actor, action, forbidden.code()).await?;
                Err(forbidden.into())
            }
        }
    }

    /// Records a refusal that never reached a body.
    pub(crate) async fn note_refusal(&self, actor: &Actor, action: Action, code: &'static str) -> Result<(), Refused> {
        let (waiting, answer) = oneshot::channel();
        let refusal = Refusal { actor: actor.clone(), action, code };
        self.push(vec![Box::new(Refusing { refusal, failed: None, waiting })])?;
        answer.await.unwrap_or(Err(Refused::Fault(Fault::Closed)))
    }
}
