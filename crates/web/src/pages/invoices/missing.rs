//! What an invoice should have and has not, said before it is issued: each with the way to where it is entered. What it is
//! not issued without comes first and stands apart.

use super::may;
use crate::visitor::Inside;
use crate::words::Words;
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
        Missing::AccountUnseen => ("missing-account-unseen", "missing-account-unseen-why"),
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
        Missing::AccountUnseen => settings("show_account"),
        Missing::BuyerAddress => buyer("street"),
        Missing::BuyerTaxId => buyer("vat_id"),
        Missing::Delivery => (Action::ReviseInvoice, format!("/invoices/{invoice}/edit#delivered_on")),
    }
}

/// Something that is missing, for whoever looks.
struct Row {
    said: (&'static str, &'static str),
    /// Where they enter it, if they may.
    address: Option<String>,
}

/// What is missing: what it is not issued without, and what else should stand on it.
pub(super) struct Lists {
    first: Vec<Row>,
    besides: Vec<Row>,
}

impl Lists {
    pub(super) fn of(person: &Inside, draft: &Draft, missing: &[Missing]) -> Self {
        let row = |what: &Missing| {
            let (action, address) = place(*what, draft);
            Row { said: said(*what), address: may(person, action).then_some(address) }
        };
        let (first, besides): (Vec<Missing>, Vec<Missing>) = missing.iter().partition(|what| what.stops());
        Self { first: first.iter().map(row).collect(), besides: besides.iter().map(row).collect() }
    }

    /// Whether it is not issued as it is.
    pub(super) const fn stops(&self) -> bool {
        !self.first.is_empty()
    }

    /// What it is not issued without; nothing where all of it is there.
    pub(super) fn first(&self, words: &Words) -> Markup {
        html! {
            @if self.stops() {
                div.banner.alarm role="alert" { div {
                    b { (words.t("missing-first")) }
                    (rows(words, &self.first))
                } }
            }
        }
    }

    /// What else should stand on it; nothing where all of it does.
    pub(super) fn besides(&self, words: &Words) -> Markup {
        html! {
            @if !self.besides.is_empty() {
                div.banner.care { div {
                    b { (words.t1("missing-title", "count", self.besides.len())) }
                    (rows(words, &self.besides))
                    p { (words.t("missing-why")) }
                } }
            }
        }
    }

    /// The way to where the first of it is entered; who enters it, where that is somebody else.
    pub(super) fn way(&self, words: &Words) -> Markup {
        let way = self.first.iter().find_map(|row| row.address.as_deref());
        html! {
            @if let Some(way) = way { a.btn.main href=(way) { (words.t("missing-first-go")) } }
            @else { p.hint { (words.t("missing-first-who")) } }
        }
    }
}

fn rows(words: &Words, rows: &[Row]) -> Markup {
    html! {
        ul { @for Row { said: (name, why), address } in rows {
            li {
                @if let Some(address) = address { a href=(address) { (words.t(name)) } } @else { (words.t(name)) }
                ": " (words.t(why))
            }
        } }
    }
}
