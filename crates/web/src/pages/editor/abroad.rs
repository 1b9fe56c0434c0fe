//! A sale to another EU country says to which country it went (BR-IC-12): the customer's, unless somebody says another.

use super::form::Ground;
use super::typed::Typed;
use super::unseen;
use crate::look::Wrong;
use crate::words::Words;
use coffer_billing::customers::Customer;
use coffer_documents::countries;
use maud::{Markup, html};

/// Its countries by the codes that invoices have.
const UNION: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

impl Typed {
    /// Whether anything on it is a sale to another EU country, which says to which it went.
    pub(super) fn sells_abroad(&self) -> bool {
        let lines = self.lines.iter().map(|line| &line.tax);
        lines.chain(self.adjustments.iter().map(|adjustment| &adjustment.tax)).any(|tax| tax.starts_with("K "))
    }
}

/// Where it went, for what is kept: what somebody chose, or where the customer is.
pub(super) fn settled(typed: &mut Typed, customer: &Customer) {
    if typed.sells_abroad() && typed.deliver_country.is_empty() {
        typed.deliver_country = customer.party.country.clone().unwrap_or_default();
    }
}

/// The same for the form: where the customer is needs no choice.
pub(super) fn shown(typed: &Typed, customer: Option<&Customer>) -> Typed {
    let home = customer.and_then(|customer| customer.party.country.as_deref());
    let alone = unseen::read(&typed.carried).is_some_and(|rest| !rest.contains_key("deliver_to"));
    let same = alone && typed.sells_abroad() && home == Some(typed.deliver_country.as_str());
    let deliver_country = if same { String::new() } else { typed.deliver_country.clone() };
    Typed { deliver_country, ..typed.clone() }
}

fn other(ground: &Ground, code: &str) -> bool {
    code != ground.business.country && UNION.split(' ').any(|member| member == code)
}

/// It is asked for where something is sold there, and nowhere else.
pub(super) fn abroad(words: &Words, ground: &Ground, typed: &Typed, wrong: &Wrong) -> Markup {
    let error = wrong.at(words, "deliver_to-country");
    let asked = typed.sells_abroad() || !typed.deliver_country.is_empty() || error.is_some();
    let all = countries::from_home(words.language, &ground.business.country).into_iter();
    let offered = all.filter(|(code, _)| other(ground, code) || *code == typed.deliver_country);
    html! {
        details.extra open[asked] hidden[!asked] data-abroad {
            summary { (words.t("editor-abroad")) }
            div.field.bad[error.is_some()] {
                label for="deliver_to-country" { (words.t("editor-abroad-country")) }
                p.hint #deliver_to-country-hint { (words.t("editor-abroad-hint")) }
                select.in #deliver_to-country name="deliver_to-country" aria-invalid=[error.as_ref().map(|_| "true")]
                    aria-describedby=(if error.is_some() { "deliver_to-country-error" } else { "deliver_to-country-hint" }) {
                    option value="" selected[typed.deliver_country.is_empty()] { (words.t("editor-abroad-home")) }
                    @for (code, name) in offered { option value=(code) selected[*code == typed.deliver_country] { (name) } }
                }
                @if let Some(error) = &error { p.err #deliver_to-country-error { (error) } }
            }
        }
    }
}
