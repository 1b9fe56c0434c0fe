//! Customers: the list, one of them, and the form.

mod list;
mod name;
mod see;

pub(crate) use list::list;
pub(super) use name::customer_name;
pub(crate) use see::see;

use super::frame_for;
use super::letterhead::languages;
use super::refused::refused;
use crate::App;
use crate::form::Fields;
use crate::look::answer::{Html, go};
use crate::look::{Field, Head, Wrong, choice, inside};
use crate::pages::together::Together;
use crate::visitor::{Inside, came_from};
use crate::words::Words;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use coffer_billing::business;
use coffer_billing::customers::{self, AddCustomer, CalledAlike, Customer, FindCustomers, ReviseCustomer};
use coffer_billing::fold::fold;
use coffer_billing::invoices::content::Party;
use coffer_documents::countries;
use coffer_kernel::CustomerId;
use coffer_store::Refused;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

/// What is typed of a name.
#[derive(Deserialize, Default)]
pub(crate) struct Typed {
    #[serde(default)]
    q: String,
}

/// A customer as the type-ahead offers them.
#[derive(Serialize)]
struct Offered {
    id: String,
    name: String,
    currency: String,
    /// The language of their documents.
    language: String,
    /// The name in pieces; whether each is what was typed.
    parts: Vec<(String, bool)>,
    /// What helps to choose.
    second: String,
}

/// `GET /customers/find`: those whose name fits, for the type-ahead.
pub(crate) async fn find(State(app): State<App>, person: Inside, Query(typed): Query<Typed>) -> Response {
    let query = FindCustomers { text: typed.q.clone(), most: 8 };
    match customers::find(&app.books, &person.actor, query).await {
        Ok(found) => {
            let offered: Vec<Offered> = found.iter().map(|customer| offered(customer, &found, &typed.q)).collect();
            ([(header::CACHE_CONTROL, "no-store")], Json(offered)).into_response()
        }
        Err(no) => refused(person.words, no),
    }
}

fn offered(customer: &Customer, among: &[Customer], typed: &str) -> Offered {
    let party = &customer.party;
    let known: Vec<&str> = [&party.city, &party.email].into_iter().flatten().map(String::as_str).collect();
    let known = known.join(" · ");
    // Of who has a namesake it is said what tells them apart, and only then what else is known.
    let apart = customers::told_apart(customer, among).filter(|apart| !known.contains(apart.as_str()));
    Offered {
        id: customer.id.to_string(),
        name: party.name.clone(),
        currency: customer.currency.to_string(),
        language: customer.language.clone(),
        parts: parts(&party.name, typed),
        second: apart.unwrap_or(known),
    }
}

/// A name in pieces: letter by letter, as accents may make it longer or shorter than what was typed.
pub(super) fn parts(name: &str, typed: &str) -> Vec<(String, bool)> {
    let typed = fold(typed.trim());
    let letters: Vec<char> = name.chars().collect();
    let starts = (0..letters.len()).filter(|_| !typed.is_empty());
    let hit = starts.filter_map(|start| {
        let mut folded = String::new();
        let length = letters.iter().skip(start).position(|letter| {
            folded.push_str(&fold(&letter.to_string()));
            folded.len() >= typed.len()
        })?;
        (folded == typed).then_some((start, start + length + 1))
    });
    let (start, end) = hit
        .min_by_key(|(start, _)| (*start > 0 && letters.get(start - 1).is_some_and(|c| c.is_alphanumeric()), *start))
        .unwrap_or((0, 0));
    let piece = |range: std::ops::Range<usize>| letters.get(range).unwrap_or_default().iter().collect::<String>();
    let all = [(piece(0..start), false), (piece(start..end), true), (piece(end..letters.len()), false)];
    all.into_iter().filter(|(text, _)| !text.is_empty()).collect()
}

