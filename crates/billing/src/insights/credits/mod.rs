//! Whose money is here beyond what they owe: the customer credit account of the books, by customer, each currency for itself,
//! less what later invoices took of it as prepaid.

mod sql;

use super::page::Place;
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor, CustomerId};
use coffer_store::cursor::{self, PageRefused};
use coffer_store::{Books, Order};

/// Credits by customer and currency, in the order of their ids.
#[derive(Debug, Clone, Default)]
pub struct ListCredits {
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Where the last page ended.
    pub after: Option<String>,
    /// How many at most, up to 100; 50 where it is not said.
    pub most: Option<u16>,
}

impl Order for ListCredits {
    const ACTION: Action = Action::ReadPayments;
}

/// What a customer paid beyond what they owe, in one currency: more than nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// Whose it is.
    pub customer: CustomerId,
    /// How much.
    pub amount: Money,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credits {
    /// The credits.
    pub rows: Vec<Credit>,
    /// Where the next page goes on, if there is one.
    pub next: Option<String>,
}

/// The credit of the customers within the actor's reach, or of one of them; nothing for whoever has none.
///
/// # Errors
/// [`PageRefused::Cursor`] for a cursor that is not of this list.
pub async fn credits(books: &Books, actor: &Actor, query: ListCredits) -> Result<Credits, PageRefused> {
    let entropy = std::sync::Arc::clone(&books.world().entropy);
    books
        .read(actor, query, move |snapshot, permit, query| {
            let most = cursor::size(query.most);
            let list = format!("credits {}", query.customer.map(|id| id.to_string()).unwrap_or_default());
            let after = Place::open(snapshot, query.after.as_deref(), &list)?;
            let mut rows = sql::credits(snapshot, permit.scope(), query.customer, &after, i64::from(most) + 1)?;
            let place = |credit: &Credit| Place::of(credit.customer, credit.amount.currency());
            let next = Place::cut(snapshot, entropy.as_ref(), &list, &mut rows, most, place);
            Ok(Credits { rows, next })
        })
        .await
}
