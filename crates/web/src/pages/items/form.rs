//! The form of an item: adding it, looking at it, changing it.

use super::super::editor::currencies;
use super::super::editor::tax::{self, TaxField};
use super::super::frame_for;
use super::super::invoices::may;
use super::super::refused::refused;
use super::typed::Typed;
use super::{id_of, price, tax_code, unit};
use crate::App;
use crate::form::{Fields, mark};
use crate::look::answer::{Html, go};
use crate::look::{Field, Head, Wrong, choice, inside};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use coffer_billing::business::{self, Business};
use coffer_billing::catalogue::{self, AddItem, Item, ReviseItem};
use coffer_documents::numbers::date;
use coffer_kernel::{Action, Refuse};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;

/// After which item a new one is made.
#[derive(Deserialize, Default)]
pub(crate) struct After {
    like: Option<String>,
}

/// The page of the form: for a new item, or for one that is there.
async fn page(app: &App, person: &Inside, item: Option<&str>, typed: &Typed, wrong: &Wrong) -> Response {
    let words = person.words;
    let business = match business::get(&app.books, &person.actor).await {
        Ok(business) => business,
        Err(no) => return refused(words, no),
    };
    let retiring = item.filter(|_| may(person, Action::ReviseItem));
    let body = html! {
        (wrong.above(words, &form(words, &business, item, typed, wrong, &mark(app))))
        @if let Some(id) = retiring { p { a.btn.quiet.danger.small href={ "/items/" (id) "/retire" } { (words.t("items-retire")) } } }
    };
    let adding = words.t("items-add");
    let title = if item.is_some() && !typed.name.is_empty() { &typed.name } else { &adding };
    let kicker = html! { a href="/items" { (words.t("items-title")) } };
    let head = Head { kicker: Some(kicker), title, acts: None };
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &frame_for(app, person).await, "/items", &head, &body)).into_response()
}

fn form(words: &Words, business: &Business, item: Option<&str>, typed: &Typed, wrong: &Wrong, once: &str) -> Markup {
    let rates = tax::rates(words, &business.country);
    let chosen = if typed.tax.is_empty() { tax::usual(&rates) } else { &typed.tax };
    let own = business.currency.to_string();
    let currency = if typed.currency.is_empty() { &own } else { &typed.currency };
    let action = item.map_or_else(|| "/items".to_owned(), |id| format!("/items/{id}"));
    html! {
        form.stack.narrow method="post" action=(action) novalidate {
            input type="hidden" name="once" value=(once);
            input type="hidden" name="version" value=[typed.version];
            (Field::text("name", words.t("item-name"), &typed.name).required().hint(words.t("item-name-hint")).draw(words, wrong))
            (Field::text("description", words.t("line-description"), &typed.description).kind("area").draw(words, wrong))
            div.row {
                (Field::text("net_price", words.t("line-price"), &typed.net_price).required().draw(words, wrong))
                (choice("currency", &words.t("editor-currency"), &currencies(&own, currency), currency))
                (choice("unit", &words.t("item-unit"), &crate::look::units::units(words, &typed.unit), &typed.unit))
                (TaxField { names: ["tax", "rate"], rates: &rates, chosen, rate: &typed.rate, says: true }.draw(words, wrong))
            }
            @if item.is_some() { p.hint { (words.t("item-stays")) } }
            div.acts { button.btn.main { (words.t("item-save")) } a.btn.quiet href="/items" { (words.t("form-back")) } }
        }
    }
}

/// `GET /items/new`: empty, or like one that is offered no more.
pub(crate) async fn new(State(app): State<App>, person: Inside, Query(after): Query<After>) -> Response {
    let Some(like) = after.like else { return page(&app, &person, None, &Typed::default(), &Wrong::default()).await };
    let found = async { catalogue::get(&app.books, &person.actor, id_of(&like)?).await };
    match found.await {
        Ok(item) => {
            let typed = Typed { version: None, ..Typed::of_item(person.words, &item) };
            page(&app, &person, None, &typed, &Wrong::default()).await
        }
        Err(no) => refused(person.words, no),
    }
}

/// `POST /items`
pub(crate) async fn add(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let typed = Typed::of_fields(&fields);
    let particulars = match typed.particulars(person.words) {
        Ok(particulars) => particulars,
        Err(wrong) => return page(&app, &person, None, &typed, &wrong).await,
    };
    match catalogue::add(&app.books, &person.actor, fields.once(), AddItem { particulars }).await {
        Ok(_) => go("/items?done=saved"),
        Err(no) => page(&app, &person, None, &typed, &Wrong::of(&no)).await,
    }
}

/// `GET /items/{item}`: its form for whoever may change it, what it is for everybody else.
pub(crate) async fn see(State(app): State<App>, person: Inside, Path(id): Path<String>) -> Response {
    let found = async { catalogue::get(&app.books, &person.actor, id_of(&id)?).await };
    match found.await {
        Ok(item) if item.retired_at.is_none() && may(&person, Action::ReviseItem) => {
            page(&app, &person, Some(&id), &Typed::of_item(person.words, &item), &Wrong::default()).await
        }
        Ok(item) => facts(&app, &person, &item).await,
        Err(no) => refused(person.words, no),
    }
}

/// What an item is, where nothing of it can be changed.
async fn facts(app: &App, person: &Inside, item: &Item) -> Response {
    let (words, said, vat) = (person.words, &item.particulars, tax_code(item));
    let business = match business::get(&app.books, &person.actor).await {
        Ok(business) => business,
        Err(no) => return refused(words, no),
    };
    let zone = TimeZone::get(&business.time_zone).unwrap_or(TimeZone::UTC);
    let since = item.retired_at.map(|at| date(words.language, at.to_zoned(zone).date()));
    let body = html! {
        div.narrow.stack {
            @if let Some(since) = &since { div.banner { div { b { (words.t1("item-retired-since", "date", since.as_str())) } " " (words.t("item-retired-why")) } } }
            dl.facts {
                div { dt { (words.t("line-price")) } dd { (price(words, item)) } }
                div { dt { (words.t("item-unit")) } dd { (unit(words, item)) } }
                div { dt { (words.t("line-vat")) } dd { (tax::named(words, &vat)) } }
                @if let Some(description) = &said.description { div { dt { (words.t("line-description")) } dd { bdi { (description) } } } }
            }
            @if since.is_some() && may(person, Action::AddItem) { div.acts { a.btn.main href={ "/items/new?like=" (item.id) } { (words.t("item-anew")) } } }
        }
    };
    let kicker = html! { a href="/items" { (words.t("items-title")) } };
    let head = Head { kicker: Some(kicker), title: &said.name, acts: None };
    Html(StatusCode::OK, inside(words, &frame_for(app, person).await, "/items", &head, &body)).into_response()
}

/// `POST /items/{item}`
pub(crate) async fn revise(State(app): State<App>, person: Inside, Path(id): Path<String>, fields: Fields) -> Response {
    let item = match id_of(&id) {
        Ok(item) => item,
        Err(no) => return refused(person.words, no),
    };
    let typed = Typed::of_fields(&fields);
    let particulars = match typed.particulars(person.words) {
        Ok(particulars) => particulars,
        Err(wrong) => return page(&app, &person, Some(&id), &typed, &wrong).await,
    };
    let order = ReviseItem { item, version: typed.version, particulars };
    match catalogue::revise(&app.books, &person.actor, order).await {
        Ok(_) => go("/items?done=saved"),
        Err(no) if no.code() == "not_found" => refused(person.words, no),
        Err(no) => page(&app, &person, Some(&id), &typed, &Wrong::of(&no)).await,
    }
}
