//! What a form does not show of a draft, carried along in it: each row has its own, so that it stays with its row however
//! rows come and go, and what is shown, kept and printed is reckoned of the same.

use super::numbers;
use crate::words::Words;
use coffer_documents::numbers::date;
use coffer_kernel::money::Decimal;
use serde_json::{Map, Value};

/// What the form has fields for, or rows.
const SHOWN: [&str; 12] = [
    "currency",
    "buyer_reference",
    "order_number",
    "delivered_on",
    "due_on",
    "period",
    "terms",
    "note",
    "exemption_reason",
    "exemption_reasons",
    "lines",
    "adjustments",
];

/// The same of a line.
const SHOWN_OF_LINE: [&str; 8] =
    ["name", "description", "quantity", "unit", "net_price", "category", "rate", "adjustments"];

/// What says how much an adjustment is.
pub(super) const HOW_MUCH: [&str; 3] = ["amount", "percent", "base"];

/// Of a whole document; an empty object where it has nothing else, so that a form without it is known.
pub(super) fn of_document(kept: &Value) -> String {
    let mut rest = without(kept, &SHOWN);
    // A country alone has a field.
    if let Some(Value::Object(place)) = rest.get_mut("deliver_to") {
        place.remove("country");
        if place.is_empty() {
            rest.remove("deliver_to");
        }
    }
    Value::Object(rest).to_string()
}

/// Of a line: for how many its price is, of which list price it is, the time it is for.
pub(super) fn of_line(kept: &Value) -> String {
    let mut rest = without(kept, &SHOWN_OF_LINE);
    if number(&rest, "base_quantity") == Some(Decimal::ONE) {
        rest.remove("base_quantity");
    }
    // A list price belongs to the price that it was lowered to.
    if rest.contains_key("list_price") || rest.contains_key("price_discount") {
        rest.extend(kept.get("net_price").map(|price| ("net_price".to_owned(), price.clone())));
    }
    written(rest)
}

/// Of an adjustment: how much it is, where one field does not say all of it.
pub(super) fn of_adjustment(kept: &Value) -> String {
    let how: Map<String, Value> =
        HOW_MUCH.iter().filter_map(|name| Some(((*name).to_owned(), kept.get(*name)?.clone()))).collect();
    if how.len() > 1 { written(how) } else { String::new() }
}

/// What a form carried; nothing where it carried nothing, [`None`] where it cannot be read.
pub(super) fn read(carried: &str) -> Option<Map<String, Value>> {
    if carried.is_empty() { Some(Map::new()) } else { serde_json::from_str(carried).ok() }
}

/// A list price and its discount go with the price that they belong to.
pub(super) fn follow_price(line: &mut Map<String, Value>, typed: &str) {
    if number(line, "net_price").is_some_and(|price| typed.parse::<Decimal>() != Ok(price)) {
        line.remove("list_price");
        line.remove("price_discount");
    }
}

pub(super) fn number(of: &Map<String, Value>, name: &str) -> Option<Decimal> {
    of.get(name).and_then(Value::as_str).and_then(|text| text.parse().ok())
}

fn without(kept: &Value, shown: &[&str]) -> Map<String, Value> {
    let all = kept.as_object().cloned().unwrap_or_default();
    all.into_iter().filter(|(name, _)| !shown.contains(&name.as_str())).collect()
}

fn written(rest: Map<String, Value>) -> String {
    if rest.is_empty() { String::new() } else { Value::Object(rest).to_string() }
}

/// What a line carries, in words, as far as it says something about the price or the time.
pub(super) fn told(words: &Words, carried: &str) -> Vec<String> {
    let rest = read(carried).unwrap_or_default();
    let day = |name: &str| Some(date(words.language, rest.get("period")?.get(name)?.as_str()?.parse().ok()?));
    let number = |name: &str, decimals| Some(numbers::write(words, number(&rest, name)?, decimals));
    let period = match (day("from"), day("to")) {
        (Some(from), Some(to)) => Some(words.t_all("line-carried-time", &[("from", from), ("to", to)])),
        (Some(from), None) => Some(words.t1("line-carried-from", "day", from)),
        (None, Some(to)) => Some(words.t1("line-carried-to", "day", to)),
        (None, None) => None,
    };
    let base = number("base_quantity", 0).map(|base| words.t1("line-carried-base", "quantity", base));
    let list = number("list_price", 2).map(|price| words.t1("line-carried-list", "price", price));
    base.into_iter().chain(list).chain(period).collect()
}

/// What a percentage is of, in words, where an adjustment carries it.
pub(super) fn base_told(words: &Words, carried: &str) -> Option<String> {
    let base = number(&read(carried)?, "base")?;
    Some(words.t1("adjustment-base", "base", numbers::write(words, base, 2)))
}
