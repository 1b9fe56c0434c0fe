//! Whose money is here beyond what they owe: the customer credit account of the books, by customer, each currency for itself.

use super::sql;
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor, CustomerId};
use coffer_store::{Books, Order, Refused};

#[derive(Clone, Copy)]
struct Look(Option<CustomerId>);

impl Order for Look {
    const ACTION: Action = Action::ReadPayments;
}

/// What a customer paid beyond what they owe, in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// Whose it is.
    pub customer: CustomerId,
    /// How much.
    pub amount: Money,
}

/// The credit of the customers within the actor's reach, or of one of them; nothing for whoever has none.
///
/// # Errors
/// As the store's.
pub async fn credits(books: &Books, actor: &Actor, customer: Option<CustomerId>) -> Result<Vec<Credit>, Refused> {
    books
        .read(actor, Look(customer), |snapshot, permit, look| Ok(sql::credits(snapshot, permit.scope(), look.0)?))
        .await
}
