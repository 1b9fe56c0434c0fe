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

/// The name of the actor's business, and nothing else of it.
///
/// # Errors
/// As the store's.
pub async fn name(books: &Books, actor: &Actor) -> Result<String, Refused> {
    books.read(actor, GetBusiness, |snapshot, _, _| Ok(sql::name(snapshot)?)).await
}
