//! From what was typed to what is kept: every field that cannot be read is named at once, and what the form does not show
//! of a draft stays as it was.

use super::numbers;
use super::typed::{Typed, TypedAdjustment, TypedLine, shown_amount};
use crate::look::Wrong;
use crate::words::Words;
use coffer_billing::invoices::content::{Content, InvoiceLine};
use coffer_kernel::Date;
use serde_json::{Map, Value, json};

/// Nothing yet, in this currency: what a new draft begins with.
pub(super) fn empty(currency: &str) -> Value {
    json!({ "currency": currency, "lines": [] })
}

/// What was typed, laid over what is kept of it.
pub(super) fn content(words: &Words, typed: &Typed, kept: &Value) -> Result<Content, Wrong> {
    let mut wrong = Wrong::default();
    let mut next = kept.as_object().cloned().unwrap_or_default();
    for (name, text) in texts(typed) {
        put(&mut next, name, text);
    }
    for (name, text) in [("delivered_on", &typed.delivered_on), ("due_on", &typed.due_on)] {
        if !text.is_empty() && text.parse::<Date>().is_err() {
            wrong.add(name, "field.date", Vec::new());
        }
        put(&mut next, name, text);
    }
    if !typed.currency.is_empty() {
        next.insert("currency".into(), json!(typed.currency));
    }
    let lines = typed.lines.iter().enumerate();
    let lines: Vec<Value> =
        lines.map(|(place, line)| read_line(words, place, line, &kept["lines"], &mut wrong)).collect();
    next.insert("lines".into(), Value::Array(lines));
    let adjustments = typed.adjustments.iter().enumerate();
    let adjustments: Vec<Value> = adjustments
        .map(|(place, typed)| {
            let at = format!("adjustment-{place}");
            let mut read = read_adjustment(words, &at, typed, &kept["adjustments"], &mut wrong);
            put_tax(&mut read, &typed.tax);
            Value::Object(read)
        })
        .collect();
    next.insert("adjustments".into(), Value::Array(adjustments));
    if wrong.any() {
        return Err(wrong);
    }
    serde_json::from_value(Value::Object(next)).map_err(|_| {
        // Every field was looked at above: what is left is a number beyond what the books hold.
        wrong.add("line-0-net_price", "money.too_large", Vec::new());
        wrong
    })
}

