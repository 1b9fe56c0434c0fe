//! To which country a sale within the EU went: the one that somebody said, or the customer's, as it stands when it is asked.
//! A draft keeps only what was said, so that a customer who is mended later mends their drafts. Pure.

use super::content::{DeliverTo, TaxCategory};
use super::model::Draft;
use crate::business::Business;
use crate::customers::Customer;

/// Its countries by the codes that invoices have.
const UNION: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// Whether a country is in the EU.
#[must_use]
pub fn is_in_union(country: &str) -> bool {
    UNION.split(' ').any(|member| member == country)
}

impl Draft {
    /// As it would be issued for this customer as they are now. Nobody sells to another EU country in their own or outside of it:
    /// of a customer there nothing is taken.
    #[must_use]
    pub fn settled(&self, business: &Business, customer: &Customer) -> Self {
        let mut settled = self.clone();
        let sells_abroad = self.totals.breakdown.iter().any(|tax| tax.category == TaxCategory::K);
        let unsaid = self.content.deliver_to.as_ref().is_none_or(|to| *to == DeliverTo::default());
        let home =
            customer.party.country.clone().filter(|country| *country != business.country && is_in_union(country));
        if let (true, Some(country)) = (sells_abroad && unsaid, home) {
            settled.content.deliver_to = Some(DeliverTo { country: Some(country), ..DeliverTo::default() });
        }
        settled
    }
}

#[cfg(test)]
mod tests;
