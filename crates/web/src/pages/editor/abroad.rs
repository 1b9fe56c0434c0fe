//! A sale to another EU country says to which country it went (BR-IC-12): the customer's, unless somebody says another. Only
//! what somebody says is kept; the customer's is looked up when it is issued.

use super::form::Ground;
use super::typed::Typed;
use crate::look::Wrong;
use crate::words::Words;
use coffer_billing::invoices::is_in_union;
use coffer_documents::countries;
use maud::{Markup, html};

impl Typed {
    /// Whether anything on it is a sale to another EU country, which says to which it went.
    pub(super) fn sells_abroad(&self) -> bool {
        let lines = self.lines.iter().map(|line| &line.tax);
        lines.chain(self.adjustments.iter().map(|adjustment| &adjustment.tax)).any(|tax| tax.starts_with("K "))
    }
}

fn other(ground: &Ground, code: &str) -> bool {
    code != ground.business.country && is_in_union(code)
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
