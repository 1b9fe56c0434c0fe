//! What stands in the editor's form, as it was typed; and a draft as it is written into it.

use super::numbers;
use crate::form::Fields;
use crate::words::Words;
use coffer_billing::invoices::Draft;
use coffer_kernel::money::Decimal;
use serde_json::Value;

/// The most lines a form has; more come through the API.
const MOST_LINES: usize = 100;
/// The most discounts and charges on the whole document that a form has.
const MOST_ADJUSTMENTS: usize = 12;

/// What stands in the form.
#[derive(Default, Clone)]
pub(super) struct Typed {
    pub(super) customer: String,
    pub(super) new_customer: String,
    pub(super) currency: String,
    pub(super) buyer_reference: String,
    pub(super) order_number: String,
    pub(super) due_on: String,
    pub(super) delivered_on: String,
    pub(super) terms: String,
    pub(super) note: String,
    pub(super) exemption_reason: String,
    pub(super) lines: Vec<TypedLine>,
    pub(super) adjustments: Vec<TypedAdjustment>,
    /// The version of the draft that the form was drawn of.
    pub(super) version: Option<i64>,
    /// The mark that the form was drawn with.
    pub(super) once: String,
}

/// A line of the form.
#[derive(Default, Clone)]
pub(super) struct TypedLine {
    /// Its number in the form; gaps stay where lines were taken out.
    pub(super) number: usize,
    /// Which line of the kept draft it is: what the form does not show of it stays as it was.
    pub(super) was: Option<usize>,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) quantity: String,
    pub(super) unit: String,
    pub(super) net_price: String,
    pub(super) tax: String,
    pub(super) adjustment: TypedAdjustment,
}

/// A discount or charge, on a line or on the whole.
#[derive(Default, Clone)]
pub(super) struct TypedAdjustment {
    pub(super) number: usize,
    pub(super) was: Option<usize>,
    /// `allowance` or `charge`.
    pub(super) kind: String,
    /// An amount, or a percentage with its sign behind it.
    pub(super) amount: String,
    pub(super) reason: String,
    pub(super) tax: String,
}

impl TypedAdjustment {
    fn of_fields(fields: &Fields, prefix: &str, number: usize) -> Self {
        let at = |name: &str| fields.get(&format!("{prefix}-{name}")).to_owned();
        let was = at("was").parse().ok();
        Self { number, was, kind: at("kind"), amount: at("amount"), reason: at("reason"), tax: at("tax") }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.amount.is_empty() && self.reason.is_empty()
    }

    fn of_kept(words: &Words, kept: &Value, place: usize) -> Self {
        let text = |name: &str| kept.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Self {
            number: place,
            was: Some(place),
            kind: text("kind"),
            amount: shown_amount(words, kept),
            reason: text("reason"),
            tax: tax_code(kept),
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

fn tax_code(kept: &Value) -> String {
    match (kept["category"].as_str(), kept["rate"].as_str()) {
        (Some(category), Some(rate)) => format!("{category} {rate}"),
        _ => String::new(),
    }
}

impl TypedLine {
    fn of_fields(fields: &Fields, number: usize) -> Self {
        let at = |name: &str| fields.get(&format!("line-{number}-{name}")).to_owned();
        Self {
            number,
            was: at("was").parse().ok(),
            name: at("name"),
            description: at("description"),
            quantity: at("quantity"),
            unit: at("unit"),
            net_price: at("net_price"),
            tax: at("tax"),
            adjustment: TypedAdjustment::of_fields(fields, &format!("line-{number}-adjustment-0"), 0),
        }
    }

    fn is_empty(&self) -> bool {
        let texts = [&self.name, &self.description, &self.quantity, &self.net_price];
        texts.into_iter().all(String::is_empty) && self.adjustment.is_empty()
    }

    fn of_kept(words: &Words, kept: &Value, place: usize) -> Self {
        let text = |name: &str| kept.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let number = |name: &str, decimals| {
            let read = kept.get(name).and_then(Value::as_str).and_then(|text| text.parse::<Decimal>().ok());
            read.map(|number| numbers::write(words, number, decimals)).unwrap_or_default()
        };
        let adjustment = kept["adjustments"].get(0).map(|kept| TypedAdjustment::of_kept(words, kept, 0));
        Self {
            number: place,
            was: Some(place),
            name: text("name"),
            description: text("description"),
            quantity: number("quantity", 0),
            unit: text("unit"),
            net_price: number("net_price", 2),
            tax: tax_code(kept),
            adjustment: adjustment.unwrap_or_default(),
        }
    }
}

impl Typed {
    pub(super) fn of_fields(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        let dropped = fields.get("then").strip_prefix("drop-").and_then(|number| number.parse::<usize>().ok());
        let lines = (0..MOST_LINES).map(|number| TypedLine::of_fields(fields, number));
        let lines = lines.filter(|line| !line.is_empty() && Some(line.number) != dropped);
        let adjustments = (0..MOST_ADJUSTMENTS)
            .map(|number| TypedAdjustment::of_fields(fields, &format!("adjustment-{number}"), number));
        Self {
            customer: text("customer"),
            new_customer: text("new_customer"),
            currency: text("currency"),
            buyer_reference: text("buyer_reference"),
            order_number: text("order_number"),
            due_on: text("due_on"),
            delivered_on: text("delivered_on"),
            terms: text("terms"),
            note: text("note"),
            exemption_reason: text("exemption_reason"),
            lines: lines.collect(),
            adjustments: adjustments.filter(|adjustment| !adjustment.is_empty()).collect(),
            version: fields.get("version").parse().ok(),
            once: text("once"),
        }
    }

    /// A kept draft, as it stands in the form.
    pub(super) fn of_draft(words: &Words, draft: &Draft) -> Self {
        let kept = serde_json::to_value(&draft.content).unwrap_or_default();
        let text = |name: &str| kept.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let all = |name: &str| kept.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let lines = all("lines");
        let adjustments = all("adjustments");
        Self {
            customer: draft.customer.to_string(),
            new_customer: String::new(),
            currency: text("currency"),
            buyer_reference: text("buyer_reference"),
            order_number: text("order_number"),
            due_on: text("due_on"),
            delivered_on: text("delivered_on"),
            terms: text("terms"),
            note: text("note"),
            exemption_reason: text("exemption_reason"),
            lines: lines.iter().enumerate().map(|(place, kept)| TypedLine::of_kept(words, kept, place)).collect(),
            adjustments: adjustments
                .iter()
                .enumerate()
                .map(|(place, kept)| TypedAdjustment::of_kept(words, kept, place))
                .collect(),
            version: Some(draft.version),
            once: String::new(),
        }
    }
}
