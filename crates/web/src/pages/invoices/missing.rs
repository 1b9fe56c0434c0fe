//! What an invoice should have and has not, said before it is issued: each with the way to where it is entered.

use super::may;
use crate::visitor::Inside;
use coffer_billing::invoices::{Draft, Missing};
use coffer_kernel::Action;
use maud::{Markup, html};

/// The words for it, and why it should be there.
const fn said(what: Missing) -> (&'static str, &'static str) {
    match what {
        Missing::SellerAddress => ("missing-seller-address", "missing-address-why"),
        Missing::SellerTaxId => ("missing-seller-tax-id", "missing-tax-id-why"),
        Missing::BuyerAddress => ("missing-buyer-address", "missing-address-why"),
        Missing::BuyerTaxId => ("missing-buyer-tax-id", "missing-tax-id-why"),
        Missing::Delivery => ("missing-delivery", "missing-delivery-why"),
        Missing::Account => ("missing-account", "missing-account-why"),
    }
}

/// Where it is entered, and what one must be allowed to do there. Whoever saves there comes back here.
fn place(what: Missing, draft: &Draft) -> (Action, String) {
    let (invoice, customer) = (draft.id, draft.customer);
    let settings = |field: &str| (Action::ReviseBusiness, format!("/settings?invoice={invoice}#{field}"));
    let buyer = |field: &str| (Action::ReviseCustomer, format!("/customers/{customer}/edit?invoice={invoice}#{field}"));
    match what {
        Missing::SellerAddress => settings("street"),
        Missing::SellerTaxId => settings("vat_id"),
        Missing::Account => settings("iban"),
        Missing::BuyerAddress => buyer("street"),
        Missing::BuyerTaxId => buyer("vat_id"),
        Missing::Delivery => (Action::ReviseInvoice, format!("/invoices/{invoice}/edit#delivered_on")),
    }
}

/// Nothing where nothing is missing.
pub(super) fn list(person: &Inside, draft: &Draft, missing: &[Missing]) -> Markup {
    let words = person.words;
    html! {
        @if !missing.is_empty() {
            div.banner.care { div {
                b { (words.t1("missing-title", "count", missing.len())) }
                ul { @for what in missing {
                    @let (name, why) = said(*what);
                    @let (action, address) = place(*what, draft);
                    li {
                        @if may(person, action) { a href=(address) { (words.t(name)) } } @else { (words.t(name)) }
                        ": " (words.t(why))
                    }
                } }
                p { (words.t("missing-why")) }
            } }
        }
    }
}
