//! The lines of the editor's form, with what only some of them need; and discounts and charges.

use super::reckon::Reckoned;
use super::row::{TypedAdjustment, TypedLine};
use super::tax::{self, TaxField};
use super::typed::Typed;
use super::unseen;
use crate::look::{Field, Wrong, choice, money};
use crate::words::Words;
use coffer_documents::numbers::amount;
use coffer_kernel::money::Money;
use maud::{Markup, html};

/// Empty lines offered where none is filled in: with a script one, as the next comes while the last is being written.
const SPARE_LINES: usize = 3;

/// The lines of the form, and a few empty ones beneath; whoever may keep things in the catalogue can do so at each.
pub(super) fn lines(
    words: &Words,
    (rates, keeps): (&[(String, String)], bool),
    typed: &Typed,
    reckoned: &Reckoned,
    wrong: &Wrong,
) -> Markup {
    let usual = tax::usual(rates).to_owned();
    let spare = if typed.lines.is_empty() { SPARE_LINES } else { 1 };
    let empty = TypedLine { tax: usual.clone(), unit: "C62".to_owned(), ..TypedLine::default() };
    let last = typed.lines.len();
    let line = |number: &str, line: &TypedLine, net: Option<Markup>, wrong: &Wrong| {
        line_fields(words, number, line, (rates, keeps), net, wrong)
    };
    html! {
        section.sec {
            header { h2 { (words.t("editor-lines")) } }
            div.lines #lines data-drop=(words.t1("line-drop", "line", "{}")) {
                div.line.head aria-hidden="true" {
                    span { (words.t("line-what")) } span.num { (words.t("line-quantity")) } span { (words.t("line-unit")) }
                    span.num { (words.t("line-price")) } span { (words.t("line-vat")) } span.num { (words.t("line-net")) }
                }
                @for (place, filled) in typed.lines.iter().enumerate() {
                    @let net = reckoned.nets.get(place).copied().flatten();
                    (line(&place.to_string(), filled, net.map(|sum| net_of(words, sum)), wrong))
                }
                (line(&last.to_string(), &empty, None, wrong))
                @if spare > 1 {
                    noscript { @for place in last + 1..last + spare { (line(&place.to_string(), &empty, None, wrong)) } }
                }
            }
            template #line { (line("N", &empty, None, &Wrong::default())) }
            div.acts data-script hidden {
                button.btn.small type="button" data-add-line { (words.t("editor-add-line")) }
                span.undo role="status" data-gone=(words.t1("editor-gone", "line", "{}")) {}
                button.btn.small.quiet type="button" data-undo hidden { (words.t("editor-undo")) }
            }
        }
    }
}

/// The longest net that stands in its column as large as others.
const WHOLE: usize = 12;

/// The longest that stands in its column at all.
const BESIDE: usize = 14;

/// What a line comes to: millions as large as anything else, more than that smaller, what has no room there beneath it; and
/// always whole.
pub(super) fn net_of(words: &Words, net: Money) -> Markup {
    let long = amount(words.language, net).chars().count();
    html! { @if long > WHOLE { span.long.alone[long > BESIDE] { (money(words, net)) } } @else { (money(words, net)) } }
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
    (rates, keeps): (&[(String, String)], bool),
    net: Option<Markup>,
    wrong: &Wrong,
) -> Markup {
    let name = |field: &str| format!("line-{number}-{field}");
    let (what, quantity, price) = (name("name"), name("quantity"), name("net_price"));
    let (unit, vat, rate) = (name("unit"), name("tax"), name("rate"));
    let cell =
        |name, label: &str, class, value, example: String| Cell { name, label: words.t(label), class, value, example };
    let place = number.parse::<usize>().map_or_else(|_| number.to_owned(), |number| (number + 1).to_string());
    let drop = words.t1("line-drop", "line", place);
    let errors: Vec<_> =
        [&what, &quantity, &price, &rate].into_iter().filter_map(|name| Some((name, wrong.at(words, name)?))).collect();
    html! {
        div.line.bad[!errors.is_empty()] data-line=(number) {
            @if !line.carried.is_empty() { input type="hidden" name=(name("carried")) value=(line.carried) data-carried; }
            (cell(&what, "line-what", "de", &line.name, words.t("line-what-example")).draw(words, wrong))
            (cell(&quantity, "line-quantity", "q", &line.quantity, "1".to_owned()).draw(words, wrong))
            div.cell.un { (choice(&unit, &words.t("line-unit"), &crate::look::units::units(words, &line.unit), &line.unit)) }
            (cell(&price, "line-price", "pr", &line.net_price, words.t("line-price-example")).draw(words, wrong))
            div.cell.vt { (TaxField { names: [&vat, &rate], rates, chosen: &line.tax, rate: &line.rate, says: false }.draw(words, wrong)) }
            output.ne.num for=(price) { @if let Some(net) = net { (net) } }
            button.x name="then" value={ "drop-" (number) } aria-label=(drop) title=(drop) { "×" }
            @for (name, error) in &errors { p.err id={ (name) "-error" } { (error) } }
            (line_more(words, number, line, keeps, wrong))
        }
    }
}

