//! That the books were looked through, and whether each row was as it was written: said in their own log.
//!
//! Command: [`note_look`], for whoever looked.

use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Event, Order, Refused};

/// What a look through the books of a business, or of the installation, came upon.
#[derive(Debug, Clone, Copy)]
pub struct NoteLook {
    /// How many records of the log were read.
    pub records: i64,
    /// How many rows were held against it.
    pub rows: u64,
    /// How much did not fit.
    pub findings: usize,
    /// How much besides did not fit either, and was said to be known.
    pub known: usize,
}

impl NoteLook {
    fn detail(self) -> String {
        let Self { records, rows, findings, known } = self;
        format!(r#"{{"records":{records},"rows":{rows},"findings":{findings},"known":{known}}}"#)
    }
}

impl Order for NoteLook {
    const ACTION: Action = Action::CheckBooks;
}

/// Each row was as it was written.
struct LookedThrough(NoteLook);

impl Event for LookedThrough {
    const NAME: &'static str = "books.looked_through";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        Some(self.0.detail())
    }
}

/// Something was not. That is what an alarm waits for, so it has a name of its own.
struct FoundAltered(NoteLook);

impl Event for FoundAltered {
    const NAME: &'static str = "books.found_altered";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        Some(self.0.detail())
    }
}

/// Something was not, and somebody had said of all of it that it is known.
struct FoundKnown(NoteLook);

impl Event for FoundKnown {
    const NAME: &'static str = "books.found_known";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
    fn detail(&self) -> Option<String> {
        Some(self.0.detail())
    }
}

/// Records that these books were looked through.
///
/// # Errors
/// As the store's.
pub async fn note_look(books: &Books, actor: &Actor, look: NoteLook) -> Result<(), Refused> {
    books
        .transact(actor, look, |tx, _, look| match look {
            NoteLook { findings: 0, known: 0, .. } => tx.record(LookedThrough(*look), ()),
            NoteLook { findings: 0, .. } => tx.record(FoundKnown(*look), ()),
            NoteLook { .. } => tx.record(FoundAltered(*look), ()),
        })
        .await
}
