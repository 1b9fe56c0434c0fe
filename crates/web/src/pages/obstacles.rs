//! What stands in the way of issuing a draft, by the rules that issuing itself asks: each once, by the labels of where it is
//! mended, why, and the way there, for whoever may mend it.

use super::editor::half::{self, field_in_form};
use super::editor::reason;
use super::invoices::may;
use crate::look::named_way;
use crate::look::sums::untaxed;
use crate::visitor::{Inside, and_back};
use crate::words::Words;
use coffer_billing::invoices::Draft;
use coffer_kernel::{Action, Pointer};
use maud::{Markup, html};

/// How many are listed: a draft of a thousand lines may have one on each.
const MOST: usize = 25;

/// What half a line is refused as.
const UNFINISHED: &str = "invoice.unfinished";

/// Where the fields of a draft's own form stand for whoever looks at it.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    /// The way to a field; of none, to the form.
    pub(super) way: &'a dyn Fn(&str) -> String,
    /// Which line a row with something in it is to whoever counts them as they stand there, from one.
    pub(super) line: &'a dyn Fn(usize) -> usize,
}

/// One thing that stands in the way, and everywhere that it is mended.
pub(super) struct Obstacle {
    codes: Vec<&'static str>,
    /// What each place is called, and the way to it, if whoever looks may mend it.
    places: Vec<(Option<String>, Option<String>)>,
    why: String,
}

impl Obstacle {
    fn at(person: &Inside, code: &'static str, why: String, place: (Action, Option<String>, Option<String>)) -> Self {
        let (action, label, way) = place;
        Self { codes: vec![code], places: vec![(label, may(person, action).then_some(way).flatten())], why }
    }

    /// All of them.
    pub(super) fn all(person: &Inside, draft: &Draft, found: Vec<Pointer>, at: Places<'_>) -> Vec<Self> {
        let words = person.words;
        let half = half::unfinished(words, draft);
        let half = half.into_iter().map(|(field, why)| Self::at(person, UNFINISHED, why, of_form(words, &field, at)));
        half.chain(Self::by_rules(person, draft, found, at)).collect()
    }

    /// Those that rules name. Several rules can ask for the same, and one at several places: it is said once.
    pub(super) fn by_rules(person: &Inside, draft: &Draft, found: Vec<Pointer>, at: Places<'_>) -> Vec<Self> {
        let words = person.words;
        let one = |pointer: Pointer| {
            let number = pointer.rule.is_some_and(|rule| rule.ends_with("-02"));
            let said = || words.refusal(pointer.code, &pointer.arguments);
            let why = if number { Some(words.t("missing-tax-id-why")) } else { said() };
            let place = place(words, draft, &pointer.pointer, at);
            Self::at(person, pointer.code, why.unwrap_or_else(|| pointer.detail.into_owned()), place)
        };
        let mut all: Vec<Self> = Vec::new();
        for one in found.into_iter().map(one) {
            match all.iter_mut().find(|known| known.why == one.why) {
                Some(known) => known.join(one),
                None => all.push(one),
            }
        }
        all
    }

    fn join(&mut self, other: Self) {
        for code in other.codes {
            if !self.codes.contains(&code) {
                self.codes.push(code);
            }
        }
        for place in other.places {
            if !self.places.contains(&place) {
                self.places.push(place);
            }
        }
    }

    /// What it is called wherever it is mended, the way there, and why.
    pub(super) fn draw(&self, words: &Words) -> Markup {
        let named: Vec<_> =
            self.places.iter().filter_map(|(label, way)| Some((label.as_deref()?, way.as_deref()))).collect();
        html! {
            @for (place, (label, way)) in named.iter().take(MOST).enumerate() {
                @if place > 0 { " · " }
                (named_way(label, *way))
            }
            @if named.len() > MOST { " · " (words.t1("wrong-more", "count", named.len() - MOST)) }
            @if named.is_empty() { (named_way(&self.why, self.way())) } @else { ": " (self.why) }
        }
    }

    /// The way to where it is mended first, if whoever looks may.
    pub(super) fn way(&self) -> Option<&str> {
        self.places.iter().find_map(|(_, way)| way.as_deref())
    }
}

/// The page on which somebody reads of it, by the way from there to the draft's form: whoever mends it elsewhere comes back to
/// it. In the editor the form is a place on the page itself.
pub(super) fn back(draft: &Draft, form: &str) -> String {
    let page = if form.starts_with('#') { "edit" } else { "issue" };
    format!("/invoices/{}/{page}", draft.id)
}

