//! What is done again and again while the books are open: signing the heads of the logs, closing minutes of refusals,
//! forgetting old receipts.

use crate::home::Home;
use crate::sheet::keep_copy;
use coffer_kernel::{BusinessId, Refuse};
use coffer_store::{Books, Fault, Refused};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

/// How often heads are signed: what was committed since is in the log, but nobody has signed it yet.
const EVERY: Duration = Duration::from_secs(5);
/// After how many of those the house is kept.
const HOUSE: u32 = 12;

/// Starts; ends after the round in which it is told to.
#[expect(clippy::disallowed_methods, reason = "`serve` owns this task and waits for its end")]
pub(crate) fn start(home: Home, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(go_round(home, stopped))
}

async fn go_round(home: Home, mut stopped: watch::Receiver<bool>) {
    let mut rounds = interval(EVERY);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for round in 0_u32.. {
        let last = tokio::select! {
            _ = rounds.tick() => false,
            _ = stopped.changed() => true,
        };
        let house = last || round.is_multiple_of(HOUSE);
        if let Err(refused) = one(&home.books, house, last).await {
            // Tried again in the next round; a log that cannot be signed shows as findings of the checker too.
            tracing::error!(code = refused.code(), fault = ?refused, "a chore failed");
        }
        if house && let Err(why) = keep_copy(&home).await {
            tracing::error!(%why, "the copy of the recovery key beside the data could not be kept in step");
        }
        if last {
            return;
        }
    }
}

/// One round. What fails for one business keeps none of the others waiting: the first failure is told when all had their turn.
async fn one(books: &Books, house: bool, last: bool) -> Result<(), Refused> {
    let mut first = Ok(());
    for business in books.businesses().await? {
        first = first.and(of_one(books, business, house, last).await);
    }
    first
}

async fn of_one(books: &Books, business: BusinessId, house: bool, last: bool) -> Result<(), Refused> {
    if house {
        books.keep_house(business).await?;
    }
    if last {
        books.tell_counts(business).await?;
    }
    let signed = books.sign_log(business).await;
    if let Some(size) = books.begun_newly(business) {
        tracing::warn!(log = %business, size, "no head of this log was kept here: it goes on from the last one in the database");
    }
    match signed {
        // It is about this log alone, and no other failure is to hide it.
        Err(refused @ Refused::Fault(Fault::LogCut { .. })) => {
            tracing::error!(code = refused.code(), log = %business, fault = ?refused, "a log is not signed: run coffer check");
            Ok(())
        }
        signed => signed.map(|_| ()),
    }
}
