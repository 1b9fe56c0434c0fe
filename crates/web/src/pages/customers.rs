//! Customers: the list, one of them, and the form.

use super::refused::refused;
use crate::App;
use crate::body::PageQuery;
use crate::form::Fields;
use crate::look::answer::{Html, go};
use crate::look::status::status;
use crate::look::{Field, Head, Wrong, inside, money};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business;
use coffer_billing::customers::{self, AddCustomer, Customer, ListCustomers, ReviseCustomer};
use coffer_billing::invoices::content::Party;
use coffer_billing::invoices::{ListInvoices, list as list_invoices};
use coffer_kernel::CustomerId;
use maud::{Markup, html};

/// What the rail calls the business; nothing where it cannot be read.
pub(super) async fn business_name(app: &App, inside: &Inside) -> String {
    business::get(&app.books, &inside.actor).await.map(|business| business.particulars.name).unwrap_or_default()
}

/// `GET /customers`
pub(crate) async fn list(State(app): State<App>, person: Inside, Query(page): Query<PageQuery>) -> Response {
    let words = person.words;
    let query = ListCustomers { after: page.after, most: page.limit.map(|size| size.0) };
    let found = match customers::list(&app.books, &person.actor, query).await {
        Ok(found) => found,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        @if found.rows.is_empty() {
            section.empty { h2 { (words.t("customers-empty")) } p.soft { (words.t("customers-empty-why")) } a.btn href="/customers/new" { (words.t("customers-add")) } }
        } @else {
            table.tbl.list {
                thead { tr { th { (words.t("customer-name")) } th { (words.t("customer-city")) } th { (words.t("customer-email")) } } }
                tbody { @for customer in &found.rows { tr {
                    td { a href={ "/customers/" (customer.id) } { bdi { (customer.party.name) } } }
                    td.muted { bdi { (customer.party.city.clone().unwrap_or_default()) } }
                    td.wide.muted { (customer.party.email.clone().unwrap_or_default()) }
                } } }
            }
            @if let Some(next) = &found.next { div.acts { a.btn href={ "/customers?after=" (next) } { (words.t("page-older")) } } }
        }
    };
    let acts = html! { a.btn.main href="/customers/new" { (words.t("customers-add")) } };
    let title = words.t("customers-title");
    let head = Head { kicker: None, title: &title, acts: Some(&acts) };
    Html(StatusCode::OK, inside(words, &business_name(&app, &person).await, "/customers", &head, &body)).into_response()
}

fn form(words: &Words, action: &str, party: &Party, wrong: &Wrong) -> Markup {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    html! {
        (wrong.draw())
        form.stack.narrow method="post" action=(action) {
            (Field::text("name", words.t("customer-name"), &party.name).required().draw(words, wrong))
            (Field::text("email", words.t("customer-email"), &text(&party.email)).kind("email").hint(words.t("customer-email-hint")).draw(words, wrong))
            (Field::text("street", words.t("customer-street"), &text(&party.street)).draw(words, wrong))
            div.row {
                (Field::text("post_code", words.t("customer-post-code"), &text(&party.post_code)).draw(words, wrong))
                (Field::text("city", words.t("customer-city"), &text(&party.city)).draw(words, wrong))
                (Field::text("country", words.t("customer-country"), &text(&party.country)).hint(words.t("customer-country-hint")).draw(words, wrong))
            }
            (Field::text("vat_id", words.t("customer-vat-id"), &text(&party.vat_id)).draw(words, wrong))
            (Field::text("phone", words.t("customer-phone"), &text(&party.phone)).kind("tel").draw(words, wrong))
            div.acts { button.btn.main { (words.t("customer-save")) } a.btn.quiet href="/customers" { (words.t("form-back")) } }
        }
    }
}

fn party(fields: &Fields, before: Party) -> Party {
    Party {
        name: fields.get("name").to_owned(),
        email: fields.some("email"),
        street: fields.some("street"),
        post_code: fields.some("post_code"),
        city: fields.some("city"),
        country: fields.some("country").map(|code| code.to_uppercase()),
        vat_id: fields.some("vat_id"),
        phone: fields.some("phone"),
        ..before
    }
}

async fn form_page(app: &App, person: &Inside, action: &str, title: &str, party: &Party, wrong: &Wrong) -> Response {
    let words = person.words;
    let head = Head { kicker: None, title, acts: None };
    let body = form(words, action, party, wrong);
    let status = if wrong.summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &business_name(app, person).await, "/customers", &head, &body)).into_response()
}

/// `GET /customers/new`
pub(crate) async fn new(State(app): State<App>, person: Inside) -> Response {
    form_page(&app, &person, "/customers", &person.words.t("customers-add"), &Party::default(), &Wrong::default()).await
}

/// `POST /customers`
pub(crate) async fn add(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let party = party(&fields, Party::default());
    let order = AddCustomer { party: party.clone(), currency: None, language: None };
    match customers::add(&app.books, &person.actor, None, order).await {
        Ok(customer) => go(&format!("/customers/{}", customer.id)),
        Err(no) => {
            form_page(&app, &person, "/customers", &person.words.t("customers-add"), &party, &Wrong::of(&no)).await
        }
    }
}

/// `GET /customers/{customer}`
pub(crate) async fn see(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    let words = person.words;
    let Ok(id) = id.parse::<CustomerId>() else { return refused(words, coffer_store::Refused::NotFound) };
    let customer = match customers::get(&app.books, &person.actor, id).await {
        Ok(customer) => customer,
        Err(no) => return refused(words, no),
    };
    let query = ListInvoices { customer: Some(id), ..ListInvoices::default() };
    let page = match list_invoices(&app.books, &person.actor, query).await {
        Ok(page) => page,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        div.cols {
            section.sec {
                header { h2 { (words.t("invoices-title")) } }
                @if page.rows.is_empty() { p.muted { (words.t("customer-no-invoices")) } }
                @else { table.tbl.list { tbody { @for row in &page.rows { tr {
                    td { a href={ "/invoices/" (row.id) } { (row.number.clone().unwrap_or_else(|| words.t("status-draft"))) } }
                    td { (status(words, row.standing.as_ref(), page.today)) }
                    td.num { (money(words, row.due)) }
                } } } } }
            }
            section.sec { header { h2 { (words.t("customer-particulars")) } } (form(words, &format!("/customers/{id}"), &customer.party, &Wrong::default())) }
        }
    };
    let acts = html! { a.btn.main href={ "/invoices/new?customer=" (id) } { (words.t("home-new")) } };
    let head = Head { kicker: None, title: &customer.party.name, acts: Some(&acts) };
    Html(StatusCode::OK, inside(words, &business_name(&app, &person).await, "/customers", &head, &body)).into_response()
}

/// `POST /customers/{customer}`
pub(crate) async fn revise(State(app): State<App>, person: Inside, Path(id): Path<String>, fields: Fields) -> Response {
    let words = person.words;
    let Ok(customer) = id.parse::<CustomerId>() else { return refused(words, coffer_store::Refused::NotFound) };
    let before = match customers::get(&app.books, &person.actor, customer).await {
        Ok(Customer { party, .. }) => party,
        Err(no) => return refused(words, no),
    };
    let party = party(&fields, before);
    let order = ReviseCustomer { customer, version: None, party: party.clone(), currency: None, language: None };
    match customers::revise(&app.books, &person.actor, order).await {
        Ok(_) => go(&format!("/customers/{customer}")),
        Err(no) => {
            let title = party.name.clone();
            form_page(&app, &person, &format!("/customers/{customer}"), &title, &party, &Wrong::of(&no)).await
        }
    }
}
