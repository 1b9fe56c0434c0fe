//! What stands in the form of an item, as it was typed; and an item as it is written into it.

use super::tax_code;
use crate::form::Fields;
use crate::look::Wrong;
use crate::pages::editor::{numbers, tax};
use crate::words::Words;
use coffer_billing::catalogue::{Item, Particulars};
use serde_json::{Map, Value, json};

/// What stands in the form.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) unit: String,
    pub(super) currency: String,
    pub(super) net_price: String,
    pub(super) tax: String,
    /// The rate, where one is typed.
    pub(super) rate: String,
    /// The version of the item that the form was drawn of.
    pub(super) version: Option<i64>,
}

impl Typed {
    pub(super) fn of_fields(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        Self {
            name: text("name"),
            description: text("description"),
            unit: text("unit"),
            currency: text("currency"),
            net_price: text("net_price"),
            tax: text("tax"),
            rate: text("rate"),
            version: fields.get("version").parse().ok(),
        }
    }

    pub(super) fn of_item(words: &Words, item: &Item) -> Self {
        let said = &item.particulars;
        let decimals = usize::try_from(item.currency.exponent()).unwrap_or_default();
        Self {
            name: said.name.clone(),
            description: said.description.clone().unwrap_or_default(),
            unit: said.unit.clone(),
            currency: item.currency.to_string(),
            net_price: numbers::write(words, said.net_price.get(), decimals),
            tax: tax_code(item),
            rate: String::new(),
            version: Some(item.version),
        }
    }

    /// As the catalogue keeps it, or every field that cannot be read.
    pub(super) fn particulars(&self, words: &Words) -> Result<Particulars, Wrong> {
        let mut wrong = Wrong::default();
        if self.name.is_empty() {
            wrong.add("name", "item.name_missing", Vec::new());
        }
        let price = numbers::read(words, &self.net_price).unwrap_or_else(|unread| {
            let (code, arguments) = unread.said();
            wrong.add("net_price", code, arguments);
            String::new()
        });
        let (category, listed) = self.tax.split_once(' ').unwrap_or((&self.tax, "0"));
        let rate = if self.tax == tax::OTHER { tax::typed(words, &self.rate) } else { Ok(listed.to_owned()) };
        let rate = rate.unwrap_or_else(|(code, arguments)| {
            wrong.add("rate", code, arguments);
            String::new()
        });
        if wrong.any() {
            return Err(wrong);
        }
        let texts = [
            ("name", self.name.as_str()),
            ("description", &self.description),
            ("unit", &self.unit),
            ("currency", &self.currency),
            ("net_price", &price),
            ("category", category),
            ("rate", &rate),
        ];
        let said: Map<String, Value> = texts
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| (name.to_owned(), json!(text)))
            .collect();
        serde_json::from_value(Value::Object(said)).map_err(|_| {
            // The rest is chosen from lists: what is left is a price beyond what the books hold.
            wrong.add("net_price", "money.too_large", Vec::new());
            wrong
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use coffer_documents::Language;

    fn typed(name: &str, price: &str) -> Typed {
        let text = str::to_owned;
        Typed { name: text(name), net_price: text(price), unit: text("HUR"), tax: text("S 19"), ..Typed::default() }
    }

    // proves: A2
    #[test]
    fn a_price_is_read_as_people_write_it_and_every_wrong_field_is_named() {
        let words = Words::of(Language::De);
        let said = typed("Satz", "1.234,56").particulars(words).unwrap();
        assert_eq!((said.net_price.to_string(), said.rate.to_string()), ("1234.56".into(), "19".into()));
        let other = |rate: &str| Typed { tax: tax::OTHER.into(), rate: rate.into(), ..typed("Satz", "1") };
        assert_eq!(other("8,5 %").particulars(words).unwrap().rate.to_string(), "8.5", "a rate that is typed");
        assert!(other("").particulars(words).unwrap_err().at(words, "rate").is_some());
        let wrong = typed("", "zwölf").particulars(words).unwrap_err();
        assert!(wrong.at(words, "name").is_some() && wrong.at(words, "net_price").is_some());
        let unclear = typed("Satz", "1.500").particulars(words).unwrap_err();
        assert!(unclear.at(words, "net_price").unwrap().contains("1500"));
        let large = typed("Satz", &"9".repeat(40)).particulars(words).unwrap_err();
        assert!(large.at(words, "net_price").is_some());
    }
}
