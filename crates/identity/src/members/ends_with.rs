//! What ends with somebody's time here, said before it does: whoever holds a link to an invoice opens nothing by it then.

use crate::{api_keys, document_links, links};
use coffer_kernel::{Action, Actor, InvoiceId, UserId};
use coffer_store::{Books, Order, Refused};

struct Look(UserId);

impl Order for Look {
    const ACTION: Action = Action::RevisePerson;
}

/// What somebody made that lets others in, and is in force.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EndsWith {
    /// The invoices that links of theirs open, the newest first, and how many links to each.
    pub documents: Vec<(InvoiceId, i64)>,
    /// How many invitations.
    pub invitations: i64,
    /// How many keys for programs.
    pub keys: i64,
}

impl EndsWith {
    /// How many links to invoices.
    #[must_use]
    pub fn links(&self) -> i64 {
        self.documents.iter().map(|(_, count)| count).sum()
    }
}

/// What would end with this person's time in the actor's business.
///
/// # Errors
/// As the store's.
pub async fn ends_with(books: &Books, actor: &Actor, user: UserId) -> Result<EndsWith, Refused> {
    books
        .read(actor, Look(user), |snapshot, _, look| {
            let now = snapshot.now();
            let documents = document_links::made_by(snapshot, look.0, now)?;
            let invitations = links::sql::made_by(snapshot, look.0, now)?;
            Ok(EndsWith { documents, invitations, keys: api_keys::sql::made_by(snapshot, look.0, now)? })
        })
        .await
}
