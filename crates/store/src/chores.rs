//! The store's own bookkeeping, done by the committer between bodies: bringing the tree forward, claiming work,
//! closing a minute of refusals, forgetting old receipts. None of it is anybody's act, so none of it asks for a permit
//! or makes a record of its own.

use crate::books::Books;
use crate::committer::job::{Job, Verdict};
use crate::engine::Connection;
use crate::keyring::BookKeys;
use crate::log::append::Entry;
use crate::log::refusals::{self, Refusal};
use crate::log::tree::{self, Grown, Unmarked};
use crate::refused::Refused;
use crate::tx::Tx;
use crate::work::{self, Claimed};
use crate::world::World;
use crate::{Fault, receipts, values};
use coffer_kernel::{BusinessId, Permit, Timestamp, TypedId};
use std::time::Duration;
use tokio::sync::oneshot;

/// How long receipts are kept, and work that is done.
const RECEIPT_DAYS: u64 = 30;

/// What a chore is done with.
pub(crate) struct Desk<'a> {
    pub(crate) link: &'a mut dyn Connection,
    pub(crate) book: &'a BookKeys,
    pub(crate) world: &'a World,
    pub(crate) at: Timestamp,
    /// Records it leaves, if any.
    pub(crate) entries: &'a mut Vec<Entry>,
    /// The minutes whose counts are among them: those before this.
    pub(crate) over: &'a mut Option<i64>,
}

impl Desk<'_> {
    /// Leaves the records of what was repeated in minutes that began before this.
    fn tell_counts(&mut self, before: i64) {
        self.entries.extend(self.book.counts.over(self.book, self.world.entropy.as_ref(), before));
        *self.over = Some(before);
    }
}

struct Chore<T, F> {
    business: BusinessId,
    act: F,
    result: Option<Result<T, Refused>>,
    waiting: oneshot::Sender<Result<T, Refused>>,
}

impl<T: Send, F: FnMut(&mut Desk<'_>) -> Result<T, Fault> + Send> Job for Chore<T, F> {
    fn permit(&self) -> Option<&Permit> {
        None
    }
    fn business(&self) -> BusinessId {
        self.business
    }
    fn refusal(&self) -> Option<Refusal> {
        None
    }
    fn chore(&mut self, desk: &mut Desk<'_>) -> Result<(), Fault> {
        let outcome = (self.act)(desk)?;
        self.result = Some(Ok(outcome));
        Ok(())
    }
    fn run(&mut self, _: &mut Tx<'_>) -> Verdict {
        Verdict::Replayed
    }
    fn undone(&mut self, why: Refused) {
        self.result = Some(Err(why));
    }
    fn answer(self: Box<Self>) {
        if let Some(result) = self.result {
            drop(self.waiting.send(result));
        }
    }
}

impl Books {
    /// Brings a log's tree forward to its end, signs the head, and keeps it where heads are kept. Returns how many leaves it
    /// covers.
    ///
    /// # Errors
    /// Where the engine refuses, or what is stored of the tree, or of the records where nothing was kept of them yet, does not fit
    /// its last signed head;
    /// [`Fault::LogCut`] where the log does not continue the head that was kept: then nothing is signed.
    pub async fn sign_log(&self, business: BusinessId) -> Result<i64, Refused> {
        loop {
            let heads = &self.inner().heads;
            let kept = heads.of(business)?;
            let held = self.held_against(business, &kept).await?;
            let advance =
                move |desk: &mut Desk<'_>| tree::advance(desk.link, desk.book, desk.at, Unmarked::Refused, &held);
            let Grown { reached, size, head } = self.chore(business, advance).await?;
            if let Some(head) = head {
                heads.begun.signed(business, &head);
                heads.keep(business, &kept, head).await?;
            }
            if reached >= size {
                return Ok(reached);
            }
        }
    }

    /// Claims up to `most` rows of due work of this kind for as long as `lease`, at least a minute.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub async fn claim(
        &self,
        business: BusinessId,
        kind: &'static str,
        lease: Duration,
        most: u32,
    ) -> Result<Vec<Claimed>, Refused> {
        self.chore(business, move |desk| {
            let until = desk.at.checked_add(lease).map_err(|_| Fault::Misuse("a lease ends before time does"))?;
            work::claim(desk.link, desk.book, kind, (desk.at, until), most.into())
        })
        .await
    }

    /// Makes all claimed work due again. Only for whoever knows that no other process has these books open: then every
    /// claim is a dead one's.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub async fn take_over(&self, business: BusinessId) -> Result<(), Refused> {
        self.chore(business, move |desk| desk.link.execute(work::sql::TAKE_OVER, &values![business.bytes()]).map(drop))
            .await
    }

    /// Puts a claimed row back, to be tried again at `due`, or gives it up. The problem is a code, never personal data.
    ///
    /// # Errors
    /// Where the engine refuses. A stale claim changes nothing.
    pub async fn put_off(
        &self,
        business: BusinessId,
        claimed: Claimed,
        due: Option<Timestamp>,
        problem: &'static str,
    ) -> Result<(), Refused> {
        self.chore(business, move |desk| {
            let (state, due) = due.map_or(("failed", desk.at), |due| ("waiting", due));
            let row = values![business.bytes(), claimed.id.bytes(), claimed.fence, state, due, problem];
            desk.link.execute(work::sql::PUT_OFF, &row).map(drop)
        })
        .await
    }

    /// Records how often refusals of past minutes were repeated, and forgets receipts and done work that are too old.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub async fn keep_house(&self, business: BusinessId) -> Result<(), Refused> {
        self.chore(business, move |desk| {
            desk.tell_counts(refusals::over_before(desk.at));
            let days = Duration::from_secs(RECEIPT_DAYS * 24 * 60 * 60);
            let before = desk.at.checked_sub(days).map_err(|_| Fault::Misuse("time began long ago"))?;
            desk.link.execute(work::sql::FORGET, &values![business.bytes(), before])?;
            desk.link.execute(receipts::sql::FORGET, &values![business.bytes(), before]).map(drop)
        })
        .await
    }

    /// Records what was repeated until now, for whoever closes the books: counts are not kept anywhere else.
    ///
    /// # Errors
    /// Where the engine refuses.
    pub async fn tell_counts(&self, business: BusinessId) -> Result<(), Refused> {
        self.chore(business, |desk| {
            desk.tell_counts(i64::MAX);
            Ok(())
        })
        .await
    }

    pub(crate) async fn chore<T, F>(&self, business: BusinessId, act: F) -> Result<T, Refused>
    where
        T: Send + 'static,
        F: FnMut(&mut Desk<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let (waiting, answer) = oneshot::channel();
        self.push(vec![Box::new(Chore { business, act, result: None, waiting })])?;
        answer.await.unwrap_or(Err(Refused::Fault(Fault::Closed)))
    }
}