fn texts(typed: &Typed) -> [(&'static str, &str); 5] {
    [
        ("buyer_reference", &typed.buyer_reference),
        ("order_number", &typed.order_number),
        ("terms", &typed.terms),
        ("note", &typed.note),
        ("exemption_reason", &typed.exemption_reason),
    ]
}

/// Sets a text; an empty one is none.
fn put(object: &mut Map<String, Value>, name: &str, text: &str) {
    if text.is_empty() {
        object.remove(name);
    } else {
        object.insert(name.to_owned(), json!(text));
    }
}

fn put_tax(object: &mut Map<String, Value>, tax: &str) {
    let (category, rate) = tax.split_once(' ').unwrap_or(("S", "0"));
    object.insert("category".into(), json!(category));
    object.insert("rate".into(), json!(rate));
}

fn kept_at(kept: &Value, was: Option<usize>) -> Map<String, Value> {
    was.and_then(|place| kept.get(place)).and_then(Value::as_object).cloned().unwrap_or_default()
}

fn read_line(words: &Words, place: usize, line: &TypedLine, kept: &Value, wrong: &mut Wrong) -> Value {
    let at = |field: &str| format!("line-{place}-{field}");
    let mut next = kept_at(kept, line.was);
    if line.name.is_empty() {
        wrong.add(at("name"), "field.what", Vec::new());
    }
    next.insert("name".into(), json!(line.name));
    put(&mut next, "description", &line.description);
    put(&mut next, "unit", &line.unit);
    put_tax(&mut next, &line.tax);
    let quantity = if line.quantity.is_empty() { "1" } else { &line.quantity };
    for (field, text) in [("quantity", quantity), ("net_price", &line.net_price)] {
        if let Some(number) = number(words, &at(field), text, wrong) {
            next.insert(field.into(), json!(number));
        }
    }
    let mut adjustments = next.remove("adjustments").and_then(|kept| kept.as_array().cloned()).unwrap_or_default();
    let kept_adjustments = Value::Array(adjustments.clone());
    if line.adjustment.is_empty() {
        if line.adjustment.was.is_some() && !adjustments.is_empty() {
            adjustments.remove(0);
        }
    } else {
        let read = read_adjustment(words, &at("adjustment-0"), &line.adjustment, &kept_adjustments, wrong);
        match adjustments.first_mut() {
            Some(first) => *first = Value::Object(read),
            None => adjustments.push(Value::Object(read)),
        }
    }
    next.insert("adjustments".into(), Value::Array(adjustments));
    let next = Value::Object(next);
    if !wrong.any() && serde_json::from_value::<InvoiceLine>(next.clone()).is_err() {
        // Written like numbers, and larger than the books hold.
        wrong.add(at("net_price"), "money.too_large", Vec::new());
    }
    next
}

fn number(words: &Words, field: &str, text: &str, wrong: &mut Wrong) -> Option<String> {
    match numbers::read(words, text) {
        Ok(number) => Some(number),
        Err(unread) => {
            let (code, arguments) = unread.said();
            wrong.add(field, code, arguments);
            None
        }
    }
}

fn read_adjustment(
    words: &Words,
    at: &str,
    typed: &TypedAdjustment,
    kept: &Value,
    wrong: &mut Wrong,
) -> Map<String, Value> {
    let mut next = kept_at(kept, typed.was);
    let kind = if typed.kind == "charge" { "charge" } else { "allowance" };
    next.insert("kind".into(), json!(kind));
    next.insert("reason".into(), json!(typed.reason));
    if typed.was.is_some() && shown_amount(words, &Value::Object(next.clone())) == typed.amount {
        return next;
    }
    ["amount", "percent", "base"].iter().for_each(|name| drop(next.remove(*name)));
    let (name, text) =
        typed.amount.strip_suffix('%').map_or(("amount", typed.amount.as_str()), |text| ("percent", text));
    if let Some(number) = number(words, &format!("{at}-amount"), text.trim(), wrong) {
        next.insert(name.into(), json!(number));
    }
    next
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use coffer_documents::Language;

    fn line(name: &str, quantity: &str, price: &str) -> TypedLine {
        TypedLine {
            name: name.into(),
            quantity: quantity.into(),
            net_price: price.into(),
            tax: "S 19".into(),
            ..TypedLine::default()
        }
    }

    #[test]
    fn every_field_that_cannot_be_read_is_named_at_once() {
        let words = Words::of(Language::De);
        let typed = Typed {
            due_on: "gestern".into(),
            lines: vec![line("", "zwölf", "1.500"), line("Schild", "", "95")],
            ..Typed::default()
        };
        let wrong = content(words, &typed, &empty("EUR")).unwrap_err();
        for field in ["due_on", "line-0-name", "line-0-quantity", "line-0-net_price"] {
            assert!(wrong.at(words, field).is_some(), "{field}");
        }
        assert_eq!(wrong.at(words, "line-1-net_price"), None);
        let said = wrong.at(words, "line-0-net_price").unwrap();
        assert!(said.contains("1500") && said.contains("1,50"), "{said}");
    }

    #[test]
    fn what_the_form_does_not_show_of_a_draft_stays() {
        let words = Words::of(Language::En);
        let kept = json!({ "currency": "CHF", "prepaid": "10.00", "lines": [{ "name": "Screws", "quantity": "250",
            "net_price": "12.5", "base_quantity": "100", "unit": "C62", "category": "S", "rate": "19" }] });
        let mut changed = line("Screws, long", "300", "12.50");
        changed.was = Some(0);
        let typed = Typed { lines: vec![changed], ..Typed::default() };
        let content = content(words, &typed, &kept).unwrap();
        assert_eq!(content.currency.to_string(), "CHF");
        assert_eq!(content.prepaid.as_deref(), Some("10.00"));
        assert_eq!(content.lines[0].base_quantity.to_string(), "100");
        assert_eq!(
            (content.lines[0].name.as_str(), content.lines[0].quantity.to_string()),
            ("Screws, long", "300".into())
        );
    }

    #[test]
    fn a_discount_is_typed_as_an_amount_and_taken_out_by_emptying_it() {
        let words = Words::of(Language::En);
        let mut discounted = line("Sign", "2", "50");
        discounted.adjustment =
            TypedAdjustment { amount: "5.00".into(), reason: "Early order".into(), ..TypedAdjustment::default() };
        let typed = Typed { lines: vec![discounted], ..Typed::default() };
        let first = content(words, &typed, &empty("EUR")).unwrap();
        assert_eq!(first.lines[0].adjustments.len(), 1);
        let kept = serde_json::to_value(&first).unwrap();
        let mut emptied = line("Sign", "2", "50");
        (emptied.was, emptied.adjustment.was) = (Some(0), Some(0));
        let typed = Typed { lines: vec![emptied], ..Typed::default() };
        assert!(content(words, &typed, &kept).unwrap().lines[0].adjustments.is_empty());
    }
}
