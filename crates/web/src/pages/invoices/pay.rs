//! Recording money that came in. More than is open is asked about first: it may be a slip of the finger.

use super::super::ask::ask;
use super::super::editor::numbers as numbers_typed;
use super::super::refused::refused;
use super::super::send::Handing;
use super::see::{Now, shown};
use super::{Which, id_of, may};
use crate::App;
use crate::form::Fields;
use crate::look::answer::go;
use crate::look::{Act, Field, Question, Safe, Wrong, choice, money};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Path, State};
use axum::response::Response;
use coffer_billing::invoices::{self, Seen};
use coffer_billing::payments::{self, Method, Particulars, Payment, RecordPayment};
use coffer_billing::settlement::Standing;
use coffer_documents::numbers;
use coffer_kernel::money::Money;
use coffer_kernel::{Action, Refuse};
use coffer_store::Refused;
use maud::{Markup, html};

/// What was typed into the form, to be shown again.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    amount: String,
    received_on: String,
    method: String,
    reference: String,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        Self {
            amount: text("amount"),
            received_on: text("received_on"),
            method: text("method"),
            reference: text("reference"),
        }
    }

    /// What is usual: all that is open came today, by transfer.
    fn usual(words: &Words, standing: &Standing, seen: &Seen) -> Self {
        Self {
            amount: numbers_typed::write(words, standing.open.major(), 2),
            received_on: seen.today.to_string(),
            method: Method::Transfer.code().to_owned(),
            reference: String::new(),
        }
    }
}

/// How money came, in words.
pub(in crate::pages) fn method_name(words: &Words, method: Method) -> String {
    words.t(match method {
        Method::Transfer => "method-transfer",
        Method::Cash => "method-cash",
        Method::Card => "method-card",
        Method::Cheque => "method-cheque",
        Method::Other => "method-other",
    })
}

/// The payments of an invoice, and the form for another one.
pub(super) fn section(person: &Inside, seen: &Seen, payments: &[Payment], now: &Now, once: &str) -> Markup {
    let words = person.words;
    let Some(standing) = &seen.standing else { return html! { (now.wrong.draw(words)) } };
    let owed = standing.voided_on.is_none() && standing.open.minor() > 0;
    html! {
        section.sec #payments {
            header { h2 { (words.t("payments-title")) } }
            @if payments.is_empty() { p.muted { (words.t("payments-none")) } }
            @else { (table(person, seen, payments)) }
            @if owed && may(person, Action::RecordPayment) { (now.wrong.above(words, &form(words, seen, standing, now, once))) }
            @else { (now.wrong.draw(words)) }
        }
    }
}

fn table(person: &Inside, seen: &Seen, payments: &[Payment]) -> Markup {
    let words = person.words;
    html! {
        table.tbl.payments { tbody { @for payment in payments { tr.gone[payment.reversed_on.is_some()] {
            td { (numbers::short_date(words.language, payment.received_on, seen.today)) }
            td.soft {
                (method_name(words, payment.method))
                @if let Some(reference) = &payment.particulars.reference { ", " bdi { (reference) } }
            }
            td.num { (money(words, payment.amount)) }
            td.num {
                @if payment.reversed_on.is_some() { span.badge.void { (words.t("payment-reversed")) } }
                @else if may(person, Action::ReversePayment) {
                    a.quiet href={ "/invoices/" (seen.invoice.id()) "/payments/" (payment.id) "/take-back" } { (words.t("take-back")) }
                }
            }
        } } } }
    }
}

fn form(words: &Words, seen: &Seen, standing: &Standing, now: &Now, once: &str) -> Markup {
    let usual = || Typed::usual(words, standing, seen);
    let typed = now.typed.clone().unwrap_or_else(usual);
    let ways: Vec<(String, String)> =
        Method::ALL.iter().map(|method| (method.code().to_owned(), method_name(words, *method))).collect();
    html! {
        form.stack method="post" action={ "/invoices/" (seen.invoice.id()) "/payments" } {
            input type="hidden" name="once" value=(once);
            div.row {
                (Field::text("amount", words.t("payment-amount"), &typed.amount).required().key("p").draw(words, &now.wrong))
                (Field::text("received_on", words.t("payment-day"), &typed.received_on).kind("date").required().draw(words, &now.wrong))
            }
            div.row {
                (choice("method", &words.t("payment-method"), &ways, &typed.method))
                (Field::text("reference", words.t("payment-reference"), &typed.reference).draw(words, &now.wrong))
            }
            // What nobody has yet is handed over first.
            div.acts { button.btn.main[!Handing::waits(standing)] { (words.t("payment-record")) } }
        }
    }
}

