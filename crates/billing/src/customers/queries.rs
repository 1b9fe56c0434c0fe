//! Looking at customers.

use super::{Customer, sql};
use coffer_kernel::{Action, Actor, CustomerId};
use coffer_store::{Books, Order, Refused};

/// One customer.
#[derive(Debug, Clone, Copy)]
pub struct GetCustomer(pub CustomerId);

impl Order for GetCustomer {
    const ACTION: Action = Action::ReadCustomers;
}

/// The customer with this id.
///
/// # Errors
/// [`Refused::NotFound`] where there is none within the actor's reach.
pub async fn get(books: &Books, actor: &Actor, id: CustomerId) -> Result<Customer, Refused> {
    books
        .read(actor, GetCustomer(id), |snapshot, permit, query| {
            sql::find(snapshot, permit.scope(), query.0)?.ok_or(Refused::NotFound)
        })
        .await
}