/// Every country by its name, one's own first; none, where nobody said; what no list knows stays what it is.
fn country_choices(words: &Words, home: &str, chosen: &str) -> Vec<(String, String)> {
    let known: Vec<_> = countries::from_home(words.language, home);
    let other = !chosen.is_empty() && !known.iter().any(|(code, _)| *code == chosen);
    let first = [(String::new(), words.t("customer-country-unsaid"))];
    let other = other.then(|| (chosen.to_owned(), chosen.to_owned()));
    let known = known.into_iter().map(|(code, name)| (code.to_owned(), name.to_owned()));
    first.into_iter().chain(other).chain(known).collect()
}

/// The languages of documents; of somebody new it is the business's, unless one says otherwise.
fn language_choices(words: &Words, chosen: &str) -> Vec<(String, String)> {
    let own = chosen.is_empty().then(|| (String::new(), words.t("customer-language-own")));
    own.into_iter().chain(languages(chosen)).collect()
}

/// What a form shows: where it is sent, who they are, the language of their documents.
struct Shown<'a> {
    action: &'a str,
    party: &'a Party,
    language: &'a str,
    /// Where somebody came from, to mend what is missing there; they go back.
    back: Option<&'a str>,
    /// Those who are called the same, of whom the new one may be one.
    alike: &'a [Customer],
}

/// Those who have the name already, each with what tells them apart.
fn namesakes(words: &Words, alike: &[Customer]) -> Markup {
    html! {
        @if !alike.is_empty() { div.banner.care role="alert" tabindex="-1" autofocus { div {
            b { (words.t1("customer-namesakes", "count", alike.len())) }
            ul { @for one in alike { li {
                a href={ "/customers/" (one.id) } { bdi { (one.party.name) } }
                @for told in [&one.party.city, &one.party.email].into_iter().flatten() { " · " bdi { (told) } }
            } } }
            p { (words.t("customer-namesakes-what")) }
        } } }
    }
}

fn form(words: &Words, home: &str, shown: &Shown<'_>, wrong: &Wrong) -> Markup {
    let Shown { action, party, language, back, alike } = *shown;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    html! {
        @let form = html! {
            form.stack.narrow method="post" action=(action) novalidate {
                @if let Some(back) = back { input type="hidden" name="back" value=(back); }
                (Field::text("name", words.t("customer-name"), &party.name).required().draw(words, wrong))
                (Field::text("email", words.t("customer-email"), &text(&party.email)).kind("email").hint(words.t("customer-email-hint")).draw(words, wrong))
                (Field::text("street", words.t("customer-street"), &text(&party.street)).draw(words, wrong))
                div.row {
                    (Field::text("post_code", words.t("customer-post-code"), &text(&party.post_code)).draw(words, wrong))
                    (Field::text("city", words.t("customer-city"), &text(&party.city)).draw(words, wrong))
                }
                (Field::text("subdivision", words.t("customer-subdivision"), &text(&party.subdivision)).draw(words, wrong))
                (choice("country", &words.t("customer-country"), &country_choices(words, home, &text(&party.country)), &text(&party.country)))
                (choice("language", &words.t("customer-language"), &language_choices(words, language), language))
                (Field::text("vat_id", words.t("customer-vat-id"), &text(&party.vat_id)).draw(words, wrong))
                (Field::text("phone", words.t("customer-phone"), &text(&party.phone)).kind("tel").draw(words, wrong))
                div.acts {
                    @if alike.is_empty() { button.btn.main { (words.t("customer-save")) } }
                    @else { button.btn.main name="also" value=(party.name) { (words.t("customer-also")) } }
                    a.btn.quiet href=(back.unwrap_or("/customers")) { (words.t("form-back")) }
                }
            }
        };
        (namesakes(words, alike))
        (wrong.above(words, &form))
    }
}

fn party(fields: &Fields, before: Party) -> Party {
    Party {
        name: fields.get("name").to_owned(),
        email: fields.some("email"),
        street: fields.some("street"),
        post_code: fields.some("post_code"),
        city: fields.some("city"),
        subdivision: fields.some("subdivision"),
        country: fields.some("country").map(|code| code.to_uppercase()),
        vat_id: fields.some("vat_id"),
        phone: fields.some("phone"),
        ..before
    }
}