/// `POST /invoices/{invoice}/payments`
pub(crate) async fn pay(State(app): State<App>, person: Inside, Path(id): Path<String>, fields: Fields) -> Response {
    let Ok(invoice) = id_of(&id) else { return refused(person.words, Refused::NotFound) };
    let typed = Typed::of(&fields);
    let mut wrong = Wrong::default();
    let amount = numbers_typed::read(person.words, &typed.amount).unwrap_or_else(|unread| {
        let (code, arguments) = unread.said();
        wrong.add("amount", code, arguments);
        String::new()
    });
    let received_on = typed.received_on.parse().ok();
    if received_on.is_none() && !typed.received_on.is_empty() {
        wrong.add("received_on", "field.date", Vec::new());
    }
    // Whoever was asked and thinks again finds what they typed.
    if wrong.any() || fields.get("then") == "change" {
        return shown(&app, &person, &id, &Now { wrong, typed: Some(typed), ..Now::default() }).await;
    }
    let order = RecordPayment {
        invoice,
        amount,
        received_on,
        method: Method::from_code(fields.get("method")).unwrap_or(Method::Other),
        particulars: Particulars { reference: fields.some("reference"), note: fields.some("note") },
    };
    if !fields.ticked("sure")
        && let Some(question) = too_much(&app, &person, &order, &fields).await
    {
        return question;
    }
    match payments::record(&app.books, &person.actor, fields.once_for(&id), order).await {
        Ok(_) => go(&format!("/invoices/{id}?done=paid")),
        Err(no) => {
            // Of the two texts that it is about the page has one.
            let too_long = no.code() == "payment.text_too_long";
            let wrong = if too_long { Wrong::at_field("reference", &no) } else { Wrong::of(&no) };
            let now = Now { wrong, typed: Some(typed), ..Now::default() };
            shown(&app, &person, &id, &now).await
        }
    }
}

/// The question whether more came in than is open; [`None`] where it did not, or where the books will refuse it anyway.
async fn too_much(app: &App, person: &Inside, order: &RecordPayment, fields: &Fields) -> Option<Response> {
    let seen = invoices::see(&app.books, &person.actor, order.invoice).await.ok()?;
    let asked = Which::of(app, person, &seen).await.ok()?;
    let standing = seen.standing.filter(|standing| standing.voided_on.is_none() && standing.open.minor() > 0)?;
    let amount = Money::parse(&order.amount, standing.open.currency()).ok()?;
    let beyond = amount.minus(standing.open).ok().filter(|beyond| beyond.minor() > 0)?;
    let words = person.words;
    let sum = format!("{} {}", numbers::amount(words.language, amount), amount.currency());
    let kept = ["once", "amount", "received_on", "method", "reference"];
    let along = kept.into_iter().map(|name| (name, fields.get(name).to_owned()));
    let question = Question {
        what: words.t("too-much-why"),
        about: html! {
            dl.facts { (asked.whose(words)) }
            dl.sums {
                div { dt { (words.t("sum-open")) } dd { (money(words, standing.open)) } }
                div { dt { (words.t("too-much-amount")) } dd { (money(words, amount)) } }
                div.total { dt { (words.t("too-much-beyond")) } dd { (money(words, beyond)) } }
            }
        },
        stays: None,
        action: format!("/invoices/{}/payments#amount", order.invoice),
        // Whoever presses the other button changes what they typed, whatever else is sent.
        along: along.chain([("sure", "yes".to_owned())]).collect(),
        asks: None,
        safe: Safe::Change(words.t("too-much-no")),
        act: Act::Main(words.t1("too-much-go", "amount", sum)),
    };
    Some(ask(app, person, "/invoices", (asked.kicker(), "too-much-title"), &question).await)
}
