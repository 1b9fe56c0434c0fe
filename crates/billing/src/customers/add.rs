//! Adding a customer.

use super::Customer;
use crate::business;
use crate::invoices::content::Party;
use crate::text::{self, Unfit};
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
    /// Why nobody is added or changed.
    pub enum AddRefused {
        /// There is no name.
        Nameless => Invalid, "customer.name_missing", "A customer needs a name: a person's or a company's.", at "/party/name";
        /// The country is no code.
        Country => Invalid, "customer.country_unknown", "This is not a country code. Write two capital letters, e.g. DE.", at "/party/country";
        /// The language is no tag.
        Language => Invalid, "customer.language_unknown", "This is not a language tag. Write one like de or en-GB.", at "/language";
        + Text(Unfit), "A text is too long, holds what must not be kept, or is no VAT identifier.";
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
            let customer = new_customer(tx, permit, order)?;
            tx.record(CustomerAdded(customer.id), customer)
        })
        .await
}

/// Writes a new customer, with their data keys.
pub(crate) fn new_customer(tx: &mut Tx<'_>, permit: &Permit, order: &AddCustomer) -> Result<Customer, AddRefused> {
    check(&order.party, order.language.as_deref())?;
    let business = business::sql::get(tx)?;
    let customer = Customer {
        id: CustomerId::new(tx.now(), tx.entropy()),
        version: 1,
        scope: scope_of(permit),
        currency: order.currency.unwrap_or(business.currency),
        language: order.language.clone().unwrap_or(business.language),
        created_at: tx.now(),
        party: order.party.as_kept(),
    };
    tx.new_subject(customer.id.into())?;
    tx.insert(&customer)?;
    Ok(customer)
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
pub(crate) fn check(party: &Party, language: Option<&str>) -> Result<(), AddRefused> {
    if party.as_seen().name.trim().is_empty() {
        return Err(AddRefused::Nameless);
    }
    if party.country.as_deref().is_some_and(|code| !is_country(code)) {
        return Err(AddRefused::Country);
    }
    if language.is_some_and(|tag| !is_language(tag)) {
        return Err(AddRefused::Language);
    }
    text::check_party("/party", party)?;
    Ok(())
}

/// Whether this has the form of a BCP 47 tag: a language of two or three letters, then parts of two to eight.
pub(crate) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let is_part = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.len() <= 35
        && (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(is_part)
}

/// Whether this has the form of ISO 3166-1 alpha-2.
pub(crate) fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
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
