//! The editor: who is billed for what. A new customer is made by typing their name; a line is one by having words.

mod abroad;
mod before;
mod content;
mod copy;
mod form;
pub(super) mod half;
mod lines;
pub(super) mod numbers;
mod prepare;
pub(super) mod reason;
mod reckon;
mod row;
mod said;
pub(super) mod tax;
mod typed;
mod unseen;

use super::frame_for;
use super::invoices::{id_of, may};
use super::refused::refused;
use crate::App;
use crate::form::{Fields, mark};
use crate::look::answer::{Html, go};
use crate::look::{Head, Wrong, inside};
use crate::pages::together::Together;
use crate::visitor::{Inside, and_back};
use crate::words::Words;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use before::{Beneath, Parties};
use coffer_billing::business::{self, Business};
use coffer_billing::customers::{self, ListCustomers};
use coffer_billing::invoices::{self, Draft, DraftInvoice, Invoice, IssueRefused, ReviseDraft, Unfinished};
use coffer_documents::Language;
use coffer_kernel::{Action, CustomerId, Refuse, policy};
use coffer_store::Refused;
use copy::Copied;
pub(crate) use copy::duplicate;
use form::Ground;
pub(super) use form::currencies;
use half::field_in_form;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use prepare::{Ready, prepare};
use reckon::reckon;
use said::{Came, Kept, Saved};
use serde::Deserialize;
use typed::Typed;

/// For whom.
#[derive(Deserialize, Default)]
pub(crate) struct For {
    customer: Option<String>,
}

/// What a form is about.
#[derive(Clone, Copy)]
enum About<'a> {
    /// Nothing is kept yet.
    Nothing,
    /// A draft, and in the form stands something else than is kept.
    Changed(&'a str),
    /// A draft as it is kept; what is said of it besides.
    Kept(&'a Draft, Option<&'a Markup>),
}

async fn ground(app: &App, person: &Inside, typed: &Typed, draft: Option<&str>) -> Result<Ground, Response> {
    let no = |refusal: Refused| refused(person.words, refusal);
    let business = business::get(&app.books, &person.actor).await.map_err(no)?;
    let query = ListCustomers { after: None, most: Some(100) };
    let page = customers::list(&app.books, &person.actor, query).await;
    let mut customers = page.map_err(|refusal| refused(person.words, refusal))?.rows;
    if let Ok(chosen) = typed.customer.parse::<CustomerId>()
        && customers.iter().all(|customer| customer.id != chosen)
    {
        customers.push(customers::get(&app.books, &person.actor, chosen).await.map_err(no)?);
    }
    Ok(Ground {
        business,
        customers,
        draft: draft.map(str::to_owned),
        unkept: false,
        deletes: may(person, Action::DeleteDraft),
        keeps: may(person, Action::AddItem),
        // What the form was drawn with stays its mark until something is kept under it.
        once: Some(typed.once.clone()).filter(|once| draft.is_none() && !once.is_empty()).unwrap_or_else(|| mark(app)),
    })
}

/// What the page of a kept draft is called.
fn title(words: &Words, customer: &str) -> String {
    words.t1("editor-draft-for", "customer", customer)
}

/// The page of the editor: for a new invoice, or for a draft that is kept.
async fn page(app: &App, person: &Inside, about: About<'_>, typed: Typed, wrong: &Wrong) -> Response {
    let (words, typed) = (person.words, typed.drawn());
    let draft = match about {
        About::Nothing => None,
        About::Changed(id) => Some(id.to_owned()),
        About::Kept(draft, _) => Some(draft.id.to_string()),
    };
    let unkept = match about {
        About::Nothing => wrong.any(),
        About::Changed(_) => true,
        About::Kept(..) => false,
    };
    let ground = match ground(app, person, &typed, draft.as_deref()).await {
        Ok(ground) => Ground { unkept, ..ground },
        Err(response) => return response,
    };
    let customer = ground.customers.iter().find(|customer| customer.id.to_string() == typed.customer);
    let own = customer.map_or(ground.business.currency, |customer| customer.currency);
    let (reckoned, half) = reckon(words, &typed, &own.to_string());
    let (beneath, besides) = match (about, customer) {
        (About::Kept(draft, besides), Some(customer)) => {
            let who = (&ground.business, customer);
            match Beneath::of(app, person, draft, who, (&typed, wrong)).await {
                Ok(beneath) => (beneath, besides),
                Err(no) => return refused(words, no),
            }
        }
        _ => (Beneath::default(), None),
    };
    // What was kept as it was typed is marked where it stands; it is said above only to whoever meant to go on.
    let (unfinished, at) = match about {
        About::Kept(draft, _) if !draft.unfinished.is_empty() => (true, wrong.clone().and(half)),
        About::Nothing | About::Changed(_) | About::Kept(..) => (false, wrong.clone()),
    };
    let at = match &draft {
        Some(id) => at.with_settings(and_back("/settings", &format!("/invoices/{id}/edit"))),
        None => at,
    };
    let form = form::form(words, &ground, &typed, (&reckoned, beneath.panel.as_ref()), &at);
    let form = if wrong.any() { at.above_with(words, &form, &beneath.counts) } else { form };
    let body = html! {
        div.split { @if let Some(besides) = besides { (besides) } (form) (preview(words, draft.as_deref())) }
    };
    let title = match (&draft, customer) {
        (Some(_), Some(customer)) => title(words, &customer.party.name),
        (Some(_), None) => words.t("editor-title"),
        (None, _) => words.t("home-new"),
    };
    let saved = if matches!(about, About::Kept(..)) { Saved::Before } else { Saved::Not(&typed) };
    let said = said::said(words, saved, unfinished);
    let kicker = html! { a href="/invoices" { (words.t("invoices-title")) } };
    let acts = html! { p.muted role="status" #said { (said) } };
    let head = Head { kicker: Some(kicker), title: &title, acts: Some(&acts) };
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &frame_for(app, person).await, "/invoices", &head, &body)).into_response()
}

