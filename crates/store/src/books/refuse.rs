//! Refusing before anything else: whoever may not do something at all, and what leaves its record all the same.

use super::Books;
use crate::Fault;
use crate::committer::job::Refusing;
use crate::log::refusals::Refusal;
use crate::refused::Refused;
use coffer_kernel::{Action, Actor, Permit, Refuse, policy};
use tokio::sync::oneshot;

impl Books {
    /// Refuses whoever may not do this at all, before anybody looks at what they ask for; that is recorded.
    ///
    /// # Errors
    /// What the policy refuses, and what the store cannot do.
    pub async fn admit(&self, actor: &Actor, action: Action) -> Result<(), Refused> {
        self.permitted(actor, action).await.map(drop)
    }

    /// Refuses whoever may not do this, or not before they proved anew who they are, before anything is set in motion for
    /// it; that is recorded.
    ///
    /// # Errors
    /// What the policy refuses, and what the store cannot do.
    pub async fn ready(&self, actor: &Actor, action: Action) -> Result<(), Refused> {
        self.permitted_now(actor, action).await.map(drop)
    }

    /// The permit for this actor to do this at this moment; a refusal is recorded.
    pub(crate) async fn permitted_now(&self, actor: &Actor, action: Action) -> Result<Permit, Refused> {
        let permit = self.permitted(actor, action).await?;
        if policy::asks_for_proof(actor, action, self.inner().world.clock.now()) {
            self.note_refusal(actor, action, Refused::NotFresh.code()).await?;
            return Err(Refused::NotFresh);
        }
        Ok(permit)
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
        self.note_refusal_of(actor, (action, None), code).await
    }

    /// Records that something was refused before it was even asked for, such as for want of a proof; and about what it was.
    ///
    /// # Errors
    /// As the store's.
    pub async fn note_refusal_of(
        &self,
        actor: &Actor,
        (action, about): (Action, Option<[u8; 16]>),
        code: &'static str,
    ) -> Result<(), Refused> {
        let (waiting, answer) = oneshot::channel();
        let refusal = Refusal { actor: actor.clone(), action, code, about };
        self.push(vec![Box::new(Refusing { refusal, failed: None, waiting })])?;
        answer.await.unwrap_or(Err(Refused::Fault(Fault::Closed)))
    }
}
