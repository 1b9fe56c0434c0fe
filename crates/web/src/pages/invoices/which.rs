//! What a question about money says of the invoice it is about.

use crate::App;
use crate::visitor::Inside;
use crate::words::Words;
use coffer_billing::customers;
use coffer_billing::invoices::{Invoice, Seen};
use coffer_kernel::InvoiceId;
use coffer_store::Refused;
use maud::{Markup, html};

/// Which invoice a question is about, and whose it is.
pub(super) struct Which {
    id: InvoiceId,
    number: String,
    customer: String,
}

impl Which {
    pub(super) async fn of(app: &App, person: &Inside, seen: &Seen) -> Result<Self, Refused> {
        let customer = customers::get(&app.books, &person.actor, seen.invoice.draft().customer).await?;
        let number = match &seen.invoice {
            Invoice::Draft(_) => person.words.t("status-draft"),
            Invoice::Issued(issued) => issued.number_text.clone(),
        };
        Ok(Self { id: seen.invoice.id(), number, customer: customer.party.name })
    }

    /// The way back to it, by its number.
    pub(super) fn kicker(&self) -> Markup {
        html! { a href={ "/invoices/" (self.id) } { (self.number) } }
    }

    pub(super) fn whose(&self, words: &Words) -> Markup {
        html! { div { dt { (words.t("invoice-customer")) } dd { bdi { (self.customer) } } } }
    }
}
