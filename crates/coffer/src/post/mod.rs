//! The post: takes the letters that wait, hands each to its mail server, and records what became of it.

mod round;
#[cfg(test)]
mod tests;

pub(crate) use round::Post;

use coffer_kernel::Refuse;
use coffer_store::{Dialect, Refused};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How often it is looked whether a letter waits.
const EVERY: Duration = Duration::from_secs(2);
/// How long a letter that is being handed over is waited for at the end.
const FAREWELL: Duration = Duration::from_secs(20);

/// Starts; ends once told to, after the letter at hand.
#[expect(clippy::disallowed_methods, reason = "`serve` owns this task and waits for its end")]
pub(crate) fn start(post: Post, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(go_round(post, stopped))
}

async fn go_round(post: Post, mut stopped: watch::Receiver<bool>) {
    tell(take_over(&post).await);
    tell(post.end_given_up().await);
    let mut rounds = interval(EVERY);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = rounds.tick() => {}
            _ = stopped.changed() => return,
        }
        let round = post.round();
        tokio::pin!(round);
        tokio::select! {
            outcome = &mut round => tell(outcome),
            _ = stopped.changed() => {
                // What is not recorded by then is told as perhaps sent, at the next start.
                drop(timeout(FAREWELL, round).await.map(tell));
                return;
            }
        }
    }
}

/// The embedded database has one process at a time, so what is claimed now was claimed by one that is gone.
async fn take_over(post: &Post) -> Result<(), Refused> {
    if post.books.dialect() == Dialect::Sqlite {
        for business in post.books.businesses().await? {
            post.books.take_over(business).await?;
        }
    }
    Ok(())
}

fn tell(outcome: Result<(), Refused>) {
    if let Err(refused) = outcome {
        // Tried again in the next round.
        tracing::error!(code = refused.code(), fault = ?refused, "the post could not go round");
    }
}
