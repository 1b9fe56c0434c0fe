//! Adding a customer.

use super::Customer;
use crate::invoices::content::Party;
use crate::{business, text};
use coffer_kernel::money::Currency;
use coffer_kernel::{Action, Actor, CustomerId, Permit, Scope, ScopeId, SubjectId, TypedId};
use coffer_store::{Books, Event, Fault, Once, Order, Recall, Tx, refusals};

/// Somebody to be billed.
#[derive(Debug, Clone)]
pub struct AddCustomer {
    /// The buyer on documents.
    pub party: Party,
    /// What they are billed in; the business's currency where it is not said.
    pub currency: Option<Currency>,
    /// The language of their documents; the business's where it is not said.
    pub language: Option<String>,
}

impl Order for AddCustomer {
    const ACTION: Action = Action::AddCustomer;
}

refusals! {
    /// Why a customer is not added.
    pub enum AddRefused {
        /// There is no name.
        Nameless => Invalid, "customer.name_missing", "A customer needs a name: a person's or a company's.";
        /// A text is too long.
        TooLong => Invalid, "customer.text_too_long", "One of these texts is longer than 500 characters. Shorten it.";
        /// A text holds what must not be kept.
        Card => Invalid, "text.card_number", "This looks like a card number. Coffer does not keep those; please remove it.";
    }
}

struct CustomerAdded(CustomerId);

impl Event for CustomerAdded {
    const NAME: &'static str = "customer.added";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.0.into())
    }
}

/// Adds a customer, to the scope of whoever adds them.
///
/// # Errors
/// [`AddRefused`]; nothing is written then.
pub async fn add(books: &Books, actor: &Actor, once: Option<Once>, order: AddCustomer) -> Result<Customer, AddRefused> {
    books
        .transact_once(actor, once, order, |tx, permit, order| {
            check(&order.party)?;
            let business = business::sql::get(tx)?;
            let customer = Customer {
                id: CustomerId::new(tx.now(), tx.entropy()),
                version: 1,
                scope: scope_of(permit),
                currency: order.currency.unwrap_or(business.currency),
                language: order.language.clone().unwrap_or(business.language),
                created_at: tx.now(),
                party: order.party.clone(),
            };
            tx.new_subject(customer.id.into())?;
            tx.insert(&customer)?;
            tx.tally("customers", "all", 0, 1);
            tx.record(CustomerAdded(customer.id), customer)
        })
        .await
}

/// A sales representative's customers are their own; everybody else's belong to the business.
fn scope_of(permit: &Permit) -> ScopeId {
    match permit.scope() {
        Scope::Only(scopes) => scopes.first().copied(),
        Scope::All => None,
    }
    .unwrap_or_else(|| ScopeId::from_bytes(permit.business().bytes()))
}

/// What every customer must be, whether new or changed.
pub(super) fn check(party: &Party) -> Result<(), AddRefused> {
    if party.name.trim().is_empty() {
        return Err(AddRefused::Nameless);
    }
    let texts =
        [&party.street, &party.address_line, &party.post_code, &party.city, &party.vat_id, &party.email, &party.phone];
    let long = |text: &String| text.chars().count() > 500;
    if long(&party.name) || texts.into_iter().flatten().any(long) {
        return Err(AddRefused::TooLong);
    }
    if text::holds_card_number(&party.name) || texts.into_iter().flatten().any(|text| text::holds_card_number(text)) {
        return Err(AddRefused::Card);
    }
    Ok(())
}

impl Recall for Customer {
    const READING: Action = Action::ReadCustomers;
    fn reference(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn recall(tx: &mut Tx<'_>, permit: &Permit, reference: [u8; 16]) -> Result<Option<Self>, Fault> {
        super::sql::find(tx, permit.scope(), CustomerId::from_bytes(reference))
    }
}
