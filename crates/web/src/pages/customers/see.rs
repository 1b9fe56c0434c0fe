//! One customer: what they owe first, then their invoices; who they are beside that.

use super::super::frame_for;
use super::super::invoices::may;
use super::super::invoices::table::{Columns, invoices};
use super::super::refused::refused;
use crate::look::answer::Html;
use crate::look::sums::large;
use crate::look::{Head, inside, money};
use crate::pages::together::Together;
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::customers::{self, Customer};
use coffer_billing::insights::{self, Credit, Debt, ListCredits, ListDebts};
use coffer_billing::invoices::{ListInvoices, list as list_invoices};
use coffer_documents::countries;
use coffer_kernel::{Action, CustomerId};
use coffer_store::Refused;
use coffer_store::cursor::PageRefused;
use maud::{Markup, html};

/// `GET /customers/{customer}`
pub(crate) async fn see(Together(app): Together, person: Inside, Path(id): Path<String>) -> Response {
    let words = person.words;
    let found = async {
        let id: CustomerId = id.parse().map_err(|_| Refused::NotFound)?;
        let customer = customers::get(&app.books, &person.actor, id).await?;
        let debts = ListDebts { customer: Some(id), ..ListDebts::default() };
        let credits = ListCredits { customer: Some(id), ..ListCredits::default() };
        let debts = insights::debts(&app.books, &person.actor, debts).await?.rows;
        let credits = insights::credits(&app.books, &person.actor, credits).await?.rows;
        let query = ListInvoices { customer: Some(id), ..ListInvoices::default() };
        Ok::<_, PageRefused>((customer, (debts, credits), list_invoices(&app.books, &person.actor, query).await?))
    };
    let (customer, (debts, credits), page) = match found.await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let columns = Columns { customer: false, issued: true, delivery: false };
    let body = html! {
        div.cols.facts-last {
            div.stack.wide-gaps {
                (owes(words, &debts, &credits))
                section.sec {
                    header { h2 { (words.t("invoices-title")) } }
                    @if page.rows.is_empty() { p.muted { (words.t("customer-no-invoices")) } }
                    @else { (invoices(words, &page.rows, page.today, columns)) }
                    @if page.next.is_some() { p.muted { (words.t1("page-newest-first", "count", page.rows.len())) } }
                }
            }
            (particulars(&person, &customer))
        }
    };
    let writes = may(&person, Action::DraftInvoice);
    let acts = html! { @if writes { a.btn.main href={ "/invoices/new?customer=" (id) } { (words.t("home-new")) } } };
    let kicker = html! { a href="/customers" { (words.t("customers-title")) } };
    let head = Head { kicker: Some(kicker), title: &customer.party.name, acts: Some(&acts) };
    Html(StatusCode::OK, inside(words, &frame_for(&app, &person).await, "/customers", &head, &body)).into_response()
}

/// What a customer owes, and what they paid beyond that, each currency for itself.
fn owes(words: &Words, debts: &[Debt], credits: &[Credit]) -> Markup {
    html! {
        section.now {
            p.label { (words.t("sum-open")) }
            @if debts.is_empty() { p.big.muted { (words.t("customer-nothing-open")) } }
            @for debt in debts {
                p.big { (large(words, debt.open)) }
                @if debt.overdue.minor() > 0 { p.alarm { (words.t("home-overdue")) " " (money(words, debt.overdue)) } }
            }
            @for credit in credits { p { b { (words.t("customer-credit")) " " (money(words, credit.amount)) } br; span.hint { (words.t("customer-credit-why")) } } }
        }
    }
}

/// Who they are, with the way to change it.
fn particulars(person: &Inside, customer: &Customer) -> Markup {
    let (words, party) = (person.words, &customer.party);
    let place: Vec<&str> = [&party.post_code, &party.city].into_iter().flatten().map(String::as_str).collect();
    let facts = [
        ("customer-email", party.email.clone()),
        ("customer-phone", party.phone.clone()),
        ("customer-street", party.street.clone()),
        ("customer-city", Some(place.join(" ")).filter(|place| !place.is_empty())),
        ("customer-subdivision", party.subdivision.clone()),
        ("customer-country", party.country.as_deref().map(|code| countries::name(words.language, code).to_owned())),
        ("customer-vat-id", party.vat_id.clone()),
    ];
    html! {
        section.sec {
            header {
                h2 { (words.t("customer-particulars")) }
                @if may(person, Action::ReviseCustomer) { a href={ "/customers/" (customer.id) "/edit" } { (words.t("invoice-edit")) } }
            }
            @if facts.iter().all(|(_, value)| value.is_none()) { p.muted { (words.t("customer-only-name")) } }
            dl.facts { @for (key, value) in &facts { @if let Some(value) = value {
                div { dt { (words.t(key)) } dd { bdi { (value) } } }
            } } }
        }
    }
}
