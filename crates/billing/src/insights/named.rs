//! What invoices and customers are called, for pages that tell of many of them: the history.

use crate::business::{self, Calendar};
use crate::{catalogue, customers, invoices};
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Actor, CustomerId, InvoiceId, ItemId};
use coffer_store::{Books, Order, Refused};
use std::collections::{BTreeMap, BTreeSet};

/// Those that are asked for.
#[derive(Debug, Clone, Default)]
pub struct NameThem {
    /// Invoices and drafts.
    pub invoices: BTreeSet<InvoiceId>,
    /// Customers.
    pub customers: BTreeSet<CustomerId>,
    /// Items of the catalogue.
    pub items: BTreeSet<ItemId>,
}

impl Order for NameThem {
    const ACTION: Action = Action::ReadInvoices;
}

/// What an invoice is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// Its number; none, where it is a draft.
    pub number: Option<String>,
    /// Whose it is, by today's name; none where that is not what was written.
    pub customer: Option<String>,
    /// What it asks for.
    pub due: Money,
}

impl From<invoices::Row> for Called {
    fn from(row: invoices::Row) -> Self {
        Self { number: row.number, customer: row.customer_name, due: row.due }
    }
}

/// Names by what they are of; what is not there, or out of reach, has none. Found with one look, and recorded as one.
#[derive(Debug, Clone)]
pub struct Names {
    /// Of the business.
    pub business: String,
    /// Its clock.
    pub calendar: Calendar,
    /// Of invoices.
    pub invoices: BTreeMap<InvoiceId, Called>,
    /// Of customers.
    pub customers: BTreeMap<CustomerId, String>,
    /// Of items.
    pub items: BTreeMap<ItemId, String>,
}

/// What these are called, within the actor's reach. What is opened for it is recorded as shown.
///
/// # Errors
/// As the store's.
pub async fn named(books: &Books, actor: &Actor, order: NameThem) -> Result<Names, Refused> {
    books
        .read(actor, order, |snapshot, permit, order| {
            let called = invoices::listed::sql::these(snapshot, permit.scope(), &order.invoices)?;
            let invoices = called.into_iter().map(|row| (row.id, Called::from(row))).collect();
            let customers = customers::sql::names_of(snapshot, permit.scope(), &order.customers)?;
            let items = catalogue::sql::names(snapshot, &order.items)?;
            let business = business::sql::name(snapshot)?;
            Ok(Names { business, calendar: business::calendar_of(snapshot)?, invoices, customers, items })
        })
        .await
}
