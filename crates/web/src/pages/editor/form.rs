//! The editor's form: whose, what, when, and what it comes to. It works without any script; with one, lines come and go
//! and sums follow while one types.

use super::abroad::abroad;
use super::lines::{adjustments, lines};
use super::prepare::ALIKE;
use super::reckon::Reckoned;
use super::typed::Typed;
use super::{reason, tax};
use crate::look::sums::vat;
use crate::look::{Field, Wrong, choice, money, to_paper};
use crate::visitor::and_back;
use crate::words::Words;
use coffer_billing::business::Business;
use coffer_billing::customers::{Customer, told_apart};
use coffer_billing::invoices::content::Totals;
use coffer_documents::Language;
use maud::{Markup, html};

/// Currencies one can choose besides the one at hand.
const CURRENCIES: [&str; 12] = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY"];

/// Everything a form needs besides what was typed.
pub(super) struct Ground {
    pub(super) business: Business,
    pub(super) customers: Vec<Customer>,
    /// The draft it is about, where it is kept already.
    pub(super) draft: Option<String>,
    /// Whether the form holds what was sent and is not kept: whoever leaves it would lose that.
    pub(super) unkept: bool,
    /// Whether whoever looks may delete it.
    pub(super) deletes: bool,
    /// Whether they may keep a line in the catalogue.
    pub(super) keeps: bool,
    /// The mark that makes it repeatable.
    pub(super) once: String,
}

impl Typed {
    /// The same as it is drawn again: its rows are numbered anew.
    pub(super) fn drawn(mut self) -> Self {
        for (place, line) in self.lines.iter_mut().enumerate() {
            (line.number, line.counted) = (place, place + 1);
        }
        self
    }
}

/// The form, with what is wrong at its fields; and beneath its sums what stands in the way of issuing it.
pub(super) fn form(
    words: &Words,
    ground: &Ground,
    typed: &Typed,
    (reckoned, before): (&Reckoned, Option<&Markup>),
    wrong: &Wrong,
) -> Markup {
    let action = ground.draft.as_ref().map_or_else(|| "/invoices".to_owned(), |id| format!("/invoices/{id}"));
    let rates = tax::rates(words, &ground.business.country);
    html! {
        form.stack.editor #editor method="post" action=(action) novalidate data-editor data-unkept[ground.unkept] data-language=(ground.business.language)
            data-saving=(words.t("editor-saving")) data-begins[ground.draft.is_none() && !wrong.any()] data-unsaved=(words.t("editor-unsaved")) data-needs=(words.t("editor-needs-customer")) data-unread=(words.t("editor-unread")) data-line-word=(words.t1("wrong-line", "line", "{}")) data-add=(words.t("editor-add-customer")) data-use=(words.t("editor-use-typed"))
            data-keep=[ground.keeps.then(|| words.t("editor-keep-item"))] data-keep-then=(words.t("editor-keep-item-then")) {
            // What Enter in a field presses: never a button that takes something out.
            button.sr name="then" value="edit" tabindex="-1" aria-hidden="true" {}
            input type="hidden" name="once" value=(ground.once);
            input type="hidden" name="version" value=[typed.version];
            @if !typed.carried.is_empty() { input type="hidden" name="carried" value=(typed.carried); }
            (whom(words, ground, typed, wrong))
            (lines(words, (&rates, ground.keeps), typed, reckoned, wrong))
            div.foot-grid {
                div.stack { (more(words, ground, typed, &rates, wrong)) }
                div.stack {
                    div #sums aria-live="polite" data-none=(words.t("editor-no-sum")) { (summed(words, typed, reckoned)) }
                    div.before #before aria-live="polite" { @if let Some(before) = before { (before) } }
                    (to_paper(words, ground.draft.as_deref()))
                }
            }
            div.barfoot {
                p.muted { (words.t("editor-issue-hint")) }
                // What a draft can be done with is there as soon as it keeps itself.
                @let kept = ground.draft.as_ref();
                @if ground.deletes { a.btn.quiet.danger data-kept hidden[kept.is_none()] href=[kept.map(|id| format!("/invoices/{id}/delete"))] { (words.t("delete-go")) } }
                button.btn.quiet name="then" value="copy" data-kept hidden[kept.is_none()] { (words.t("editor-copy")) }
                button.btn name="then" value="edit" { (words.t("editor-save")) }
                button.btn.main name="then" value="issue" data-key="ctrl+enter" { (words.t("editor-issue")) " " kbd { (words.t("key-ctrl-enter")) } }
            }
        }
    }
}

