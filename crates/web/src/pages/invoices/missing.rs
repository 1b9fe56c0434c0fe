//! What an invoice should have and has not, said before it is issued: each with the way to where it is entered. What the rules
//! refuse it for comes first and stands apart.

use super::super::obstacles::{self, Obstacle, Places};
use super::may;
use crate::look::named_way;
use crate::visitor::{Inside, and_back};
use crate::words::Words;
use coffer_billing::invoices::{Draft, Missing};
use coffer_kernel::{Action, Pointer};
use maud::{Markup, html};

/// The words for it, and why it should be there.
const fn said(what: Missing) -> (&'static str, &'static str) {
    match what {
        Missing::SellerAddress => ("missing-seller-address", "missing-address-why"),
        Missing::BuyerAddress => ("missing-buyer-address", "missing-address-why"),
        Missing::Delivery => ("missing-delivery", "missing-delivery-why"),
        Missing::Account => ("missing-account", "missing-account-why"),
        Missing::AccountUnseen => ("missing-account-unseen", "missing-account-unseen-why"),
    }
}

/// Where it is entered, and what one must be allowed to do there. Whoever saves there comes back to where they read
/// of it. `at` says where a field of the draft's own form stands; without a name, the form.
fn place(what: Missing, draft: &Draft, at: &dyn Fn(&str) -> String) -> (Action, String) {
    let back = obstacles::back(draft, &at(""));
    let settings = |field: &str| (Action::ReviseBusiness, format!("{}#{field}", and_back("/settings", &back)));
    let customer = format!("/customers/{}/edit", draft.customer);
    let buyer = |field: &str| (Action::ReviseCustomer, format!("{}#{field}", and_back(&customer, &back)));
    match what {
        Missing::SellerAddress => settings("street"),
        Missing::Account => settings("iban"),
        Missing::AccountUnseen => settings("show_account"),
        Missing::BuyerAddress => buyer("street"),
        Missing::Delivery => (Action::ReviseInvoice, at("delivered_on")),
    }
}

/// Something that is missing, for whoever looks.
struct Row {
    said: (&'static str, &'static str),
    /// Where they enter it, if they may.
    address: Option<String>,
}

fn entered(person: &Inside, draft: &Draft, missing: &[Missing], at: &dyn Fn(&str) -> String) -> Vec<Row> {
    let row = |what: &Missing| {
        let (action, address) = place(*what, draft, at);
        Row { said: said(*what), address: may(person, action).then_some(address) }
    };
    missing.iter().map(row).collect()
}

/// What else should stand on it, for whoever writes it, and in the same sentence that it can be issued without, where that is so;
/// nothing where all of it stands there.
pub(in crate::pages) fn advice(
    person: &Inside,
    draft: &Draft,
    missing: &[Missing],
    (at, fine): (&dyn Fn(&str) -> String, bool),
) -> Markup {
    let (words, count) = (person.words, missing.len());
    html! {
        @if count > 0 {
            p { b { (words.t1("missing-title", "count", count)) } @if fine { span data-fine { (words.t1("editor-before-without", "count", count)) } } }
            (rows(words, &entered(person, draft, missing, at)))
        }
    }
}

/// What stands in the way, and what else should stand on it.
pub(super) struct Lists {
    first: Vec<Obstacle>,
    besides: Vec<Row>,
}

impl Lists {
    pub(super) fn of(person: &Inside, draft: &Draft, found: Vec<Pointer>, missing: &[Missing]) -> Self {
        let edit = |field: &str| match field {
            "" => format!("/invoices/{}/edit", draft.id),
            field => format!("/invoices/{}/edit#{field}", draft.id),
        };
        let besides = entered(person, draft, missing, &edit);
        let at = Places { way: &edit, line: &|place| place + 1 };
        Self { first: Obstacle::all(person, draft, found, at), besides }
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
                    (obstacles::list(words, &self.first))
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
                    // As long as something stands in the way, nothing is said of what can be done without.
                    @if !self.stops() { p { (words.t("missing-why")) } }
                } }
            }
        }
    }

    /// The way to where the first of it is entered; who enters it, where that is somebody else.
    pub(super) fn way(&self, words: &Words) -> Markup {
        let way = self.first.iter().find_map(Obstacle::way);
        html! {
            @if let Some(way) = way { a.btn.main href=(way) { (words.t("missing-first-go")) } }
            @else { p.hint { (words.t("missing-first-who")) } }
        }
    }
}

fn rows(words: &Words, rows: &[Row]) -> Markup {
    html! {
        ul { @for Row { said: (name, why), address } in rows {
            li { (named_way(&words.t(name), address.as_deref())) ": " (words.t(why)) }
        } }
    }
}
