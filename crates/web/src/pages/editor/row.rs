//! A row of the editor's form, as it was typed; and a kept one as it is written into it.

use super::typed::Typed;
use super::{numbers, tax, unseen};
use crate::words::Words;
use coffer_kernel::money::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;

/// What was sent of one row: what stands behind its number in the names of its fields, and what was typed there.
type Sent<'a> = Vec<(&'a str, &'a str)>;

/// As many rows as show that there are too many: the books refuse them, and no page is drawn of more.
const MOST: usize = 1_001;

/// The rows of this name by their number: `line-3-unit` is the unit of line 3. How many there may be is for the books to say.
pub(super) fn rows<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>, name: &str) -> BTreeMap<usize, Sent<'a>> {
    let mut rows = BTreeMap::<usize, Sent<'a>>::new();
    for (field, value) in fields {
        let place = field.strip_prefix(name).and_then(|rest| rest.strip_prefix('-')?.split_once('-'));
        if let Some((Ok(number), rest)) = place.map(|(number, rest)| (number.parse(), rest))
            && (rows.len() < MOST || rows.contains_key(&number))
        {
            rows.entry(number).or_default().push((rest, value));
        }
    }
    rows
}

fn text(sent: &Sent<'_>, name: &str) -> String {
    sent.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()).unwrap_or_default()
}

/// A line of the form.
#[derive(Default, Clone)]
pub(super) struct TypedLine {
    /// Its number in the form; gaps stay where lines were taken out.
    pub(super) number: usize,
    /// Which line it is to whoever counts them, from one.
    pub(super) counted: usize,
    /// What the form does not show of it.
    pub(super) carried: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) quantity: String,
    pub(super) unit: String,
    pub(super) net_price: String,
    pub(super) tax: String,
    /// The rate, where one is typed.
    pub(super) rate: String,
    pub(super) adjustments: Vec<TypedAdjustment>,
}

impl TypedLine {
    pub(super) fn of_sent(place: usize, number: usize, sent: &Sent<'_>) -> Self {
        let at = |name: &str| text(sent, name);
        Self {
            number,
            counted: place + 1,
            carried: at("carried"),
            name: at("name"),
            description: at("description"),
            quantity: at("quantity"),
            unit: at("unit"),
            net_price: at("net_price"),
            tax: at("tax"),
            rate: at("rate"),
            adjustments: TypedAdjustment::all_of(sent.iter().copied()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let texts = [&self.name, &self.description, &self.quantity, &self.net_price];
        texts.into_iter().all(String::is_empty) && self.adjustments.is_empty()
    }

    pub(super) fn of_kept(words: &Words, number: usize, kept: &Value) -> Self {
        let text = |name: &str| kept.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let decimal = |name: &str, decimals| {
            let read = kept.get(name).and_then(Value::as_str).and_then(|text| text.parse::<Decimal>().ok());
            read.map(|number| numbers::write(words, number, decimals)).unwrap_or_default()
        };
        Self {
            number,
            counted: number + 1,
            carried: unseen::of_line(kept),
            name: text("name"),
            description: text("description"),
            quantity: decimal("quantity", 0),
            unit: text("unit"),
            net_price: decimal("net_price", 2),
            tax: tax::code(kept),
            rate: String::new(),
            adjustments: TypedAdjustment::all_of_kept(words, kept),
        }
    }
}

/// A discount or charge, on a line or on the whole.
#[derive(Default, Clone)]
pub(super) struct TypedAdjustment {
    pub(super) number: usize,
    /// How much it was, where its field does not say all of it.
    pub(super) carried: String,
    /// `allowance` or `charge`.
    pub(super) kind: String,
    /// An amount, or a percentage with its sign behind it.
    pub(super) amount: String,
    pub(super) reason: String,
    pub(super) tax: String,
    /// The rate, where one is typed.
    pub(super) rate: String,
}

impl TypedAdjustment {
    /// Those in which something stands.
    pub(super) fn all_of<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Self> {
        let rows = rows(fields, "adjustment").into_iter();
        rows.map(|(number, sent)| Self::of_sent(number, &sent)).filter(|typed| !typed.is_empty()).collect()
    }

    pub(super) fn of_sent(number: usize, sent: &Sent<'_>) -> Self {
        let at = |name: &str| text(sent, name);
        Self {
            number,
            carried: at("carried"),
            kind: at("kind"),
            amount: at("amount"),
            reason: at("reason"),
            tax: at("tax"),
            rate: at("rate"),
        }
    }

    fn is_empty(&self) -> bool {
        self.amount.is_empty() && self.reason.is_empty()
    }

    /// Those of a kept line, or of a kept document.
    pub(super) fn all_of_kept(words: &Words, kept: &Value) -> Vec<Self> {
        let all = kept.get("adjustments").and_then(Value::as_array).into_iter().flatten();
        all.enumerate().map(|(place, kept)| Self::of_kept(words, place, kept)).collect()
    }

    fn of_kept(words: &Words, number: usize, kept: &Value) -> Self {
        let text = |name: &str| kept.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            number,
            carried: unseen::of_adjustment(kept),
            kind: text("kind"),
            amount: shown_amount(words, kept),
            reason: text("reason"),
            tax: tax::code(kept),
            rate: String::new(),
        }
    }
}

/// How the amount of a kept discount or charge is written into the form.
pub(super) fn shown_amount(words: &Words, kept: &Value) -> String {
    let number = |name: &str| kept.get(name).and_then(Value::as_str).and_then(|text| text.parse::<Decimal>().ok());
    match (number("percent"), number("amount")) {
        (Some(percent), _) => format!("{} %", numbers::write(words, percent, 0)),
        (None, Some(amount)) => numbers::write(words, amount, 2),
        (None, None) => String::new(),
    }
}

/// The name of a field as it stands in the form, where rows taken out leave gaps.
pub(super) fn in_the_form(name: &str, typed: &Typed) -> String {
    let of_line = || {
        let (place, rest) = name.strip_prefix("line-")?.split_once('-')?;
        let line = typed.lines.get(place.parse::<usize>().ok()?)?;
        let rest = of_adjustment(rest, &line.adjustments).unwrap_or_else(|| rest.to_owned());
        Some(format!("line-{}-{rest}", line.number))
    };
    of_line().or_else(|| of_adjustment(name, &typed.adjustments)).unwrap_or_else(|| name.to_owned())
}

fn of_adjustment(name: &str, typed: &[TypedAdjustment]) -> Option<String> {
    let (place, rest) = name.strip_prefix("adjustment-")?.split_once('-')?;
    let adjustment = typed.get(place.parse::<usize>().ok()?)?;
    Some(format!("adjustment-{}-{rest}", adjustment.number))
}