/// Who may mend it, what it is called, and where it stands.
fn place(words: &Words, draft: &Draft, pointer: &str, at: Places<'_>) -> (Action, Option<String>, Option<String>) {
    let customer = draft.customer;
    if let Some(field) = pointer.strip_prefix("/seller/") {
        let label = if field == "vat_id" { "missing-seller-tax-id" } else { "missing-seller-details" };
        let way = format!("{}#{field}", and_back("/settings", &back(draft, &(at.way)(""))));
        return (Action::ReviseBusiness, Some(words.t(label)), Some(way));
    }
    if let Some(field) = pointer.strip_prefix("/buyer/") {
        let label = if field == "vat_id" { "missing-buyer-tax-id" } else { "missing-buyer-details" };
        let way = format!("{}#{field}", and_back(&format!("/customers/{customer}/edit"), &back(draft, &(at.way)(""))));
        return (Action::ReviseCustomer, Some(words.t(label)), Some(way));
    }
    of_form(words, &field_in_form(pointer, &draft.unfinished), at)
}

/// The same of a field of the draft's own form.
fn of_form(words: &Words, name: &str, at: Places<'_>) -> (Action, Option<String>, Option<String>) {
    let place = name.strip_prefix("line-").and_then(|rest| rest.split_once('-'));
    if let Some((Ok(place), field)) = place.map(|(place, field)| (place.parse::<usize>(), field)) {
        let (label, field) = of_line(field);
        let label = format!("{}, {}", words.t1("wrong-line", "line", (at.line)(place)), words.t(label));
        return (Action::ReviseInvoice, Some(label), Some((at.way)(&format!("line-{place}-{field}"))));
    }
    let (label, field) = of_document(name);
    (Action::ReviseInvoice, label.map(|label| words.t(label)), Some((at.way)(&field)))
}

/// What a field of a line is called, and the field of the form in which it is mended.
fn of_line(field: &str) -> (&'static str, String) {
    if field.starts_with("adjustment-") {
        return ("adjustment-kind", of_adjustment(field));
    }
    let (label, field) = match field {
        "quantity" => ("line-quantity", field),
        "unit" => ("line-unit", field),
        "description" => ("line-description", field),
        "net_price" | "list_price" | "price_discount" | "base_quantity" => ("line-price", "net_price"),
        "category" | "rate" | "tax" => ("line-vat", "tax"),
        _ => ("line-what", "name"),
    };
    (label, field.to_owned())
}

/// The same of the whole document; what the form has no field for has no label.
fn of_document(name: &str) -> (Option<&'static str>, String) {
    if name.starts_with("adjustment-") {
        return (Some("editor-adjustments"), of_adjustment(name));
    }
    if let Some(category) = reason::category(name) {
        return (untaxed(category), name.to_owned());
    }
    let (label, field) = match name {
        "due_on" => (Some("invoice-due"), name),
        "delivered_on" => (Some("editor-delivered"), name),
        "deliver_to-country" => (Some("editor-abroad-country"), name),
        "period" | "period-from" => (Some("editor-period"), "period-from"),
        "period-to" => (Some("editor-period"), name),
        "lines" => (Some("editor-lines"), name),
        "note" => (Some("editor-note"), name),
        "terms" => (Some("editor-terms"), name),
        "buyer_reference" => (Some("editor-reference"), name),
        "order_number" => (Some("editor-order"), name),
        "prepaid" => (Some("sum-prepaid"), ""),
        "rounding" => (Some("sum-rounding"), ""),
        _ => (None, ""),
    };
    (label, field.to_owned())
}

/// A percentage is typed where the amount is, and a rate where its category is.
fn of_adjustment(name: &str) -> String {
    let (row, field) = name.rsplit_once('-').unwrap_or((name, ""));
    let field = match field {
        "reason" | "kind" => field,
        "category" | "rate" => "tax",
        _ => "amount",
    };
    format!("{row}-{field}")
}

/// A list of them.
pub(super) fn list(words: &Words, all: &[Obstacle]) -> Markup {
    html! {
        ul {
            @for one in all.iter().take(MOST) { li data-rule=(one.codes.join(" ")) { (one.draw(words)) } }
            @if all.len() > MOST { li { (words.t1("wrong-more", "count", all.len() - MOST)) } }
        }
    }
}