/// The paper as it will be sent, once there is something to print.
fn preview(words: &Words, draft: Option<&str>) -> Markup {
    let address = draft.map(|id| format!("/invoices/{id}/pdf#toolbar=0&navpanes=0&view=FitH"));
    html! {
        aside.view #view aria-label=(words.t("editor-preview")) {
            p.muted data-then=(words.t("editor-preview-why")) { (words.t(if draft.is_some() { "editor-preview-why" } else { "editor-preview-later" })) }
            a.btn.open-paper href=[draft.map(|id| format!("/invoices/{id}/pdf"))] hidden[draft.is_none()] target="_blank" { (words.t("paper-open")) }
            div.sheet data-wait=(words.t("paper-comes")) { iframe.preview src=[address] title=(words.t("editor-preview")) {} }
        }
    }
}

/// `GET /invoices/new`
pub(crate) async fn new(Together(app): Together, person: Inside, Query(whom): Query<For>) -> Response {
    let typed = Typed { customer: whom.customer.unwrap_or_default(), ..Typed::default() };
    page(&app, &person, About::Nothing, typed, &Wrong::default()).await
}

/// `POST /invoices/preview`: what it comes to, and nothing kept or looked up.
pub(crate) async fn preview_sums(person: Inside, fields: Fields) -> Response {
    let words = person.words;
    if let Err(no) = policy::permit(&person.actor, Action::DraftInvoice) {
        return refused(words, Refused::from(no));
    }
    let typed = Typed::of_fields(&fields);
    let own = fields.some("own_currency").unwrap_or_else(|| "EUR".to_owned());
    let (reckoned, wrong) = reckon(words, &typed, &own);
    let reasons = Some(reason::usual(&typed, Language::of_tag(fields.get("language"))));
    said::answer(words, &typed, &wrong, Came { reckoned: Some(reckoned), reasons, ..Came::default() })
}

/// What the clock on the business's wall shows.
fn hour(app: &App, business: &Business) -> String {
    let zone = TimeZone::get(&business.time_zone).unwrap_or(TimeZone::UTC);
    app.books.world().clock.now().to_zoned(zone).strftime("%H:%M").to_string()
}

/// Where one goes from here; a script that keeps a draft stays where it is.
async fn after(app: &App, person: &Inside, fields: &Fields, typed: &Typed, draft: &Draft) -> Response {
    let (words, id) = (person.words, draft.id);
    let then = fields.get("then");
    if !matches!(then, "keep" | "issue") {
        return go(&format!("/invoices/{id}/edit"));
    }
    let parties = match Parties::of(app, person, draft).await {
        Ok(parties) => parties,
        Err(no) => return refused(words, no),
    };
    if then == "issue" {
        return match before::to_mend(app, draft, &parties) {
            Some(wrong) => page(app, person, About::Kept(draft, None), Typed::of_draft(words, draft), &wrong).await,
            None => go(&format!("/invoices/{id}/issue")),
        };
    }
    let before = before::panel(app, person, draft, &parties, typed);
    let kept = Kept {
        id: id.to_string(),
        version: draft.version,
        customer: draft.customer.to_string(),
        once: mark(app),
        said: said::said(words, Saved::At(hour(app, &parties.business)), !draft.unfinished.is_empty()),
        title: title(words, &parties.customer.party.name),
        before: before.into_string(),
    };
    let (reckoned, half) = reckon(words, typed, &draft.content.currency.to_string());
    said::answer(words, typed, &half, Came { reckoned: Some(reckoned), kept: Some(kept), ..Came::default() })
}

/// The form again, or the same for a script.
async fn again(app: &App, person: &Inside, fields: &Fields, id: Option<&str>, typed: Typed, wrong: &Wrong) -> Response {
    if fields.get("then") == "keep" {
        return said::answer(person.words, &typed, wrong, Came::default());
    }
    page(app, person, id.map_or(About::Nothing, About::Changed), typed, wrong).await
}

