//! The balance of each account: as the committer keeps it, and summed from the postings to hold it against.

use super::sql;
use crate::summed::altered;
use coffer_kernel::money::{Currency, Money};
use coffer_kernel::{Action, Actor};
use coffer_store::{Books, Order, Refused};
use std::collections::BTreeMap;

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

struct ReadTrialBalance;

impl Order for ReadTrialBalance {
    const ACTION: Action = Action::ReadLedger;
}

/// The trial balance: the same from the running sums, however many postings there are.
///
/// # Errors
/// As the store's.
pub async fn trial_balance(books: &Books, actor: &Actor) -> Result<Vec<Balance>, Refused> {
    books
        .read(actor, ReadTrialBalance, |snapshot, _, _| {
            let altered = || altered("rollup");
            let (mut balances, mut all) = (Vec::new(), BTreeMap::<String, i128>::new());
            for (name, sum) in sql::running(snapshot)?.into_iter().filter(|(_, sum)| *sum != 0) {
                let (account, currency) = name.rsplit_once(' ').ok_or_else(altered)?;
                let currency: Currency = currency.parse().map_err(|_| altered())?;
                *all.entry(currency.to_string()).or_default() += i128::from(sum);
                balances.push(Balance { account: account.to_owned(), amount: Money::new(sum, currency) });
            }
            // Whoever reads it relies on that.
            if all.values().all(|sum| *sum == 0) { Ok(balances) } else { Err(altered().into()) }
        })
        .await
}

/// The name of its running sum.
fn named(balance: &Balance) -> String {
    format!("{} {}", balance.account, balance.amount.currency())
}

struct CompareBalances;

impl Order for CompareBalances {
    const ACTION: Action = Action::CheckBooks;
}

/// The accounts whose running sum is not the sum of their postings, or that do not sum to nothing in a currency: none,
/// unless somebody or something changed the books behind the program's back.
///
/// # Errors
/// As the store's.
pub async fn differences(books: &Books, actor: &Actor) -> Result<Vec<String>, Refused> {
    books
        .read(actor, CompareBalances, |snapshot, _, _| {
            let (summed, running) = (sql::balances(snapshot)?, sql::running(snapshot)?);
            let mut wrong = Vec::new();
            let summed_of = |name: &String| summed.iter().any(|balance| named(balance) == *name);
            wrong.extend(
                running.iter().filter(|(name, sum)| **sum != 0 && !summed_of(name)).map(|(name, _)| name.clone()),
            );
            let mut by_currency = BTreeMap::<String, i128>::new();
            for balance in &summed {
                let name = named(balance);
                if running.get(&name) != Some(&balance.amount.minor()) {
                    wrong.push(name);
                }
                *by_currency.entry(balance.amount.currency().to_string()).or_default() +=
                    i128::from(balance.amount.minor());
            }
            let unbalanced = by_currency.into_iter().filter(|(_, sum)| *sum != 0);
            wrong.extend(unbalanced.map(|(currency, _)| format!("all accounts in {currency}")));
            Ok(wrong)
        })
        .await
}
