//! Why there is no VAT, for each category without it: in the words that EN 16931 and the law have for it, in the language of
//! the document, until somebody writes others.

use super::typed::Typed;
use crate::form::Fields;
use crate::look::sums::untaxed;
use crate::look::{Field, Wrong};
use crate::words::Words;
use coffer_billing::invoices::content::{Content, TaxCategory};
use coffer_documents::Language;
use maud::{Markup, html};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is said of each category; nothing empty.
pub(super) type Reasons = BTreeMap<TaxCategory, String>;

/// The one reason of a draft that a program wrote, or an older page.
const OF_ALL: &str = "exemption_reason";

/// The categories that need a reason where they are used.
fn every() -> impl Iterator<Item = TaxCategory> {
    TaxCategory::ALL.into_iter().filter(|category| category.needs_reason())
}

/// The name of a category's field.
fn field(category: TaxCategory) -> String {
    format!("exemption_reasons-{}", category.code())
}

/// The category of a field.
pub(in crate::pages) fn category(field: &str) -> Option<TaxCategory> {
    every().find(|category| self::field(*category) == field)
}

/// The field in which something is mended: one reason for all stands in that of an exemption where nothing needs it.
pub(super) fn placed(name: String) -> String {
    if name == OF_ALL { field(TaxCategory::E) } else { name }
}

/// The categories used that need a reason.
fn needed(typed: &Typed) -> BTreeSet<TaxCategory> {
    let lines = typed.lines.iter().map(|line| &line.tax);
    let all = lines.chain(typed.adjustments.iter().map(|adjustment| &adjustment.tax));
    let known = all.filter_map(|tax| TaxCategory::from_code(tax.split(' ').next()?));
    known.filter(|category| category.needs_reason()).collect()
}

/// What was typed.
pub(super) fn sent(typed: &Typed, fields: &Fields) -> Reasons {
    let own = every().map(|category| (category, fields.get(&field(category)).to_owned()));
    said(typed, own.collect(), fields.get(OF_ALL))
}

/// What a draft says.
pub(super) fn kept(typed: &Typed, content: &Content) -> Reasons {
    let own = content.exemption_reasons.each().map(|(category, reason)| (category, reason.to_owned()));
    said(typed, own.collect(), content.exemption_reason.as_deref().unwrap_or_default())
}

/// The one for all becomes that of each category that needs one and has none. What nothing needs is seen nevertheless, so that
/// it can be taken out.
fn said(typed: &Typed, mut own: Reasons, of_all: &str) -> Reasons {
    own.retain(|_, reason| !reason.is_empty());
    if !of_all.is_empty() {
        let mut places = needed(typed);
        if places.is_empty() {
            places.insert(TaxCategory::E);
        }
        for category in places {
            own.entry(category).or_insert_with(|| of_all.to_owned());
        }
    }
    own
}

/// As it is kept.
pub(super) fn written(typed: &Typed) -> Map<String, Value> {
    typed.exemption_reasons.iter().map(|(category, reason)| (category.code().to_owned(), json!(reason))).collect()
}

/// Whether one is needed that nobody wrote.
pub(super) fn is_lacking(typed: &Typed) -> bool {
    needed(typed).iter().any(|category| !typed.exemption_reasons.contains_key(category))
}

/// The usual words for each category that needs a reason, by its code. Empty where there are none, which is so of an
/// exemption: the article that it rests on says why.
pub(super) fn usual(typed: &Typed, language: Language) -> BTreeMap<&'static str, &'static str> {
    let words = |category: TaxCategory| (category.code(), language.exemption(category).unwrap_or_default());
    needed(typed).into_iter().map(words).collect()
}

/// Writes the usual words where one is needed that nobody wrote.
pub(super) fn explain(typed: &mut Typed, language: Language) {
    for category in needed(typed) {
        if let Some(words) = language.exemption(category) {
            typed.exemption_reasons.entry(category).or_insert_with(|| words.to_owned());
        }
    }
}

/// The fields: each is asked for where something is in its category, and nowhere else.
pub(super) fn reasons(words: &Words, typed: &Typed, language: Language, wrong: &Wrong) -> Markup {
    let usual = usual(typed, language);
    let asked = |category: &TaxCategory| {
        let there = usual.contains_key(category.code()) || typed.exemption_reasons.contains_key(category);
        there || wrong.at(words, &field(*category)).is_some()
    };
    let any = every().any(|category| asked(&category));
    html! {
        details.extra open[any] hidden[!any] data-free {
            summary { (words.t("editor-exemption")) }
            div.stack {
                p.hint { (words.t("editor-exemption-hint")) }
                @for category in every() {
                    div hidden[!asked(&category)] data-reason=(category.code()) data-usual=(usual.get(category.code()).copied().unwrap_or_default()) {
                        (one(words, category, typed, wrong))
                    }
                }
            }
        }
    }
}

/// The field of a category, by the category's name.
fn one(words: &Words, category: TaxCategory, typed: &Typed, wrong: &Wrong) -> Markup {
    let (name, label) = (field(category), untaxed(category).map(|key| words.t(key)).unwrap_or_default());
    let value = typed.exemption_reasons.get(&category).map_or("", String::as_str);
    let asked = Field::text(&name, label, value).required_look(true);
    // Where there are usual words, they stand in it.
    let exempt = category == TaxCategory::E;
    let asked = if exempt { asked.example(words.t("editor-exemption-example")) } else { asked };
    asked.draw(words, wrong)
}
