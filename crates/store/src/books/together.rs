//! Several looks for one answer: what they opened is recorded with one commit, before the answer is given.

use super::Books;
use crate::Fault;
use crate::committer::job::{Command, Ended, Job};
use crate::keyring::held;
use crate::refused::Refused;
use crate::snapshot::Disclosure;
use crate::tx::Tx;
use coffer_kernel::{Actor, Permit, Who};
use std::sync::{Arc, Mutex};
use tokio::sync::oneshot;

/// What a look opened.
struct Shown {
    permit: Permit,
    disclosure: Disclosure,
    /// By what name it is counted, where it may be asked for without end.
    counted: Option<String>,
}

/// What was opened for an answer that is not given yet; [`None`] once it is.
pub(crate) struct Pile(Mutex<Option<Vec<Shown>>>);

impl Books {
    /// Looks at several things for one answer. What was opened is recorded in one go, durably, before this gives the answer;
    /// each look is a record of its own all the same.
    ///
    /// # Errors
    /// Where what was shown cannot be recorded: there is no answer then.
    pub async fn together<T, F>(&self, looks: impl FnOnce(Self) -> F) -> Result<T, Refused>
    where
        F: Future<Output = T>,
    {
        let pile = Arc::new(Pile(Mutex::new(Some(Vec::new()))));
        let answer = looks(Self { inner: Arc::clone(&self.inner), pile: Some(Arc::clone(&pile)) }).await;
        let shown = held(&pile.0).take().unwrap_or_default();
        self.note_shown(shown).await?;
        Ok(answer)
    }

    /// Records that sealed data was shown, or puts that by until the answer it is for is given.
    pub(super) async fn note_or_put_by(&self, permit: Permit, disclosure: Disclosure) -> Result<(), Refused> {
        let shown = Shown { counted: counted_by(permit.actor(), &disclosure), permit, disclosure };
        if let Some(pile) = &self.pile
            && let Some(waiting) = held(&pile.0).as_mut()
        {
            waiting.push(shown);
            return Ok(());
        }
        self.note_shown(vec![shown]).await
    }

    async fn note_shown(&self, shown: Vec<Shown>) -> Result<(), Refused> {
        let (mut jobs, mut answers) = (Vec::new(), Vec::new());
        for Shown { permit, disclosure, counted } in shown {
            let body = move |tx: &mut Tx<'_>, _: &Permit, disclosure: &Disclosure| -> Result<Ended<()>, Refused> {
                // The first of its kind in a minute is recorded with its count, or neither is.
                if let Some(by) = &counted
                    && tx.count_shown(by, disclosure)
                {
                    return Ok(Ended::Replayed(()));
                }
                tx.record_disclosure(disclosure)?;
                Ok(Ended::Recorded(()))
            };
            let (waiting, answer) = oneshot::channel::<Result<(), Refused>>();
            let order = Arc::new(disclosure);
            let job: Box<dyn Job> = Box::new(Command { permit, order, body, founds: false, result: None, waiting });
            jobs.push(job);
            answers.push(answer);
        }
        self.push(jobs)?;
        for answer in answers {
            answer.await.unwrap_or(Err(Refused::Fault(Fault::Closed)))?;
        }
        Ok(())
    }
}

/// By what name it is counted that whoever holds a link or an invitation was shown something: a link can be asked without end,
/// by people and by what reads their mail, and must not fill the log. The number stands in the log when the minute is over.
fn counted_by(actor: &Actor, shown: &Disclosure) -> Option<String> {
    if let Who::Link { link, .. } = actor.who() {
        return Some(link.to_string());
    }
    // Known by where they ask from, and by whose data it is.
    (*actor.who() == Who::Joining).then(|| format!("{:?} {:?}", actor.origin().address, shown.subjects))
}
