//! Fields of forms: label, hint, control, what is wrong, in that order.

use super::Wrong;
use crate::words::Words;
use maud::{Markup, html};

/// A field.
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) kind: &'a str,
    pub(crate) value: &'a str,
    pub(crate) required: bool,
    pub(crate) complete: &'a str,
    pub(crate) quiet: bool,
    pub(crate) key: Option<&'a str>,
    pub(crate) example: Option<String>,
    pub(crate) first: bool,
}

impl<'a> Field<'a> {
    /// A field of text.
    pub(crate) fn text(name: &'a str, label: String, value: &'a str) -> Self {
        let (hint, key, example) = (None, None, None);
        let (required, quiet, first) = (false, false, false);
        Self { name, label, hint, kind: "text", value, required, complete: "off", quiet, key, example, first }
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
    /// What could stand there, shown as long as nothing does.
    pub(crate) fn example(self, example: String) -> Self {
        Self { example: Some(example), ..self }
    }
    /// The key that leads to it.
    pub(crate) fn key(self, key: &'a str) -> Self {
        Self { key: Some(key), ..self }
    }
    pub(crate) fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }
    pub(crate) fn complete(self, complete: &'a str) -> Self {
        Self { complete, ..self }
    }

    /// The one that the page is for: whoever comes there types at once. Where something is wrong that is read first.
    pub(crate) fn first(self) -> Self {
        Self { first: true, ..self }
    }

    /// The field, with what is wrong with it.
    pub(crate) fn draw(&self, words: &Words, wrong: &Wrong) -> Markup {
        let error = wrong.at(words, self.name);
        let (hint_id, error_id) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let described = match (&self.hint, &error) {
            (_, Some(_)) => Some(error_id.as_str()),
            (Some(_), None) => Some(hint_id.as_str()),
            (None, None) => None,
        };
        html! {
            div.field.bad[error.is_some()] {
                label for=(self.name) { (self.label) @if !self.required && !self.quiet { " " span.opt { (words.t("form-optional")) } } }
                @if let Some(hint) = &self.hint { p.hint id=(hint_id) { (hint) } }
                @let invalid = error.as_ref().map(|_| "true");
                @if self.kind == "area" {
                    textarea.in id=(self.name) name=(self.name) rows="3" aria-invalid=[invalid] aria-describedby=[described] { (self.value) }
                } @else {
                    input.in id=(self.name) name=(self.name) type=(self.kind) value=(self.value) autocomplete=(self.complete) placeholder=[self.example.as_deref()]
                        required[self.required] autofocus[self.first && !wrong.any()] data-key=[self.key] aria-invalid=[invalid] aria-describedby=[described];
                }
                @if let Some(error) = &error { p.err id=(error_id) { (error) } }
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
