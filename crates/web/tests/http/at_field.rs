//! Every refusal stands at its field, in every form of every page: what nobody can take is typed into each field in turn.
//! Which fields there are is read from the pages, so that the next one is held to the same.

use crate::consequence::{EMAIL, joins};
use crate::drawn::{Field, Form, complaint, forms};
use crate::forms::{address, pages};
use crate::offered::route;
use crate::pages::{founded, key_to};
use crate::visit::{Seen, Visit};
use crate::world::{Records, State, World, home};
use axum::http::StatusCode;
use coffer_store::Dialect;
use coffer_testkit::TestBooks;
use serde_json::json;
use std::collections::BTreeSet;

/// What no field takes: a sign that nobody sees, and more than anybody types.
fn unfit() -> [(&'static str, String); 2] {
    [("a sign", "Sign\u{7}".to_owned()), ("too long", "x".repeat(20_000))]
}

/// What stands for a rate that one types.
const OTHER_RATE: &str = "S other";

/// Where a form is sent, its field, with what (or anything), and why that is not complained of there.
const OTHERWISE: [(&str, &str, &str, &str); 4] = [
    ("/settings/password", "new", "", "a password is judged when the old one was typed, by its own rule"),
    ("/settings/delivery/mail", "password", "a sign", "it is said to the server as it was typed, whatever it is"),
    ("/settings/delivery/mail", "password", "too long", "it is said to the server as it was typed, whatever it is"),
    ("/invoices/{invoice}/send", "words", "a sign", "what no mail shows is left out of it"),
];

fn otherwise(to: &str, field: &str, with: &str) -> Option<usize> {
    OTHERWISE.iter().position(|(at, name, what, _)| *at == to && *name == field && ["", with].contains(what))
}

/// What else a form needs, so that nothing but the one field is wrong with it: each where it stands empty.
const NEEDED: [(&str, &str); 6] = [
    ("recipient", "office@kontor.example"),
    ("iban", "DE89370400440532013000"),
    ("holder", "Atelier"),
    ("name", "Sign"),
    ("net_price", "95"),
    ("amount", "5"),
];

/// What stands in one field while another is tried.
fn beside(tried: &str, field: &Field, customer: &str) -> String {
    let (outer, last) = field.name.rsplit_once('-').unwrap_or(("", &field.name));
    let (tried_in, tried) = tried.rsplit_once('-').unwrap_or(("", tried));
    match (last, tried) {
        // A rate of one's own is read where one is chosen, and a new customer where nobody is.
        ("tax", "rate") if outer == tried_in => OTHER_RATE.to_owned(),
        ("customer", "new_customer") => String::new(),
        ("customer", _) if field.value.is_empty() => customer.to_owned(),
        // Who has no discount gives no reason for it.
        ("amount", _) if outer != tried_in => field.value.clone(),
        _ if field.value.is_empty() => {
            NEEDED.iter().find(|(name, _)| *name == last).map_or_else(String::new, |(_, value)| (*value).to_owned())
        }
        _ => field.value.clone(),
    }
}

/// Sends a form as it stands, but for one field.
async fn sends(visit: &mut Visit<'_>, form: &Form, field: &str, typed: &str, customer: &str) -> Seen {
    let value = |other: &Field| if other.name == field { typed.to_owned() } else { beside(field, other, customer) };
    let sent: Vec<(&str, String)> = form.fields.iter().map(|other| (other.name.as_str(), value(other))).collect();
    if form.in_parts {
        let parts: Vec<(&str, &[u8])> = sent.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        visit.upload(&form.to, &parts).await
    } else {
        let fields: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
        visit.post(&form.to, &fields).await
    }
}

/// What is wrong with the answer; nothing where it complains at the field, in words.
fn wrong(answer: &Seen, field: &str) -> Option<String> {
    if !answer.status.is_client_error() {
        return Some(format!("answered with {} {}", answer.status, answer.location));
    }
    match complaint(&answer.text, field) {
        None => Some(format!("{}: no complaint at it", answer.status)),
        Some(said) if !said.trim().contains(' ') => Some(format!("no words: {said}")),
        Some(_) => None,
    }
}

/// An owner, with one record of each kind in each state, and mail that could leave.
async fn furnished<'a>(world: &'a World) -> (Visit<'a>, Vec<Records>) {
    let mut owner = Visit::owner(world, EMAIL).await;
    joins(world, &mut owner, "billing_clerk").await;
    let key = key_to(world, founded(world).await).await;
    let mut records = world.records_in_each(&key, &key).await;
    let person = owner.get("/people").await.between("href=\"/people/", "/end");
    let spare = world.spare_key_of(founded(world).await).await;
    records.iter_mut().for_each(|records| (records.person, records.key) = (person.clone(), spare.clone()));
    let mail =
        json!({ "host": "mail.example.com", "port": 465, "security": "tls", "user": null, "sender": "a@b.example" });
    let wish = json!({ "public_url": "https://invoices.ateliersor.example", "customers_reach_it": true, "mail": mail });
    let (status, answer) = world.send("PUT", "/api/v1/settings/delivery", &key, Some(&wish)).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    (owner, records)
}

// proves: A4
#[test]
fn whatever_is_refused_is_said_at_its_field_in_every_form() {
    // What stands at a field is drawn above the store: one engine is as good as the other.
    let home = home(Dialect::Sqlite);
    let books = home.open(None).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(everywhere(TestBooks { books, home }));
}

async fn everywhere(test: TestBooks) {
    let world = World::new(test).await;
    let (mut owner, records) = furnished(&world).await;
    let (mut tried, mut excepted, mut bad) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (page, _) in pages("GET") {
        for &state in State::of(&page) {
            let path = address(&page, &records[state as usize], state);
            let drawn = forms(&owner.get(&path).await.text);
            for (place, form) in drawn.iter().enumerate() {
                let to = form.to.split('?').next().unwrap_or_default();
                let to = route("POST", to).unwrap_or_else(|| panic!("{path}: {to} leads nowhere")).path;
                for field in form.fields.iter().filter(|field| field.free()) {
                    if !tried.insert((page.path, to, field.name.clone())) {
                        continue;
                    }
                    for (what, typed) in unfit() {
                        if let Some(known) = otherwise(to, &field.name, what) {
                            excepted.insert(known);
                            continue;
                        }
                        // Each time from the page as it is now, with the mark that it was drawn with.
                        let now = forms(&owner.get(&path).await.text);
                        let Some(form) = now.get(place) else {
                            bad.push(format!("{path}: its form is gone before {} with {what}", field.name));
                            continue;
                        };
                        let answer = sends(&mut owner, form, &field.name, &typed, &records[0].customer).await;
                        let why = wrong(&answer, &field.name);
                        bad.extend(why.map(|why| format!("{} -> {to}: {} with {what}: {why}", page.path, field.name)));
                    }
                }
            }
        }
    }
    assert!(bad.is_empty(), "{} fields; {bad:#?}", tried.len());
    assert_eq!(excepted.len(), OTHERWISE.len(), "of what is excepted {excepted:?} is still there");
    assert!(tried.len() > 60, "{} fields: {tried:#?}", tried.len());
}