/// What only some lines need, under one word.
fn line_more(words: &Words, number: &str, line: &TypedLine, keeps: bool, wrong: &Wrong) -> Markup {
    let description = format!("line-{number}-description");
    let told = unseen::told(words, &line.carried);
    let filled = !line.description.is_empty() || !line.adjustments.is_empty() || !told.is_empty();
    html! {
        details.extra open[filled] {
            @let what = words.t(if keeps { "line-more-keep" } else { "line-more" });
            summary title=(what) { span.words { (what) } span.dots aria-hidden="true" { "⋯" } }
            div.stack {
                @if !told.is_empty() { p.muted data-carried { (told.join(" ")) } }
                (Field::text(&description, words.t("line-description"), &line.description).draw(words, wrong))
                (adjustments(words, &format!("line-{number}-"), &line.adjustments, None, wrong))
                @if keeps { div.acts data-keep-line hidden { button.btn.small type="button" { (words.t("line-keep")) } span.hint { (words.t("line-keep-hint")) } } }
            }
        }
    }
}

/// The discounts and charges of a line or of the whole, and an empty one beneath.
pub(super) fn adjustments(
    words: &Words,
    prefix: &str,
    typed: &[TypedAdjustment],
    rates: Option<&[(String, String)]>,
    wrong: &Wrong,
) -> Markup {
    let tax = rates.map(|rates| tax::usual(rates).to_owned()).unwrap_or_default();
    let spare = TypedAdjustment { tax, ..TypedAdjustment::default() };
    html! {
        div.stack {
            @for (place, typed) in typed.iter().chain([&spare]).enumerate() {
                (adjustment(words, &format!("{prefix}adjustment-{place}"), typed, rates, wrong))
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
    let (kind, amount, reason) = (name("kind"), name("amount"), name("reason"));
    let (vat, rate) = (name("tax"), name("rate"));
    let kinds = [
        ("allowance".to_owned(), words.t("adjustment-allowance")),
        ("charge".to_owned(), words.t("adjustment-charge")),
    ];
    let field = |name, label, value| Field::text(name, words.t(label), value).required_look(true);
    let how_much = field(&amount, "adjustment-how-much", &typed.amount).example(words.t("adjustment-example"));
    // A percentage of something else says of what.
    let how_much = match unseen::base_told(words, &typed.carried) {
        Some(base) => how_much.hint(base),
        None => how_much,
    };
    html! {
        div.row.adjustment {
            @if !typed.carried.is_empty() { input type="hidden" name=(name("carried")) value=(typed.carried); }
            (choice(&kind, &words.t("adjustment-kind"), &kinds, &typed.kind))
            (how_much.draw(words, wrong))
            (field(&reason, "adjustment-reason", &typed.reason).draw(words, wrong))
            @if let Some(rates) = rates { (TaxField { names: [&vat, &rate], rates, chosen: &typed.tax, rate: &typed.rate, says: true }.draw(words, wrong)) }
        }
    }
}
