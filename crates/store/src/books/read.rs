//! The way through for everything that looks, and the records that looking makes.

use super::Books;
use crate::reading::FORGED;
use crate::refused::Refused;
use crate::snapshot::{Disclosure, Snapshot};
use crate::{Fault, Order};
use coffer_kernel::{Actor, Permit, Reason, Refuse};
use std::sync::Arc;
use tokio::sync::oneshot;

/// What was opened, whether a row was found that nobody vouched for, and the row that was found altered.
type Looked = (Disclosure, bool, Option<Fault>);

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
        let (result, (disclosure, forged, altered)) = self.look(permit.clone(), query, body).await?;
        if forged {
            self.note_refusal(actor, Q::ACTION, FORGED).await?;
        }
        if let Some(altered) = altered {
            let about = (Q::ACTION, altered.about());
            self.note_refusal_of(actor, about, Refused::Fault(altered).code()).await?;
        }
        match &result {
            Err(refusal) if refusal.reason() == Reason::NotFound => {
                self.note_refusal(actor, Q::ACTION, refusal.code()).await?
            }
            Err(_) => {}
            Ok(_) if disclosure.is_empty() => {}
            Ok(_) => self.note_or_put_by(permit, disclosure).await?,
        }
        result
    }

    async fn look<Q, T, E, B>(&self, permit: Permit, query: Q, body: B) -> Result<(Result<T, E>, Looked), E>
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
}