/// The currencies one can choose, these two first.
pub(in crate::pages) fn currencies(own: &str, chosen: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for code in [own, chosen].into_iter().chain(CURRENCIES).filter(|code| !code.is_empty()) {
        if all.iter().all(|(known, _)| known != code) {
            all.push((code.to_owned(), code.to_owned()));
        }
    }
    all
}

fn whom(words: &Words, ground: &Ground, typed: &Typed, wrong: &Wrong) -> Markup {
    let own = ground.business.currency.to_string();
    let mut all = vec![(String::new(), words.t("editor-own-currency"))];
    all.extend(currencies(&own, &typed.currency));
    html! {
        div.row.whom {
            div data-list { (listed(words, ground, typed, !wrong.any())) }
            // As soon as the draft keeps itself, so that one comes back to it.
            @let way = ground.draft.as_ref().filter(|_| !typed.customer.is_empty()).map(|id| {
                and_back(&format!("/customers/{}/edit", typed.customer), &format!("/invoices/{id}/edit"))
            });
            p.hint { a data-change hidden[way.is_none()] href=[way] { (words.t("editor-change-customer")) } }
            div data-find="/customers/find" data-into="customer" data-label=(words.t("invoice-customer")) data-hint=(words.t("editor-whom-hint")) data-new=(words.t("editor-whom-new")) {
                (Field::text("new_customer", words.t("editor-customer-name"), &typed.new_customer).required_look(true).hint(words.t("editor-customer-hint")).draw(words, wrong))
                @if !typed.named.is_empty() && typed.named == typed.new_customer { input type="hidden" name="named" value=(typed.named); }
                // Whoever is called like others is added by saying so.
                button.btn.small.add-new name="named" value=(typed.new_customer) hidden[!wrong.is("new_customer", ALIKE)] { (add_new(words, &typed.new_customer)) }
            }
        }
        div.row data-currency=(own) {
            (Field::text("due_on", words.t("invoice-due"), &typed.due_on).kind("date").hint(words.t1("editor-due-hint", "days", ground.business.terms_days)).draw(words, wrong))
            (Field::text("delivered_on", words.t("editor-delivered"), &typed.delivered_on).kind("date").required_look(typed.sells_abroad()).hint(words.t("editor-delivered-hint")).draw(words, wrong))
            (Field::text("order_number", words.t("editor-order"), &typed.order_number).hint(words.t("editor-order-hint")).draw(words, wrong))
            (choice("currency", &words.t("editor-currency"), &all, &typed.currency))
        }
    }
}

/// What adds somebody of this name.
pub(super) fn add_new(words: &Words, name: &str) -> String {
    words.t("editor-add-customer").replace("{}", name)
}

/// Everybody who may be billed. Who has a namesake is told apart; their name alone stands beside that, for the field that one
/// types names into.
fn listed(words: &Words, ground: &Ground, typed: &Typed, begins: bool) -> Markup {
    // Whom it is for is what a new one needs first.
    let first = begins && ground.draft.is_none() && typed.customer.is_empty();
    html! {
        div.field {
            label for="customer" { (words.t("invoice-customer")) }
            select.in id="customer" name="customer" autofocus[first] {
                option value="" selected[typed.customer.is_empty()] { (words.t("editor-new-customer")) }
                @for customer in &ground.customers {
                    @let (id, name) = (customer.id.to_string(), customer.party.name.as_str());
                    @let apart = told_apart(customer, &ground.customers);
                    @let tongue = (customer.language != ground.business.language).then_some(customer.language.as_str());
                    option value=(id) selected[id == typed.customer] data-name=[apart.as_ref().map(|_| name)] data-language=[tongue] { (name) @if let Some(apart) = &apart { ", " (apart) } }
                }
            }
        }
    }
}

