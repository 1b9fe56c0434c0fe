//! The whole log as a file, for `coffer audit verify`.

use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Event, Order, Refused};

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

/// A log as a file.
pub struct Exported {
    /// The file: every record and every signed state.
    pub bytes: Vec<u8>,
    /// The public key that verifies it.
    pub verifier: String,
}

/// Signs the log of the actor's business and writes it out. That it was is the last record in it.
///
/// # Errors
/// As the store's.
pub async fn export(books: &Books, actor: &Actor) -> Result<Exported, Refused> {
    let recorded = books.transact(actor, ExportHistory, |tx, _, _| tx.record::<_, _, Refused>(HistoryExported, ()));
    recorded.await?;
    let business = actor.business();
    books.sign_log(business).await?;
    let bytes = books.export_log(business, Vec::new()).await?;
    Ok(Exported { bytes, verifier: books.log_verifier(business).await? })
}
