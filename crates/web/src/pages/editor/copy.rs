//! A new draft that says the same as another one, or as an invoice that was issued.

use super::{half, kept};
use crate::App;
use crate::form::Fields;
use crate::look::answer::go;
use crate::pages::refused::refused;
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Path, State};
use axum::response::Response;
use coffer_billing::invoices::content::{Content, DeliverTo, InvoiceLine};
use coffer_billing::invoices::{self, Draft, DraftInvoice, Invoice, Issued};
use coffer_store::Once;
use maud::{Markup, html};
use serde::Deserialize;

/// What is billed again, and to whom: without the days and times of the old one, what was paid on it and what rounded
/// its sum.
fn anew(content: &Content) -> Content {
    let line = |line: &InvoiceLine| InvoiceLine { period: None, ..line.clone() };
    Content {
        due_on: None,
        delivered_on: None,
        period: None,
        prepaid: None,
        rounding: None,
        lines: content.lines.iter().map(line).collect(),
        ..content.clone()
    }
}

/// What a copy can lack of what it was made of: the word in its address, and the words on its page.
const LACKS: [(&str, &str); 6] = [
    ("delivered", "copy-lacks-delivered"),
    ("period", "copy-lacks-period"),
    ("times", "copy-lacks-times"),
    ("due", "copy-lacks-due"),
    ("prepaid", "copy-lacks-prepaid"),
    ("rounding", "copy-lacks-rounding"),
];

/// What this one's copy lacks.
fn lacks(of: &Content) -> String {
    let there = [
        of.delivered_on.is_some(),
        of.period.is_some(),
        of.lines.iter().any(|line| line.period.is_some()),
        of.due_on.is_some(),
        of.prepaid.is_some(),
        of.rounding.is_some(),
    ];
    let lacks = LACKS.iter().zip(there).filter(|(_, there)| *there).map(|((word, _), _)| *word);
    lacks.collect::<Vec<_>>().join(".")
}

/// That a draft is a copy, in the address of its page.
#[derive(Deserialize, Default)]
pub(crate) struct Copied {
    copy: Option<String>,
}

impl Copied {
    /// That it is one, and what was not taken over; nothing where it is none.
    pub(super) fn told(&self, words: &Words) -> Option<Markup> {
        let copy = self.copy.as_deref()?;
        let lacks = LACKS.iter().filter(|(word, _)| copy.split('.').any(|said| said == *word));
        let lacks: Vec<String> = lacks.map(|(_, key)| words.t(key)).collect();
        Some(html! {
            div.banner.good role="status" { div {
                b { (words.t("copy-told")) }
                @if !lacks.is_empty() { p { (words.t1("copy-lacks", "what", lacks.join(", "))) } }
            } }
        })
    }
}

pub(super) async fn copy(app: &App, person: &Inside, once: Option<Once>, draft: &Draft) -> Response {
    let unfinished = half::anew(&draft.unfinished);
    let order = DraftInvoice { customer: draft.customer, content: anew(&draft.content), unfinished };
    match invoices::draft(&app.books, &person.actor, once, order).await {
        Ok(invoice) => go(&format!("/invoices/{}/edit?copy={}", invoice.id(), lacks(&draft.content))),
        Err(no) => refused(person.words, no),
    }
}

/// As a draft, without the country of delivery that issuing took from its customer: they may be elsewhere by now.
fn unfrozen(invoice: Invoice) -> Draft {
    match invoice {
        Invoice::Draft(draft) => draft,
        Invoice::Issued(Issued { mut draft, frozen, .. }) => {
            let home = DeliverTo { country: frozen.buyer.country, ..DeliverTo::default() };
            draft.content.deliver_to = draft.content.deliver_to.filter(|to| *to != home);
            draft
        }
    }
}

/// `POST /invoices/{invoice}/copy`: of whatever stands there, a draft or an issued one.
pub(crate) async fn duplicate(
    State(app): State<App>,
    person: Inside,
    Path(id): Path<String>,
    fields: Fields,
) -> Response {
    match kept(&app, &person, &id).await {
        Ok(invoice) => copy(&app, &person, fields.once(), &unfrozen(invoice)).await,
        Err(no) => refused(person.words, no),
    }
}