/// What only some invoices need.
fn more(words: &Words, ground: &Ground, typed: &Typed, rates: &[(String, String)], wrong: &Wrong) -> Markup {
    let customer = ground.customers.iter().find(|customer| customer.id.to_string() == typed.customer);
    let tongue = customer.map_or(ground.business.language.as_str(), |customer| customer.language.as_str());
    let told = [&typed.buyer_reference, &typed.terms].into_iter().any(|text| !text.is_empty());
    html! {
        (Field::text("note", words.t("editor-note"), &typed.note).kind("area").hint(words.t("editor-note-hint")).draw(words, wrong))
        details.extra open[!typed.adjustments.is_empty()] {
            summary { (words.t("editor-adjustments")) }
            (adjustments(words, "", &typed.adjustments, Some(rates), wrong))
        }
        (reason::reasons(words, typed, Language::of_tag(tongue), wrong))
        (abroad(words, ground, typed, wrong))
        (period(words, typed, wrong))
        details.extra open[told] {
            summary { (words.t("editor-more")) }
            div.stack {
                (Field::text("buyer_reference", words.t("editor-reference"), &typed.buyer_reference).hint(words.t("editor-reference-hint")).draw(words, wrong))
                (Field::text("terms", words.t("editor-terms"), &typed.terms).hint(words.t1("editor-terms-hint", "days", ground.business.terms_days)).draw(words, wrong))
            }
        }
    }
}

/// A time instead of a day.
fn period(words: &Words, typed: &Typed, wrong: &Wrong) -> Markup {
    let said = !typed.period_from.is_empty() || !typed.period_to.is_empty();
    let bad = ["period-from", "period-to"].iter().any(|name| wrong.at(words, name).is_some());
    html! {
        details.extra open[said || bad] {
            summary { (words.t("editor-period")) }
            div.row.days {
                (Field::text("period-from", words.t("editor-period-from"), &typed.period_from).kind("date").required_look(true).draw(words, wrong))
                (Field::text("period-to", words.t("editor-period-to"), &typed.period_to).kind("date").required_look(true).draw(words, wrong))
            }
        }
    }
}

/// What it comes to, and what of it is not in it yet.
pub(super) fn summed(words: &Words, typed: &Typed, reckoned: &Reckoned) -> Markup {
    let Some(totals) = &reckoned.totals else { return html! { p.muted { (words.t("editor-no-sum")) } } };
    let lines = reckoned.left_out().filter_map(|place| typed.lines.get(place));
    let lines = lines.map(|line| words.t1("wrong-line", "line", line.counted));
    let discounts = reckoned.adjustment_left_out.then(|| words.t("editor-adjustments"));
    let without: Vec<String> = lines.chain(discounts).collect();
    html! {
        @if !without.is_empty() { p.hint.without { (words.t1("editor-without", "lines", without.join(", "))) } }
        (sums(words, totals))
    }
}

/// What it comes to, as the books reckon it.
fn sums(words: &Words, totals: &Totals) -> Markup {
    html! {
        dl.sums {
            div { dt { (words.t("sum-net")) } dd { (money(words, totals.lines_net)) } }
            @if totals.allowances.minor() != 0 { div { dt { (words.t("sum-allowances")) } dd { "−" (money(words, totals.allowances)) } } }
            @if totals.charges.minor() != 0 { div { dt { (words.t("sum-charges")) } dd { (money(words, totals.charges)) } } }
            @for tax in &totals.breakdown {
                div.sub { dt { (vat(words, tax.category, tax.rate)) " " span.muted { "· " (money(words, tax.taxable)) } } dd { (money(words, tax.tax)) } }
            }
            @if totals.prepaid.minor() != 0 { div { dt { (words.t("sum-prepaid")) } dd { "−" (money(words, totals.prepaid)) } } }
            @if totals.rounding.minor() != 0 { div { dt { (words.t("sum-rounding")) } dd { (money(words, totals.rounding)) } } }
            div.total { dt { (words.t("sum-to-pay")) } dd { (money(words, totals.amount_due)) } }
        }
    }
}
