//! That books came back from a backup stands in them: what was done after it was made is not there, and whoever reads the
//! history must find out why.

use crate::books::Order;
use crate::recorded::Event;
use crate::{Acting, Books, Refused};
use coffer_kernel::{Action, BusinessId};

#[derive(Debug, Clone, Copy)]
struct NoteRestore;

impl Order for NoteRestore {
    const ACTION: Action = Action::RestoreBooks;
}

/// Of when the backup was, and how many findings came back with it.
#[derive(Debug, Clone)]
struct BooksRestored(String, usize);

impl Event for BooksRestored {
    const NAME: &'static str = "backup.restored";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        Some(match self.1 {
            0 => serde_json::json!({ "made_at": self.0 }).to_string(),
            findings => serde_json::json!({ "made_at": self.0, "findings": findings }).to_string(),
        })
    }
}

impl Books {
    /// Records that these books came back from the backup that was made at this instant, with so many findings.
    ///
    /// # Errors
    /// As the store's.
    pub async fn note_restore(&self, acting: Acting<'_>, made_at: &str, findings: usize) -> Result<(), Refused> {
        let (operator, event) = (acting(BusinessId::INSTALLATION), BooksRestored(made_at.to_owned(), findings));
        let told = event.clone();
        let own = self.transact(&operator, NoteRestore, move |tx, _, _| tx.record::<_, _, Refused>(event.clone(), ()));
        own.await?;
        self.tell_everybody(acting, NoteRestore, told).await
    }
}
