//! The list of all that came in, the newest received first.

use super::customers::customer_name;
use super::framed;
use super::invoices::{may, method_name};
use super::refused::refused;
use crate::look::answer::Html;
use crate::look::{Head, inside, money};
use crate::pages::together::Together;
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::insights::{NameThem, Names, named};
use coffer_billing::payments::{self, ListPayments, Page, Payment, Taken};
use coffer_documents::numbers;
use coffer_kernel::Action;
use coffer_kernel::money::Money;
use coffer_store::cursor::PageRefused;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which payments of the list.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    only: String,
    after: Option<String>,
}

/// `GET /payments`
pub(crate) async fn list(Together(app): Together, person: Inside, Query(asked): Query<Asked>) -> Response {
    let words = person.words;
    let (only, paged) = (Taken::from_code(&asked.only), asked.after.is_some());
    let found = async {
        let query = ListPayments { only, after: asked.after, ..ListPayments::default() };
        let page = payments::list(&app.books, &person.actor, query).await?;
        let invoices = page.rows.iter().flat_map(|row| &row.allocations).map(|part| part.invoice).collect();
        let names = named(&app.books, &person.actor, NameThem { invoices, ..NameThem::default() }).await?;
        Ok::<_, PageRefused>((page, names))
    };
    let (page, names) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let none = page.rows.is_empty() && only.is_none() && !paged;
    let records = may(&person, Action::RecordPayment);
    let body = if none { nothing(words) } else { some(words, &page, &names, only, paged) };
    // Money is recorded where it counts.
    let acts =
        html! { @if records && !none { a.btn.main href="/invoices?only=open" { (words.t("payments-record")) } } };
    let title = words.t("payments-title");
    let head = Head { kicker: None, title: &title, acts: Some(&acts) };
    let frame = framed(&app, &person, names.business.clone()).await;
    Html(StatusCode::OK, inside(words, &frame, "/payments", &head, &body)).into_response()
}

/// No payment at all: what will stand here, and where it comes from.
fn nothing(words: &Words) -> Markup {
    html! { section.empty {
        h2 { (words.t("payments-empty")) }
        p.soft { (words.t("payments-empty-why")) }
        a.btn.main href="/invoices" { (words.t("payments-to-invoices")) }
    } }
}

fn some(words: &Words, page: &Page, names: &Names, only: Option<Taken>, paged: bool) -> Markup {
    let narrowed = format!("only={}", only.map(Taken::code).unwrap_or_default());
    html! {
        nav.filters aria-label=(words.t("filter-payments")) {
            a href="/payments" aria-current=[only.is_none().then_some("page")] { (words.t("filter-all")) }
            @for taken in Taken::ALL {
                a href={ "/payments?only=" (taken.code()) } aria-current=[(only == Some(taken)).then_some("page")] { (words.t("filter-taken-back")) }
            }
        }
        div.stack #list {
            @if page.rows.is_empty() {
                section.empty { h2 { (words.t(if only.is_some() { "no-taken-back" } else { "payments-empty" })) } a.btn href="/payments" { (words.t("filter-clear")) } }
            } @else {
                (table(words, &page.rows, names))
                // Of a list that is here as a whole, and of what stands.
                @if only.is_none() && !paged && page.next.is_none() { (sums(words, &page.rows)) }
                div.pages {
                    span.muted { (words.t1("page-newest-first", "count", page.rows.len())) }
                    @if paged { a.btn.small href={ "/payments?" (narrowed) } { (words.t("page-newest")) } }
                    @if let Some(next) = &page.next { a.btn.small href={ "/payments?" (narrowed) "&after=" (next) } { (words.t("page-older")) } }
                }
            }
        }
    }
}

fn table(words: &Words, rows: &[Payment], names: &Names) -> Markup {
    html! {
        table.tbl.list.named {
            thead { tr {
                th { (words.t("payment-day")) } th { (words.t("invoice-customer")) } th { (words.t("payment-invoice")) }
                th { (words.t("payment-method")) } th { (words.t("payment-reference")) } th.num { (words.t("payment-amount")) }
            } }
            tbody { @for payment in rows { (line(words, payment, names)) } }
        }
    }
}

fn line(words: &Words, payment: &Payment, names: &Names) -> Markup {
    let day = |date| numbers::short_date(words.language, date, names.calendar.today);
    let counted: Vec<_> = payment
        .allocations
        .iter()
        .filter_map(|part| Some((part.invoice, names.invoices.get(&part.invoice)?)))
        .collect();
    let customer = counted.first().map(|(_, called)| called.customer.as_deref());
    html! {
        tr.gone[payment.reversed_on.is_some()] {
            td.c-due { (day(payment.received_on)) }
            td.c-who { @if let Some(name) = customer { (customer_name(words, name)) } }
            td.c-no { @for (place, (invoice, called)) in counted.iter().enumerate() {
                @if place > 0 { ", " }
                a href={ "/invoices/" (invoice) "#payments" } { (called.number.as_deref().unwrap_or_default()) }
            } }
            td.c-state {
                (method_name(words, payment.method))
                @if let Some(reversed) = payment.reversed_on { " " span.badge { (words.t1("payment-reversed-on", "date", day(reversed))) } }
            }
            td.c-ref.muted { bdi { (payment.particulars.reference.as_deref().unwrap_or_default()) } }
            td.num.c-total { (money(words, payment.amount)) }
        }
    }
}

/// What came in and was not taken back, each currency for itself.
fn sums(words: &Words, rows: &[Payment]) -> Markup {
    let mut sums = BTreeMap::<String, Money>::new();
    for amount in rows.iter().filter(|payment| payment.reversed_on.is_none()).map(|payment| payment.amount) {
        let sum = sums.entry(amount.currency().to_string()).or_insert(Money::zero(amount.currency()));
        *sum = sum.plus(amount).unwrap_or(*sum);
    }
    html! { dl.sums.of-list { @for sum in sums.values() { div.total { dt { (words.t("sum-received")) } dd { (money(words, *sum)) } } } } }
}
