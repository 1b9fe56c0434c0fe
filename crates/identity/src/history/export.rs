//! The whole log as a file, for `coffer audit verify`.

use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Event, Fault, Order, Refused};
use std::io::Write;

struct ExportHistory;

impl Order for ExportHistory {
    const ACTION: Action = Action::ReadLog;
}

struct HistoryExported;

impl Event for HistoryExported {
    const NAME: &'static str = "log.exported";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}

/// Signs the log of the actor's business, writes it out, and gives the stream back. That it was is the last record in it; of a log
/// that cannot be signed any more, because it was cut, what was signed of it is written.
///
/// # Errors
/// As the store's, and where the stream fails.
pub async fn export<W: Write + Send + 'static>(books: &Books, actor: &Actor, out: W) -> Result<W, Refused> {
    let recorded = books.transact(actor, ExportHistory, |tx, _, _| tx.record::<_, _, Refused>(HistoryExported, ()));
    recorded.await?;
    match books.sign_log(actor.business()).await {
        // What was signed before is what whoever looks into it needs.
        Err(Refused::Fault(Fault::LogCut { .. } | Fault::Beside(_))) => {}
        signed => drop(signed?),
    }
    books.export_log(actor.business(), out).await
}
