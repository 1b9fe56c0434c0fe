//! The balance of each account, summed from the postings: the running sums are held against it.

use super::sql;
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Order, Refused};

struct ReadBalances;

impl Order for ReadBalances {
    const ACTION: Action = Action::ReadLedger;
}

/// What stands on an account, in one currency: debits are positive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The account.
    pub account: String,
    /// Debits less credits.
    pub amount: Money,
}

/// Every account's balance by currency, in the order of their names. They sum to nothing in each currency.
///
/// # Errors
/// As the store's.
pub async fn balances(books: &Books, actor: &Actor) -> Result<Vec<Balance>, Refused> {
    books.read(actor, ReadBalances, |snapshot, _, _| Ok(sql::balances(snapshot)?)).await
}
