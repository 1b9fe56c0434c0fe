//! What issuing fixes, to be read before it is done: for whom, from which day, delivered when, to be paid when and how, by which
//! names the customer finds it, and why there is no VAT where there is none.

use crate::look::sums::vat;
use crate::look::{delivered, in_fours};
use crate::words::Words;
use coffer_billing::business::Business;
use coffer_billing::customers::Customer;
use coffer_billing::invoices::Draft;
use coffer_billing::invoices::content::{Party, TaxCategory};
use coffer_documents::{countries, numbers};
use coffer_kernel::Date;
use coffer_kernel::money::Percent;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The facts, as they would be issued today. What nobody said has no row: it will not stand on the invoice either.
pub(super) fn fixed(words: &Words, draft: &Draft, business: &Business, customer: &Customer, today: Date) -> Markup {
    let date = |day| numbers::date(words.language, day);
    let draft = draft.settled(business, customer);
    let content = &draft.content;
    let said = [
        ("editor-terms", &content.terms),
        ("editor-order", &content.order_number),
        ("editor-reference", &content.buyer_reference),
        ("editor-note", &content.note),
    ];
    let said = said.into_iter().filter_map(|(key, text)| Some((key, text.as_deref()?)));
    let country = content.deliver_to.as_ref().and_then(|to| to.country.as_deref());
    html! {
        dl.facts {
            div { dt { (words.t("invoice-customer")) } dd { bdi { (customer.party.name) } @for line in whose(words, &customer.party) { br; bdi.muted { (line) } } } }
            div { dt { (words.t("invoice-issued")) } dd { (date(today)) } }
            (delivered(words, content))
            @if let Some(country) = country { div { dt { (words.t("issue-delivered-to")) } dd { bdi { (countries::name(words.language, country)) } } } }
            div { dt { (words.t("invoice-due")) } dd {
                (date(draft.due_on(today, business)))
                // Nobody wrote this day: it is said where it comes from.
                @if content.due_on.is_none() { " " span.muted { "· " (words.t1("issue-due-by-terms", "days", business.terms_days)) } }
            } }
            @for (key, text) in said.filter(|(_, text)| !text.trim().is_empty()) { div { dt { (words.t(key)) } dd { bdi { (text) } } } }
            (untaxed(words, &draft))
            @if let Some(account) = business.account.as_ref().filter(|_| business.show_account) {
                div { dt { (words.t("settings-iban")) } dd { (in_fours(&account.iban)) } }
            }
        }
    }
}

/// The customer's address as it stands now, and by which number tax knows them.
fn whose(words: &Words, party: &Party) -> Vec<String> {
    let place: Vec<&str> = [&party.post_code, &party.city].into_iter().flatten().map(String::as_str).collect();
    let country = party.country.as_deref().map(|code| countries::name(words.language, code).to_owned());
    let place = Some(place.join(" ")).filter(|place| !place.is_empty());
    let address = [party.street.clone(), party.address_line.clone(), place, party.subdivision.clone(), country];
    let address: Vec<String> = address.into_iter().flatten().collect();
    [Some(address.join(", ")).filter(|address| !address.is_empty()), party.vat_id.clone()]
        .into_iter()
        .flatten()
        .collect()
}

/// Why there is no VAT; each kind by its name where there are several.
fn untaxed(words: &Words, draft: &Draft) -> Markup {
    let used = draft.totals.breakdown.iter().map(|tax| (tax.category, tax.rate));
    let reasons: BTreeMap<TaxCategory, (Percent, &str)> =
        used.filter_map(|(category, rate)| Some((category, (rate, draft.content.reason_of(category)?)))).collect();
    html! {
        @if !reasons.is_empty() { div { dt { (words.t("editor-exemption")) } dd {
            @for (category, (rate, reason)) in &reasons { p { @if reasons.len() > 1 { (vat(words, *category, *rate)) ": " } bdi { (reason) } } }
        } } }
    }
}
