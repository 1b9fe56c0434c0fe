//! The editor's form: whose, what, when, and what it comes to. It works without any script; with one, lines come and go
//! and sums follow while one types.

use super::tax;
use super::typed::{Typed, TypedAdjustment, TypedLine};
use crate::look::{Field, Wrong, choice, money};
use crate::words::Words;
use coffer_billing::business::Business;
use coffer_billing::customers::{Customer, told_apart};
use coffer_billing::invoices::content::Totals;
use maud::{Markup, html};

/// Empty lines offered beneath those that are filled in.
const SPARE_LINES: usize = 3;
/// Currencies one can choose besides the one at hand.
const CURRENCIES: [&str; 12] = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY"];

/// Everything a form needs besides what was typed.
pub(super) struct Ground {
    pub(super) business: Business,
    pub(super) customers: Vec<Customer>,
    /// The draft it is about, where it is kept already.
    pub(super) draft: Option<String>,
    /// Whether whoever looks may delete it.
    pub(super) deletes: bool,
    /// Whether they may keep a line in the catalogue.
    pub(super) keeps: bool,
    /// The mark that makes it repeatable.
    pub(super) once: String,
}

/// The form, with what is wrong above it.
pub(super) fn form(words: &Words, ground: &Ground, typed: &Typed, totals: Option<&Totals>, wrong: &Wrong) -> Markup {
    let action = ground.draft.as_ref().map_or_else(|| "/invoices".to_owned(), |id| format!("/invoices/{id}"));
    let rates = tax::rates(words, &ground.business.country);
    let form = html! {
        form.stack.editor #editor method="post" action=(action) novalidate data-editor
            data-saving=(words.t("editor-saving")) data-unsaved=(words.t("editor-unsaved")) data-unread=(words.t("editor-unread")) data-line-word=(words.t1("wrong-line", "line", "{}")) data-add=(words.t("editor-add-customer"))
            data-keep=[ground.keeps.then(|| words.t("editor-keep-item"))] data-keep-then=(words.t("editor-keep-item-then")) {
            // What Enter in a field presses: never a button that takes something out.
            button.sr name="then" value="edit" tabindex="-1" aria-hidden="true" {}
            input type="hidden" name="once" value=(ground.once);
            input type="hidden" name="version" value=[typed.version];
            (whom(words, ground, typed, wrong))
            (lines(words, &rates, typed, totals, wrong))
            div.foot-grid {
                div.stack { (more(words, ground, typed, &rates, wrong)) }
                div #sums aria-live="polite" data-none=(words.t("editor-no-sum")) { @if let Some(totals) = totals { (sums(words, totals)) } @else { p.muted { (words.t("editor-no-sum")) } } }
            }
            div.barfoot {
                p.muted { (words.t("editor-issue-hint")) }
                @if let Some(id) = &ground.draft {
                    @if ground.deletes { a.btn.quiet.danger href={ "/invoices/" (id) "/delete" } { (words.t("delete-go")) } }
                    button.btn.quiet name="then" value="copy" { (words.t("editor-copy")) }
                }
                button.btn name="then" value="edit" { (words.t("editor-save")) }
                button.btn.main name="then" value="issue" data-key="ctrl+enter" { (words.t("editor-issue")) " " kbd { (words.t("key-ctrl-enter")) } }
            }
        }
    };
    wrong.above(words, &form)
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
            div data-list { (listed(words, ground, typed)) }
            div data-find="/customers/find" data-into="customer" data-label=(words.t("invoice-customer")) data-hint=(words.t("editor-whom-hint")) {
                (Field::text("new_customer", words.t("editor-customer-name"), &typed.new_customer).required_look(true).hint(words.t("editor-customer-hint")).draw(words, wrong))
            }
        }
        div.row data-currency=(own) {
            (Field::text("due_on", words.t("invoice-due"), &typed.due_on).kind("date").hint(words.t1("editor-due-hint", "days", ground.business.terms_days)).draw(words, wrong))
            (Field::text("delivered_on", words.t("editor-delivered"), &typed.delivered_on).kind("date").hint(words.t("editor-delivered-hint")).draw(words, wrong))
            (Field::text("order_number", words.t("editor-order"), &typed.order_number).hint(words.t("editor-order-hint")).draw(words, wrong))
            (choice("currency", &words.t("editor-currency"), &all, &typed.currency))
        }
    }
}

/// Everybody who may be billed. Who has a namesake is told apart; their name alone stands beside that, for the field that one
/// types names into.
fn listed(words: &Words, ground: &Ground, typed: &Typed) -> Markup {
    html! {
        div.field {
            label for="customer" { (words.t("invoice-customer")) }
            select.in id="customer" name="customer" {
                option value="" selected[typed.customer.is_empty()] { (words.t("editor-new-customer")) }
                @for customer in &ground.customers {
                    @let (id, name) = (customer.id.to_string(), customer.party.name.as_str());
                    @let apart = told_apart(customer, &ground.customers);
                    option value=(id) selected[id == typed.customer] data-name=[apart.as_ref().map(|_| name)] { (name) @if let Some(apart) = &apart { ", " (apart) } }
                }
            }
        }
    }
}

