//! What stands in the editor's form, as it was typed; and a draft as it is written into it.

use super::reason::{self, Reasons};
use super::row::{TypedAdjustment, TypedLine, rows};
use super::{half, unseen};
use crate::form::Fields;
use crate::words::Words;
use coffer_billing::invoices::Draft;
use serde_json::Value;

/// What stands in the form.
#[derive(Default, Clone)]
pub(super) struct Typed {
    pub(super) customer: String,
    pub(super) new_customer: String,
    /// The name of somebody new, where it was said that they are.
    pub(super) named: String,
    pub(super) currency: String,
    pub(super) buyer_reference: String,
    pub(super) order_number: String,
    pub(super) due_on: String,
    pub(super) delivered_on: String,
    pub(super) period_from: String,
    pub(super) period_to: String,
    /// To which country it went, where that is not the customer's.
    pub(super) deliver_country: String,
    pub(super) terms: String,
    pub(super) note: String,
    /// Why there is no VAT, by category.
    pub(super) exemption_reasons: Reasons,
    pub(super) lines: Vec<TypedLine>,
    pub(super) adjustments: Vec<TypedAdjustment>,
    /// What the form does not show of the whole.
    pub(super) carried: String,
    /// The version of the draft that the form was drawn of.
    pub(super) version: Option<i64>,
    /// The mark that the form was drawn with.
    pub(super) once: String,
}

impl Typed {
    pub(super) fn of_fields(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        let dropped = fields.get("then").strip_prefix("drop-").and_then(|number| number.parse::<usize>().ok());
        let lines = rows(fields.each(), "line").into_iter().enumerate();
        let lines = lines.map(|(place, (number, sent))| TypedLine::of_sent(place, number, &sent));
        let typed = Self {
            customer: text("customer"),
            new_customer: text("new_customer"),
            named: text("named"),
            currency: text("currency"),
            buyer_reference: text("buyer_reference"),
            order_number: text("order_number"),
            due_on: text("due_on"),
            delivered_on: text("delivered_on"),
            period_from: text("period-from"),
            period_to: text("period-to"),
            deliver_country: text("deliver_to-country"),
            terms: text("terms"),
            note: text("note"),
            exemption_reasons: Reasons::new(),
            lines: lines.filter(|line| !line.is_empty() && Some(line.number) != dropped).collect(),
            adjustments: TypedAdjustment::all_of(fields.each()),
            carried: text("carried"),
            version: fields.get("version").parse().ok(),
            once: text("once"),
        };
        Self { exemption_reasons: reason::sent(&typed, fields), ..typed }
    }

    /// The day of this name, where there is one.
    pub(super) fn day(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "due_on" => Some(&mut self.due_on),
            "delivered_on" => Some(&mut self.delivered_on),
            "period-from" => Some(&mut self.period_from),
            "period-to" => Some(&mut self.period_to),
            _ => None,
        }
    }

    /// A kept draft, as it stands in the form: what does not read yet, as it was typed.
    pub(super) fn of_draft(words: &Words, draft: &Draft) -> Self {
        let kept = serde_json::to_value(&draft.content).unwrap_or_default();
        let said = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let text = |name: &str| said(kept.get(name));
        let part = |name: &str, part: &str| said(kept.get(name).and_then(|of| of.get(part)));
        let lines = kept.get("lines").and_then(Value::as_array).into_iter().flatten().enumerate();
        let whole = Self {
            customer: draft.customer.to_string(),
            new_customer: String::new(),
            named: String::new(),
            currency: text("currency"),
            buyer_reference: text("buyer_reference"),
            order_number: text("order_number"),
            due_on: text("due_on"),
            delivered_on: text("delivered_on"),
            period_from: part("period", "from"),
            period_to: part("period", "to"),
            deliver_country: part("deliver_to", "country"),
            terms: text("terms"),
            note: text("note"),
            exemption_reasons: Reasons::new(),
            lines: lines.map(|(place, kept)| TypedLine::of_kept(words, place, kept)).collect(),
            adjustments: TypedAdjustment::all_of_kept(words, &kept),
            carried: unseen::of_document(&kept),
            version: Some(draft.version),
            once: String::new(),
        };
        let typed = half::written_into(whole, &draft.unfinished);
        Self { exemption_reasons: reason::kept(&typed, &draft.content), ..typed }
    }
}