/// The same where the books refused it. Where somebody else was quicker, what keeps itself stops.
async fn unkept(
    app: &App,
    person: &Inside,
    fields: &Fields,
    (id, typed): (Option<&str>, Typed),
    no: &IssueRefused,
    (unfinished, half): (&Unfinished, Wrong),
) -> Response {
    let wrong = Wrong::named(no, &|pointer| field_in_form(pointer, unfinished));
    if no.code() == "stale" && fields.get("then") == "keep" {
        return said::answer(person.words, &typed, &wrong, Came { stale: true, ..Came::default() });
    }
    again(app, person, fields, id, typed, &wrong.and(half)).await
}

/// `POST /invoices`
pub(crate) async fn draft(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let mut typed = Typed::of_fields(&fields);
    if fields.get("then").starts_with("drop-") {
        return page(&app, &person, About::Nothing, typed, &Wrong::default()).await;
    }
    let Ready { customer, content, unfinished, wrong } = match prepare(&app, &person, &mut typed, &fields).await {
        Ok(ready) => ready,
        Err(wrong) => return again(&app, &person, &fields, None, typed, &wrong).await,
    };
    let order = DraftInvoice { customer, content, unfinished: unfinished.clone() };
    let done = match fields.once() {
        Some(once) => invoices::redraft(&app.books, &person.actor, once, order).await,
        None => invoices::draft(&app.books, &person.actor, None, order).await.map_err(IssueRefused::from),
    };
    match done {
        Ok(invoice) => after(&app, &person, &fields, &typed, invoice.draft()).await,
        Err(no) => unkept(&app, &person, &fields, (None, typed), &no, (&unfinished, wrong)).await,
    }
}

async fn kept(app: &App, person: &Inside, id: &str) -> Result<Invoice, Refused> {
    invoices::get(&app.books, &person.actor, id_of(id)?).await
}

/// `GET /invoices/{invoice}/edit`
pub(crate) async fn edit(
    Together(app): Together,
    person: Inside,
    Path(id): Path<String>,
    Query(copied): Query<Copied>,
) -> Response {
    match kept(&app, &person, &id).await {
        Ok(Invoice::Draft(draft)) => {
            let (typed, told) = (Typed::of_draft(person.words, &draft), copied.told(person.words));
            page(&app, &person, About::Kept(&draft, told.as_ref()), typed, &Wrong::default()).await
        }
        Ok(Invoice::Issued(_)) => go(&format!("/invoices/{id}")),
        Err(no) => refused(person.words, no),
    }
}

/// The editor of a draft that could not be issued, with what stands in the way at its fields.
pub(super) async fn mend(app: &App, person: &Inside, id: &str, wrong: &Wrong) -> Response {
    match kept(app, person, id).await {
        Ok(Invoice::Draft(draft)) => {
            page(app, person, About::Kept(&draft, None), Typed::of_draft(person.words, &draft), wrong).await
        }
        Ok(Invoice::Issued(_)) => go(&format!("/invoices/{id}")),
        Err(no) => refused(person.words, no),
    }
}

/// `POST /invoices/{invoice}`
pub(crate) async fn revise(State(app): State<App>, person: Inside, Path(id): Path<String>, fields: Fields) -> Response {
    let mut typed = Typed::of_fields(&fields);
    let before = match kept(&app, &person, &id).await {
        Ok(Invoice::Draft(draft)) => draft,
        Ok(Invoice::Issued(_)) => return go(&format!("/invoices/{id}")),
        Err(no) => return refused(person.words, no),
    };
    if typed.carried.is_empty() {
        // A form of an older page did not carry it: then it stays as it is kept.
        typed.carried = unseen::of_document(&serde_json::to_value(&before.content).unwrap_or_default());
    }
    match fields.get("then") {
        "copy" => return copy::copy(&app, &person, fields.once(), &before).await,
        then if then.starts_with("drop-") => {
            return page(&app, &person, About::Changed(&id), typed, &Wrong::default()).await;
        }
        _ => {}
    }
    let Ready { customer, content, unfinished, wrong } = match prepare(&app, &person, &mut typed, &fields).await {
        Ok(ready) => ready,
        Err(wrong) => return again(&app, &person, &fields, Some(&id), typed, &wrong).await,
    };
    let order =
        ReviseDraft { invoice: before.id, version: typed.version, customer, content, unfinished: unfinished.clone() };
    match invoices::revise(&app.books, &person.actor, None, order).await {
        Ok(invoice) => after(&app, &person, &fields, &typed, invoice.draft()).await,
        Err(no) => {
            // Whoever has read that somebody was quicker may press again: then theirs is the newer state.
            typed.version = Some(before.version);
            unkept(&app, &person, &fields, (Some(&id), typed), &no, (&unfinished, wrong)).await
        }
    }
}
