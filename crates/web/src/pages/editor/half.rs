//! What was typed and does not read yet, beside what does: kept with the draft as it was typed, and written into the form
//! again where it stood.

use super::reckon::reckon;
use super::row::{TypedAdjustment, TypedLine};
use super::typed::Typed;
use super::{reason, unseen};
use crate::look::field_name;
use crate::words::Words;
use coffer_billing::invoices::{Draft, Texts, Unfinished};
use std::collections::BTreeMap;

/// The fields of a row in which something stands.
fn filled<'a>(fields: impl IntoIterator<Item = (&'a str, &'a String)>) -> impl Iterator<Item = (String, String)> {
    let filled = fields.into_iter().filter(|(_, text)| !text.is_empty());
    filled.map(|(name, text)| (name.to_owned(), text.clone()))
}

/// A line as it was typed.
pub(super) fn of_line(line: &TypedLine) -> Texts {
    let own = [
        ("carried", &line.carried),
        ("name", &line.name),
        ("description", &line.description),
        ("quantity", &line.quantity),
        ("unit", &line.unit),
        ("net_price", &line.net_price),
        ("tax", &line.tax),
        ("rate", &line.rate),
    ];
    let parts = line.adjustments.iter().enumerate().flat_map(|(place, part)| {
        of_adjustment(part).into_iter().map(move |(name, text)| (format!("adjustment-{place}-{name}"), text))
    });
    filled(own).chain(parts).collect()
}

/// A discount or charge as it was typed.
pub(super) fn of_adjustment(part: &TypedAdjustment) -> Texts {
    let own = [
        ("carried", &part.carried),
        ("kind", &part.kind),
        ("amount", &part.amount),
        ("reason", &part.reason),
        ("tax", &part.tax),
        ("rate", &part.rate),
    ];
    filled(own).collect()
}

/// Rows that read and rows that do not, each at its place.
fn merged<T>(half: &BTreeMap<usize, Texts>, whole: impl Iterator<Item = T>, read: impl Fn(&Texts) -> T) -> Vec<T> {
    let (mut half, mut whole, mut rows) = (half.iter().peekable(), whole.peekable(), Vec::new());
    loop {
        let here = half.peek().is_some_and(|(place, _)| **place <= rows.len() || whole.peek().is_none());
        let next = if here { half.next().map(|(_, texts)| read(texts)) } else { whole.next() };
        let Some(row) = next else { return rows };
        rows.push(row);
    }
}

fn sent(texts: &Texts) -> Vec<(&str, &str)> {
    texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// The form with what does not read, where it stood.
pub(super) fn written_into(mut typed: Typed, unfinished: &Unfinished) -> Typed {
    let read = |texts: &Texts| TypedLine::of_sent(0, 0, &sent(texts));
    typed.lines = merged(&unfinished.lines, typed.lines.into_iter(), read);
    let read = |texts: &Texts| TypedAdjustment::of_sent(0, &sent(texts));
    typed.adjustments = merged(&unfinished.adjustments, typed.adjustments.into_iter(), read);
    typed.adjustments.iter_mut().enumerate().for_each(|(place, part)| part.number = place);
    for (name, text) in &unfinished.fields {
        if let Some(day) = typed.day(name) {
            day.clone_from(text);
        }
    }
    typed.drawn()
}

/// The name of a field in the form that a draft of these is drawn as. Of a draft's own rows only those are counted that read.
pub(in crate::pages) fn field_in_form(pointer: &str, unfinished: &Unfinished) -> String {
    if let Some(typed) = pointer.strip_prefix("/unfinished") {
        return field_name(typed);
    }
    let name = reason::placed(field_name(pointer));
    let placed = |row: &str, rows| {
        let (place, rest) = name.strip_prefix(row)?.split_once('-')?;
        Some(format!("{row}{}-{rest}", Unfinished::place(rows, place.parse().ok()?)))
    };
    let placed = placed("line-", &unfinished.lines).or_else(|| placed("adjustment-", &unfinished.adjustments));
    placed.unwrap_or(name)
}

/// What is wrong with what was typed into a draft and does not read yet: by its field, in a sentence.
pub(in crate::pages) fn unfinished(words: &Words, draft: &Draft) -> Vec<(String, String)> {
    if draft.unfinished.is_empty() {
        return Vec::new();
    }
    let (_, wrong) = reckon(words, &Typed::of_draft(words, draft), &draft.content.currency.to_string());
    let found = wrong.each(words).into_iter().map(|(name, said)| (name.to_owned(), said)).collect::<Vec<_>>();
    // It reads by now, and is kept as what it is as soon as somebody saves it.
    let reads = || vec![(String::new(), words.refusal("invoice.unfinished", &[]).unwrap_or_default())];
    if found.is_empty() { reads() } else { found }
}

/// What a copy takes along of it: without days and times, as of the rest.
pub(super) fn anew(unfinished: &Unfinished) -> Unfinished {
    let mut anew = unfinished.clone();
    anew.fields.clear();
    for carried in anew.lines.values_mut().filter_map(|texts| texts.get_mut("carried")) {
        let mut rest = unseen::read(carried).unwrap_or_default();
        rest.remove("period");
        *carried = serde_json::Value::Object(rest).to_string();
    }
    anew
}

/// Whether a form says anything besides whom it is for.
pub(super) fn says_something(typed: &Typed) -> bool {
    let texts = [&typed.note, &typed.terms, &typed.order_number, &typed.buyer_reference];
    let days = [&typed.due_on, &typed.delivered_on, &typed.period_from, &typed.period_to];
    let said = texts.into_iter().chain(days).any(|text| !text.is_empty());
    said || !typed.lines.is_empty() || !typed.adjustments.is_empty()
}
