//! Customers: the list, one of them, and the form.

mod list;
mod see;

pub(crate) use list::list;
pub(crate) use see::see;

use super::refused::refused;
use crate::App;
use crate::form::Fields;
use crate::look::answer::{Html, go};
use crate::look::{Field, Frame, Head, Wrong, inside};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business;
use coffer_billing::customers::{self, AddCustomer, Customer, ReviseCustomer};
use coffer_billing::invoices::content::Party;
use coffer_kernel::CustomerId;
use coffer_store::Refused;
use maud::{Markup, html};

/// What the frame says: whose books these are, and who looks at them; nothing where it cannot be read.
pub(super) async fn business_name(app: &App, person: &Inside) -> Frame {
    let (business, name) = tokio::join!(
        business::get(&app.books, &person.actor),
        coffer_identity::people::own_name(&app.books, &app.mint, &person.actor)
    );
    Frame {
        business: business.map(|business| business.particulars.name).unwrap_or_default(),
        person: name.unwrap_or_default(),
        role: person.role(),
    }
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

/// `GET /customers/{customer}/edit`
pub(crate) async fn edit(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    let Ok(customer) = id.parse::<CustomerId>() else { return refused(person.words, Refused::NotFound) };
    match customers::get(&app.books, &person.actor, customer).await {
        Ok(Customer { party, .. }) => {
            form_page(&app, &person, &format!("/customers/{id}"), &party.name.clone(), &party, &Wrong::default()).await
        }
        Err(no) => refused(person.words, no),
    }
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
