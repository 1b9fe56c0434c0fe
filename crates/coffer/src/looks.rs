//! The look that serving takes through all its books by itself, once a day: whether each row is as it was written. Whoever
//! writes the database can put an older row back whole, digest and all, and reading it says nothing; here it is held against
//! the log. What does not fit is told to whoever runs this machine, to the log of these books, and on every page.

use crate::Ending;
use crate::checked::{self, Looked};
use coffer_identity::looked::{NoteLook, note_look};
use coffer_kernel::{BusinessId, Mint, Refuse};
use coffer_store::Books;
use coffer_web::Looks;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

#[cfg(test)]
mod tests;

/// How long after the start the first one begins: what people wait for comes first, and until then no page says a word of what
/// was altered while nothing served.
const FIRST: Duration = Duration::from_secs(60);
/// How soon again where one could not be finished.
const AGAIN: Duration = Duration::from_secs(60 * 60);
/// How often.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// What looks.
pub(crate) struct Watch {
    pub(crate) books: Books,
    pub(crate) mint: Mint,
    pub(crate) looked: Looks,
}

/// Starts; ends once told to, in the middle of a look if need be: the next start looks again.
#[expect(clippy::disallowed_methods, reason = "`serve` owns this task and waits for its end")]
pub(crate) fn start(watch: Watch, stopped: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(go_round(watch, stopped, |next| sleep_until(Instant::now() + next)))
}

async fn go_round<W: Future<Output = ()>>(
    watch: Watch,
    mut stopped: watch::Receiver<bool>,
    waits: impl Fn(Duration) -> W,
) {
    let mut next = FIRST;
    loop {
        tokio::select! {
            () = waits(next) => {}
            _ = stopped.changed() => return,
        }
        let whole = tokio::select! {
            whole = watch.look() => whole,
            _ = stopped.changed() => return,
        };
        next = if whole { EVERY } else { AGAIN };
    }
}

impl Watch {
    /// Looks through all books, one after the other; whether all could be. What keeps one from being looked at keeps none of the
    /// others.
    async fn look(&self) -> bool {
        let businesses = match self.books.businesses().await {
            Ok(businesses) => businesses,
            Err(why) => {
                tracing::error!(code = why.code(), "which books there are to be looked through cannot be told");
                return false;
            }
        };
        let mut whole = true;
        for business in businesses {
            if let Err(why) = self.through(business).await {
                whole = false;
                tracing::error!(books = %business, %why, "these books could not be looked through");
            }
        }
        whole
    }

    async fn through(&self, business: BusinessId) -> Result<(), Ending> {
        let actor = self.mint.system("books.look", business);
        // What was written since is in no head yet; a log that cannot be signed shows as what is found.
        let _unsigned = self.books.sign_log(business).await;
        let mut looked = checked::as_written(&self.books, &actor).await?;
        if business == BusinessId::INSTALLATION {
            looked = looked.and(checked::ways_in(&self.books, &actor).await?);
        }
        for finding in &looked.findings {
            // It says tables, ids and places, and nobody's data.
            tracing::error!(code = "row.altered", books = %business, %finding, "not as it was written: run coffer check");
        }
        let Looked { records, rows, findings, known, .. } = looked;
        if !known.is_empty() {
            tracing::warn!(books = %business, known = known.len(), "not as it was written, and said to be known");
        }
        self.looked.note(business, findings.len());
        let look = NoteLook { records, rows, findings: findings.len(), known: known.len() };
        Ok(note_look(&self.books, &actor, look).await?)
    }
}
