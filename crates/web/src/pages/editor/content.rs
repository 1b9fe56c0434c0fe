//! From what was typed to what is kept: every field that cannot be read is named at once, and what the form does not show
//! of a draft goes along in it. The same for whoever looks, types, or saves: there is no other way to a draft of a page.

use super::row::{TypedAdjustment, TypedLine, shown_amount};
use super::typed::Typed;
use super::{numbers, reason, tax, unseen};
use crate::look::Wrong;
use crate::words::Words;
use coffer_billing::invoices::content::{Content, InvoiceLine};
use coffer_kernel::Date;
use serde_json::{Map, Value, json};

/// What was typed, with what the form carried along; in this currency where it names none.
pub(super) fn content(words: &Words, typed: &Typed, own: &str) -> Result<Content, Wrong> {
    let mut wrong = Wrong::default();
    let mut next = carried("carried", &typed.carried, &mut wrong);
    let currency = if typed.currency.is_empty() { own } else { &typed.currency };
    next.insert("currency".into(), json!(currency));
    for (name, text) in texts(typed) {
        put(&mut next, name, text);
    }
    for (name, text) in [("delivered_on", &typed.delivered_on), ("due_on", &typed.due_on)] {
        day(&mut next, name, (name, text), &mut wrong);
    }
    let mut period = Map::new();
    day(&mut period, "from", ("period-from", &typed.period_from), &mut wrong);
    day(&mut period, "to", ("period-to", &typed.period_to), &mut wrong);
    put_part(&mut next, "period", period);
    put_part(&mut next, "exemption_reasons", reason::written(typed));
    let mut place = next.remove("deliver_to").and_then(|place| place.as_object().cloned()).unwrap_or_default();
    put(&mut place, "country", &typed.deliver_country);
    put_part(&mut next, "deliver_to", place);
    let lines = typed.lines.iter().enumerate();
    let lines: Vec<Value> = lines.map(|(place, line)| read_line(words, place, line, &mut wrong)).collect();
    next.insert("lines".into(), Value::Array(lines));
    let adjustments = typed.adjustments.iter().enumerate();
    let adjustments: Vec<Value> = adjustments
        .map(|(place, typed)| {
            let at = format!("adjustment-{place}");
            let mut read = read_adjustment(words, &at, typed, &mut wrong);
            put_tax(words, &mut read, &at, (&typed.tax, &typed.rate), &mut wrong);
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

/// What the form brought back of what it does not show; a form that was changed on its way is not guessed at.
fn carried(name: &str, carried: &str, wrong: &mut Wrong) -> Map<String, Value> {
    unseen::read(carried).unwrap_or_else(|| {
        wrong.add(name, "form.unreadable", Vec::new());
        Map::new()
    })
}

/// Sets a day; the field that it is typed into has a name of its own.
fn day(object: &mut Map<String, Value>, name: &str, (field, text): (&str, &str), wrong: &mut Wrong) {
    if !text.is_empty() && text.parse::<Date>().is_err() {
        wrong.add(field, "field.date", Vec::new());
    }
    put(object, name, text);
}

/// Sets a part that has parts; without any it is none.
fn put_part(object: &mut Map<String, Value>, name: &str, part: Map<String, Value>) {
    object.remove(name);
    if !part.is_empty() {
        object.insert(name.to_owned(), Value::Object(part));
    }
}

fn texts(typed: &Typed) -> [(&'static str, &str); 4] {
    [
        ("buyer_reference", &typed.buyer_reference),
        ("order_number", &typed.order_number),
        ("terms", &typed.terms),
        ("note", &typed.note),
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

fn put_tax(words: &Words, object: &mut Map<String, Value>, at: &str, (tax, rate): (&str, &str), wrong: &mut Wrong) {
    let (category, listed) = tax.split_once(' ').unwrap_or(("S", "0"));
    let rate = if tax == tax::OTHER { tax::typed(words, rate) } else { Ok(listed.to_owned()) };
    match rate {
        Ok(rate) => object.extend([("category".to_owned(), json!(category)), ("rate".to_owned(), json!(rate))]),
        Err((code, arguments)) => wrong.add(format!("{at}-rate"), code, arguments),
    }
}

fn read_line(words: &Words, place: usize, line: &TypedLine, wrong: &mut Wrong) -> Value {
    let at = |field: &str| format!("line-{place}-{field}");
    let mut next = carried(&at("carried"), &line.carried, wrong);
    if line.name.is_empty() {
        wrong.add(at("name"), "field.what", Vec::new());
    }
    next.insert("name".into(), json!(line.name));
    put(&mut next, "description", &line.description);
    put(&mut next, "unit", &line.unit);
    put_tax(words, &mut next, &format!("line-{place}"), (&line.tax, &line.rate), wrong);
    let quantity = if line.quantity.is_empty() { "1" } else { &line.quantity };
    for (field, text) in [("quantity", quantity), ("net_price", &line.net_price)] {
        if let Some(number) = number(words, &at(field), text, wrong) {
            if field == "net_price" {
                unseen::follow_price(&mut next, &number);
            }
            next.insert(field.into(), json!(number));
        }
    }
    let adjustments = line.adjustments.iter().enumerate();
    let adjustments = adjustments.map(|(number, typed)| {
        Value::Object(read_adjustment(words, &at(&format!("adjustment-{number}")), typed, wrong))
    });
    next.insert("adjustments".into(), adjustments.collect());
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

fn read_adjustment(words: &Words, at: &str, typed: &TypedAdjustment, wrong: &mut Wrong) -> Map<String, Value> {
    let mut next = carried(&format!("{at}-carried"), &typed.carried, wrong);
    let kind = if typed.kind == "charge" { "charge" } else { "allowance" };
    next.insert("kind".into(), json!(kind));
    next.insert("reason".into(), json!(typed.reason));
    // As long as nobody changed it, it is what it was, with what it is a percentage of.
    if !typed.carried.is_empty() && shown_amount(words, &Value::Object(next.clone())) == typed.amount {
        return next;
    }
    unseen::HOW_MUCH.iter().for_each(|name| drop(next.remove(*name)));
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

    fn adjustment(amount: &str, reason: &str) -> TypedAdjustment {
        TypedAdjustment { amount: amount.into(), reason: reason.into(), ..TypedAdjustment::default() }
    }

    #[test]
    fn every_field_that_cannot_be_read_is_named_at_once() {
        let words = Words::of(Language::De);
        let other = |rate: &str| TypedLine { tax: tax::OTHER.into(), rate: rate.into(), ..line("Schild", "", "95") };
        let typed = Typed {
            due_on: "gestern".into(),
            period_to: "morgen".into(),
            lines: vec![
                line("", "zwölf", "1.500"),
                line("Schild", "", "95"),
                other("viel"),
                other("0"),
                other("8,5 %"),
            ],
            ..Typed::default()
        };
        let wrong = content(words, &typed, "EUR").unwrap_err();
        for field in ["due_on", "period-to", "line-0-name", "line-0-quantity", "line-0-net_price"] {
            assert!(wrong.at(words, field).is_some(), "{field}");
        }
        assert!(wrong.at(words, "line-2-rate").is_some() && wrong.at(words, "line-3-rate").is_some());
        assert_eq!((wrong.at(words, "line-1-net_price"), wrong.at(words, "line-4-rate")), (None, None));
        let said = wrong.at(words, "line-0-net_price").unwrap();
        assert!(said.contains("1500") && said.contains("1,50"), "{said}");
    }

    #[test]
    fn what_the_form_does_not_show_of_a_draft_goes_along_with_its_row() {
        let words = Words::of(Language::En);
        let mut changed = line("Screws, long", "300", "12.50");
        changed.carried =
            r#"{ "base_quantity": "100", "list_price": "15", "price_discount": "2.5", "net_price": "12.5",
            "period": { "from": "2026-10-01" } }"#
                .into();
        let carried = r#"{ "prepaid": "10.00", "deliver_to": { "city": "Basel" } }"#.into();
        let mut typed = Typed {
            carried,
            deliver_country: "CH".into(),
            lines: vec![line("New", "1", "1"), changed],
            ..Typed::default()
        };
        let read = content(words, &typed, "CHF").unwrap();
        assert_eq!((read.currency.to_string(), read.prepaid.as_deref()), ("CHF".to_owned(), Some("10.00")));
        let place = read.deliver_to.unwrap();
        assert_eq!((place.city.as_deref(), place.country.as_deref()), (Some("Basel"), Some("CH")));
        assert_eq!(read.lines[0].base_quantity.to_string(), "1", "a line that was not kept has nothing of another one");
        let screws = &read.lines[1];
        assert_eq!((screws.name.as_str(), screws.base_quantity.to_string()), ("Screws, long", "100".to_owned()));
        assert!(screws.list_price.is_some() && screws.period.is_some());
        // A list price belongs to the price that was lowered from it.
        typed.lines[1].net_price = "12".into();
        let read = content(words, &typed, "CHF").unwrap();
        assert_eq!((read.lines[1].list_price, read.lines[1].price_discount), (None, None));
        // What did not come back whole is not guessed at.
        typed.lines[1].carried.truncate(20);
        let wrong = content(words, &typed, "CHF").unwrap_err();
        assert!(wrong.at(words, "line-1-carried").is_some());
    }

    #[test]
    fn discounts_are_typed_as_amounts_or_percentages_and_taken_out_by_emptying_them() {
        let words = Words::of(Language::En);
        let mut discounted = line("Sign", "2", "50");
        discounted.adjustments = vec![adjustment("5.00", "Early order"), adjustment("10 %", "Loyalty")];
        let mut typed = Typed { lines: vec![discounted], ..Typed::default() };
        let first = content(words, &typed, "EUR").unwrap();
        let adjustments = &first.lines[0].adjustments;
        let (fixed, rate) = (&adjustments[0], &adjustments[1]);
        assert_eq!((fixed.amount.as_deref(), fixed.percent), (Some("5.00"), None));
        assert_eq!((rate.amount.as_deref(), rate.percent.map(|rate| rate.to_string())), (None, Some("10".to_owned())));
        // A percentage of something else stays that, until another amount is typed.
        let was = &mut typed.lines[0].adjustments[1];
        was.carried = r#"{ "percent": "10", "base": "80.00" }"#.into();
        let base = |typed: &Typed| content(words, typed, "EUR").unwrap().lines[0].adjustments[1].base.clone();
        assert_eq!(base(&typed).as_deref(), Some("80.00"));
        typed.lines[0].adjustments[1].amount = "12 %".into();
        assert_eq!(base(&typed), None);
        typed.lines[0].adjustments.clear();
        assert!(content(words, &typed, "EUR").unwrap().lines[0].adjustments.is_empty());
    }
}
