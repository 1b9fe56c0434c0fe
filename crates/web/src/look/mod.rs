//! How pages look: the frame, and the parts that all of them are made of. Pure: words and views in, markup out.

pub(crate) mod answer;
pub(crate) mod assets;
pub(crate) mod chart;
mod frame;
pub(crate) mod list;
pub(crate) mod status;
pub(crate) mod sums;

pub(crate) use frame::{Frame, Head, inside, role_name};

use crate::words::Words;
use coffer_documents::numbers;
use coffer_kernel::Pointer;
use coffer_kernel::money::Money;
use maud::{DOCTYPE, Markup, html};

fn document(words: &Words, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Coffer" }
                link rel="stylesheet" href=(assets::stylesheet());
            }
            body { (body) }
        }
    }
}

/// A page without the rail: set-up, sign-in.
pub(crate) fn outside(words: &Words, aside: &str, title: &str, body: &Markup) -> Markup {
    let page = html! {
        main.plain {
            header { b { "Coffer" } span { (aside) } }
            (body)
        }
    };
    document(words, title, &page)
}

/// A page for a customer: the seller's name first, ours last and small.
pub(crate) fn public(words: &Words, seller: &str, title: &str, body: &Markup) -> Markup {
    let page = html! {
        main.plain {
            header { b { bdi { (seller) } } }
            (body)
            p.muted { small { "Coffer" } }
        }
    };
    document(words, title, &page)
}

/// An amount with its currency behind it.
pub(crate) fn money(words: &Words, amount: Money) -> Markup {
    html! { (numbers::amount(words.language, amount)) span.cur { (amount.currency()) } }
}

/// A field of a form: label, hint, control, error, in that order.
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) kind: &'a str,
    pub(crate) value: &'a str,
    pub(crate) required: bool,
    pub(crate) complete: &'a str,
    pub(crate) quiet: bool,
}

impl<'a> Field<'a> {
    /// A field of text.
    pub(crate) fn text(name: &'a str, label: String, value: &'a str) -> Self {
        Self { name, label, hint: None, kind: "text", value, required: false, complete: "off", quiet: false }
    }
    pub(crate) fn kind(self, kind: &'a str) -> Self {
        Self { kind, ..self }
    }
    pub(crate) fn required(self) -> Self {
        Self { required: true, ..self }
    }
    /// Without the word "optional", where only some of the lines need to be filled in.
    pub(crate) fn required_look(self, quiet: bool) -> Self {
        Self { quiet, ..self }
    }
    pub(crate) fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }
    pub(crate) fn complete(self, complete: &'a str) -> Self {
        Self { complete, ..self }
    }

    /// The field, with what is wrong with it.
    pub(crate) fn draw(&self, words: &Words, wrong: &Wrong) -> Markup {
        let error = wrong.at(self.name);
        let (hint_id, error_id) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let described = match (&self.hint, error) {
            (_, Some(_)) => Some(error_id.as_str()),
            (Some(_), None) => Some(hint_id.as_str()),
            (None, None) => None,
        };
        html! {
            div.field.bad[error.is_some()] {
                label for=(self.name) { (self.label) @if !self.required && !self.quiet { " " span.opt { (words.t("form-optional")) } } }
                @if let Some(hint) = &self.hint { p.hint id=(hint_id) { (hint) } }
                input.in id=(self.name) name=(self.name) type=(self.kind) value=(self.value) autocomplete=(self.complete)
                    required[self.required] aria-invalid=[error.map(|_| "true")] aria-describedby=[described];
                @if let Some(error) = error { p.err id=(error_id) { (error) } }
            }
        }
    }
}

/// A field that offers a choice.
pub(crate) fn choice(name: &str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            select.in id=(name) name=(name) {
                @for (value, text) in options { option value=(value) selected[value == chosen] { (text) } }
            }
        }
    }
}

/// What a refusal said, to be shown at its fields and above the form.
#[derive(Debug, Default, Clone)]
pub(crate) struct Wrong {
    pub(crate) summary: Option<String>,
    pub(crate) fields: Vec<(String, String)>,
}

impl Wrong {
    /// From a refusal; its pointers become the names of fields.
    pub(crate) fn of(refused: &impl coffer_kernel::Refuse) -> Self {
        let field = |pointer: &Pointer| (field_name(&pointer.pointer), pointer.detail.to_string());
        Self { summary: Some(refused.to_string()), fields: refused.pointers().iter().map(field).collect() }
    }

    /// The same, at one field.
    pub(crate) fn at_field(name: &str, refused: &impl coffer_kernel::Refuse) -> Self {
        Self { summary: None, fields: vec![(name.to_owned(), refused.to_string())] }
    }

    /// Whether nothing is wrong.
    pub(crate) const fn is_empty(&self) -> bool {
        self.summary.is_none() && self.fields.is_empty()
    }

    fn at(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, detail)| detail.as_str())
    }

    /// What stands above the form.
    pub(crate) fn draw(&self) -> Markup {
        html! {
            @if let Some(summary) = &self.summary {
                div.banner.alarm role="alert" { div {
                    b { (summary) }
                    @if !self.fields.is_empty() {
                        ul { @for (name, detail) in &self.fields { li { a href={ "#" (name) } { (detail) } } } }
                    }
                } }
            }
        }
    }
}

/// `/lines/0/net_price` is the field `line-0-net_price`.
fn field_name(pointer: &str) -> String {
    pointer.trim_start_matches('/').replacen("lines/", "line-", 1).replace('/', "-")
}
