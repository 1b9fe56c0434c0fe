//! Looking at the letterhead.

use super::{Letterhead, sql};
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Order, Refused};

struct GetLetterhead;

impl Order for GetLetterhead {
    const ACTION: Action = Action::ReadBusiness;
}

/// The letterhead of the actor's business.
///
/// # Errors
/// As the store's.
pub async fn get(books: &Books, actor: &Actor) -> Result<Letterhead, Refused> {
    books.read(actor, GetLetterhead, |snapshot, _, _| Ok(sql::get(snapshot)?)).await
}