fn lines(words: &Words, rates: &[(String, String)], typed: &Typed, totals: Option<&Totals>, wrong: &Wrong) -> Markup {
    let usual = rates.first().map(|(code, _)| code.clone()).unwrap_or_default();
    let spare = if typed.lines.is_empty() { SPARE_LINES } else { 1 };
    let empty = TypedLine { tax: usual.clone(), unit: "C62".to_owned(), ..TypedLine::default() };
    let last = typed.lines.len();
    html! {
        section.sec {
            header { h2 { (words.t("editor-lines")) } }
            div.lines #lines {
                div.line.head aria-hidden="true" {
                    span { (words.t("line-what")) } span.num { (words.t("line-quantity")) } span { (words.t("line-unit")) }
                    span.num { (words.t("line-price")) } span { (words.t("line-vat")) } span.num { (words.t("line-net")) }
                }
                @for (place, line) in typed.lines.iter().enumerate() {
                    @let net = totals.and_then(|totals| totals.line_nets.get(place));
                    (line_fields(words, &place.to_string(), line, rates, net.map(|net| money(words, *net)), wrong))
                }
                @for place in last..last + spare { (line_fields(words, &place.to_string(), &empty, rates, None, wrong)) }
            }
            template #line { (line_fields(words, "N", &empty, rates, None, &Wrong::default())) }
            div.acts data-script hidden { button.btn.small type="button" data-add-line { (words.t("editor-add-line")) } }
        }
    }
}

/// One control of a line: its label is read aloud always and seen where there is no head above it.
struct Cell<'a> {
    name: &'a str,
    label: String,
    class: &'static str,
    value: &'a str,
    example: String,
}

impl Cell<'_> {
    fn draw(&self, words: &Words, wrong: &Wrong) -> Markup {
        let error = wrong.at(words, self.name);
        let id = format!("{}-error", self.name);
        html! {
            div class={ "cell " (self.class) } data-item=[(self.class == "de").then_some("/items/find")] {
                label for=(self.name) { (self.label) }
                input.in.num[self.class == "q" || self.class == "pr"] id=(self.name) name=(self.name) type="text" value=(self.value) autocomplete="off"
                    inputmode=[(self.class == "q" || self.class == "pr").then_some("decimal")] placeholder=(self.example)
                    aria-invalid=[error.as_ref().map(|_| "true")] aria-describedby=[error.as_ref().map(|_| id.as_str())];
            }
        }
    }
}

fn line_fields(
    words: &Words,
    number: &str,
    line: &TypedLine,
    rates: &[(String, String)],
    net: Option<Markup>,
    wrong: &Wrong,
) -> Markup {
    let name = |field: &str| format!("line-{number}-{field}");
    let (what, quantity, price) = (name("name"), name("quantity"), name("net_price"));
    let (unit, vat, was) = (name("unit"), name("tax"), line.was.map(|was| was.to_string()));
    let cell =
        |name, label: &str, class, value, example: String| Cell { name, label: words.t(label), class, value, example };
    let place = number.parse::<usize>().map_or_else(|_| number.to_owned(), |number| (number + 1).to_string());
    let drop = words.t1("line-drop", "line", place);
    let errors: Vec<_> =
        [&what, &quantity, &price].into_iter().filter_map(|name| Some((name, wrong.at(words, name)?))).collect();
    html! {
        div.line.bad[!errors.is_empty()] data-line=(number) {
            @if let Some(was) = was { input type="hidden" name=(name("was")) value=(was); }
            (cell(&what, "line-what", "de", &line.name, words.t("line-what-example")).draw(words, wrong))
            (cell(&quantity, "line-quantity", "q", &line.quantity, "1".to_owned()).draw(words, wrong))
            div.cell.un { (choice(&unit, &words.t("line-unit"), &crate::look::units::units(words, &line.unit), &line.unit)) }
            (cell(&price, "line-price", "pr", &line.net_price, words.t("line-price-example")).draw(words, wrong))
            div.cell.vt { (choice(&vat, &words.t("line-vat"), &tax::with(words, rates, &line.tax), &line.tax)) }
            output.ne.num for=(price) { @if let Some(net) = net { (net) } }
            button.x name="then" value={ "drop-" (number) } aria-label=(drop) title=(drop) { "×" }
            @for (name, error) in &errors { p.err id={ (name) "-error" } { (error) } }
            (line_more(words, number, line, wrong))
        }
    }
}