async fn form_page(app: &App, person: &Inside, title: &str, shown: &Shown<'_>, wrong: &Wrong) -> Response {
    let words = person.words;
    let home = match business::get(&app.books, &person.actor).await {
        Ok(business) => business.country,
        Err(no) => return refused(words, no),
    };
    let head = Head { kicker: None, title, acts: None };
    let body = form(words, &home, shown, wrong);
    let asked = wrong.any() || !shown.alike.is_empty();
    let status = if asked { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Html(status, inside(words, &frame_for(app, person).await, "/customers", &head, &body)).into_response()
}

/// `GET /customers/new`
pub(crate) async fn new(Together(app): Together, person: Inside) -> Response {
    let shown = Shown { action: "/customers", party: &Party::default(), language: "", back: None, alike: &[] };
    form_page(&app, &person, &person.words.t("customers-add"), &shown, &Wrong::default()).await
}

/// `POST /customers`: where somebody has the name already, it is asked first whether it is one of them.
pub(crate) async fn add(State(app): State<App>, person: Inside, fields: Fields) -> Response {
    let party = party(&fields, Party::default());
    let language = fields.some("language");
    let alike = match alike(&app, &person, &party.name, fields.get("also")).await {
        Ok(alike) => alike,
        Err(no) => return refused(person.words, no),
    };
    let order = AddCustomer { party: party.clone(), currency: None, language: language.clone() };
    let wrong = if alike.is_empty() {
        match customers::add(&app.books, &person.actor, None, order).await {
            Ok(customer) => return go(&format!("/customers/{}", customer.id)),
            Err(no) => Wrong::of(&no),
        }
    } else {
        Wrong::default()
    };
    let language = language.as_deref().unwrap_or_default();
    let shown = Shown { action: "/customers", party: &party, language, back: None, alike: &alike };
    form_page(&app, &person, &person.words.t("customers-add"), &shown, &wrong).await
}

/// Those who are called the same, unless it was said of this very name that it is another one.
async fn alike(app: &App, person: &Inside, name: &str, also: &str) -> Result<Vec<Customer>, Refused> {
    if !also.is_empty() && fold(also) == fold(name) {
        return Ok(Vec::new());
    }
    customers::called_alike(&app.books, &person.actor, CalledAlike { name: name.to_owned() }).await
}

/// What stands behind the question mark: where somebody came from.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    back: String,
}

/// `GET /customers/{customer}/edit`
pub(crate) async fn edit(
    Together(app): Together,
    person: Inside,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let Ok(customer) = id.parse::<CustomerId>() else { return refused(person.words, Refused::NotFound) };
    match customers::get(&app.books, &person.actor, customer).await {
        Ok(Customer { party, language, .. }) => {
            let (action, back) = (format!("/customers/{id}"), came_from(&asked.back));
            let shown =
                Shown { action: &action, party: &party, language: &language, back: back.as_deref(), alike: &[] };
            form_page(&app, &person, &party.name, &shown, &Wrong::default()).await
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
    let (language, back) = (fields.some("language"), came_from(fields.get("back")));
    let order =
        ReviseCustomer { customer, version: None, party: party.clone(), currency: None, language: language.clone() };
    let action = format!("/customers/{customer}");
    match customers::revise(&app.books, &person.actor, order).await {
        Ok(_) => go(back.as_deref().unwrap_or(&action)),
        Err(no) => {
            let language = language.as_deref().unwrap_or_default();
            let shown = Shown { action: &action, party: &party, language, back: back.as_deref(), alike: &[] };
            form_page(&app, &person, &party.name, &shown, &Wrong::of(&no)).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_was_typed_is_marked_in_the_name() {
        let hit = |name, typed| parts(name, typed).into_iter().find(|(_, hit)| *hit).map(|(text, _)| text);
        assert_eq!(hit("Łukasz Wójcik", "wo").as_deref(), Some("Wó"));
        assert_eq!(hit("Two Wolves", "wo").as_deref(), Some("Wo"), "the start of a word is the better place");
        assert_eq!(hit("Große Gasse", "gross").as_deref(), Some("Groß"));
        assert_eq!(hit("Bäckerei", "xyz"), None);
        assert_eq!(parts("Bäckerei", "").len(), 1);
    }
}
