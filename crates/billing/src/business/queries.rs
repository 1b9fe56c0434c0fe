//! Looking at the business.

use super::{Business, sql};
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Order, Refused};

struct GetBusiness;

impl Order for GetBusiness {
    const ACTION: Action = Action::ReadBusiness;
}

/// The actor's business.
///
/// # Errors
/// As the store's.
pub async fn get(books: &Books, actor: &Actor) -> Result<Business, Refused> {
    books.read(actor, GetBusiness, |snapshot, _, _| Ok(sql::get(snapshot)?)).await
}
