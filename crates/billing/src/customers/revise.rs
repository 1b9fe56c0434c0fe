//! Changing a customer. What was issued to them stays as it was.

use super::Customer;
use super::add::{AddRefused, check};
use crate::invoices::content::Party;
use coffer_kernel::money::Currency;
use coffer_kernel::{Action, Actor, CustomerId, SubjectId, TypedId};
use coffer_store::{Books, Event, Order, Refused};

/// A customer as they shall be from now on.
#[derive(Debug, Clone)]
pub struct ReviseCustomer {
    /// Which.
    pub customer: CustomerId,
    /// The version the caller has seen, where they say.
    pub version: Option<i64>,
    /// The buyer on documents.
    pub party: Party,
    /// What they are billed in; as before where it is not said.
    pub currency: Option<Currency>,
    /// The language of their documents; as before where it is not said.
    pub language: Option<String>,
}

impl Order for ReviseCustomer {
    const ACTION: Action = Action::ReviseCustomer;
}

/// Why a customer stays as they are: as when adding one.
pub type ReviseRefused = AddRefused;

struct CustomerRevised(CustomerId);

impl Event for CustomerRevised {
    const NAME: &'static str = "customer.revised";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.0.into())
    }
}

/// Changes a customer.
///
/// # Errors
/// [`ReviseRefused`]; nothing is written then.
pub async fn revise(books: &Books, actor: &Actor, order: ReviseCustomer) -> Result<Customer, ReviseRefused> {
    books
        .transact(actor, order, |tx, permit, order| {
            check(&order.party, order.language.as_deref())?;
            let granted = tx.lock::<Customer>(permit, order.customer)?;
            if order.version.is_some_and(|version| version != granted.version) {
                return Err(Refused::Stale.into());
            }
            let next = Customer {
                version: granted.version + 1,
                party: order.party.as_kept(),
                currency: order.currency.unwrap_or(granted.currency),
                language: order.language.clone().unwrap_or_else(|| granted.language.clone()),
                ..(*granted).clone()
            };
            tx.replace(&granted, &next)?;
            tx.record(CustomerRevised(next.id), next)
        })
        .await
}