/// What only some lines need, under one word.
fn line_more(words: &Words, number: &str, line: &TypedLine, wrong: &Wrong) -> Markup {
    let description = format!("line-{number}-description");
    let prefix = format!("line-{number}-adjustment-0");
    let filled = !line.description.is_empty() || !line.adjustment.is_empty();
    html! {
        details.extra open[filled] {
            summary { (words.t("line-more")) }
            div.stack {
                (Field::text(&description, words.t("line-description"), &line.description).draw(words, wrong))
                (adjustment(words, &prefix, &line.adjustment, None, wrong))
            }
        }
    }
}

/// A discount or charge; with VAT of its own where it is on the whole document.
fn adjustment(
    words: &Words,
    prefix: &str,
    typed: &TypedAdjustment,
    rates: Option<&[(String, String)]>,
    wrong: &Wrong,
) -> Markup {
    let name = |field: &str| format!("{prefix}-{field}");
    let (kind, amount, reason, vat) = (name("kind"), name("amount"), name("reason"), name("tax"));
    let kinds = [
        ("allowance".to_owned(), words.t("adjustment-allowance")),
        ("charge".to_owned(), words.t("adjustment-charge")),
    ];
    let was = typed.was.map(|was| was.to_string());
    html! {
        div.row.adjustment {
            @if let Some(was) = was { input type="hidden" name=(name("was")) value=(was); }
            (choice(&kind, &words.t("adjustment-kind"), &kinds, &typed.kind))
            (Field::text(&amount, words.t("payment-amount"), &typed.amount).required_look(true).draw(words, wrong))
            (Field::text(&reason, words.t("adjustment-reason"), &typed.reason).required_look(true).draw(words, wrong))
            @if let Some(rates) = rates { (choice(&vat, &words.t("line-vat"), &tax::with(words, rates, &typed.tax), &typed.tax)) }
        }
    }
}

/// What only some invoices need.
fn more(words: &Words, ground: &Ground, typed: &Typed, rates: &[(String, String)], wrong: &Wrong) -> Markup {
    let usual = rates.first().map(|(code, _)| code.clone()).unwrap_or_default();
    let spare = TypedAdjustment { tax: usual, ..TypedAdjustment::default() };
    let free = typed.lines.iter().any(|line| !line.tax.is_empty() && !line.tax.starts_with("S "));
    let told = [&typed.buyer_reference, &typed.terms].into_iter().any(|text| !text.is_empty());
    let at = |name: &str| wrong.at(words, name).is_some();
    html! {
        (Field::text("note", words.t("editor-note"), &typed.note).kind("area").hint(words.t("editor-note-hint")).draw(words, wrong))
        details.extra open[!typed.adjustments.is_empty()] {
            summary { (words.t("editor-adjustments")) }
            div.stack {
                @for (place, typed) in typed.adjustments.iter().chain([&spare]).enumerate() {
                    (adjustment(words, &format!("adjustment-{place}"), typed, Some(rates), wrong))
                }
            }
        }
        // It is asked for where something is free of VAT, and nowhere else.
        @let asked = free || !typed.exemption_reason.is_empty() || at("exemption_reason");
        details.extra open[asked] hidden[!asked] data-free {
            summary { (words.t("editor-exemption")) }
            (Field::text("exemption_reason", words.t("editor-exemption-words"), &typed.exemption_reason).hint(words.t("editor-exemption-hint")).draw(words, wrong))
        }
        details.extra open[told] {
            summary { (words.t("editor-more")) }
            div.stack {
                (Field::text("buyer_reference", words.t("editor-reference"), &typed.buyer_reference).hint(words.t("editor-reference-hint")).draw(words, wrong))
                (Field::text("terms", words.t("editor-terms"), &typed.terms).hint(words.t1("editor-terms-hint", "days", ground.business.terms_days)).draw(words, wrong))
            }
        }
    }
}

/// What it comes to, as the books reckon it.
pub(super) fn sums(words: &Words, totals: &Totals) -> Markup {
    html! {
        dl.sums {
            div { dt { (words.t("sum-net")) } dd { (money(words, totals.lines_net)) } }
            @if totals.allowances.minor() != 0 { div { dt { (words.t("sum-allowances")) } dd { "−" (money(words, totals.allowances)) } } }
            @if totals.charges.minor() != 0 { div { dt { (words.t("sum-charges")) } dd { (money(words, totals.charges)) } } }
            @for tax in &totals.breakdown {
                div.sub { dt { (tax_of(words, tax.category.code(), &tax.rate.to_string())) " · " (money(words, tax.taxable)) } dd { (money(words, tax.tax)) } }
            }
            @if totals.prepaid.minor() != 0 { div { dt { (words.t("sum-prepaid")) } dd { "−" (money(words, totals.prepaid)) } } }
            div.total { dt { (words.t("sum-to-pay")) } dd { (money(words, totals.amount_due)) } }
        }
    }
}

fn tax_of(words: &Words, category: &str, rate: &str) -> String {
    let code = format!("{category} {rate}");
    let named = tax::with(words, &tax::rates(words, ""), &code);
    named.into_iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}
