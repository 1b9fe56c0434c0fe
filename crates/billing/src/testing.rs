#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

//! A business with a customer and invoices, for tests.

pub(crate) mod plans;
mod sql;

use crate::business::{FoundBusiness, found};
use crate::customers::{AddCustomer, Customer, add};
use crate::delivery::settings::{Seen, SetUpDelivery, set_up};
use crate::invoices::{DraftInvoice, Invoice, IssueAtOnce, Issued, Unfinished, issue_at_once};
use coffer_kernel::{Action, Actor, BusinessId, Permit, TypedId};
use coffer_keys::Secret;
use coffer_store::{Asked, Order, Outcome, Refused, Snapshot};
use coffer_testkit::{Callers, Home, TestBooks};

/// The callers of a founded business.
pub(crate) async fn a_business(test: &TestBooks, number: u8) -> Callers {
    a_business_that_numbers(test, number, "AN-").await
}

/// The same, whose numbers begin like this.
pub(crate) async fn a_business_that_numbers(test: &TestBooks, number: u8, prefix: &str) -> Callers {
    let callers = Callers::of(BusinessId::from_bytes([number; 16]));
    let party = serde_json::from_value(serde_json::json!({ "name": "Atelier Nord", "vat_id": "DE318204977" })).unwrap();
    let order = FoundBusiness {
        country: "DE".into(),
        currency: "EUR".parse().unwrap(),
        time_zone: "Europe/Berlin".into(),
        language: "de".into(),
        number_prefix: prefix.into(),
        account: None,
        particulars: party,
    };
    found(&test.books, &callers.operator(), order).await.unwrap();
    callers
}

/// A customer of the actor's.
pub(crate) async fn a_customer(test: &TestBooks, actor: &Actor, name: &str) -> Customer {
    let party = serde_json::from_value(serde_json::json!({ "name": name })).unwrap();
    add(&test.books, actor, None, AddCustomer { party, currency: None, language: None }).await.unwrap()
}

/// An invoice over 100.00 net, 119.00 gross.
pub(crate) fn an_order(customer: &Customer) -> DraftInvoice {
    let content = serde_json::json!({ "currency": "EUR", "lines": [
        { "name": "Shop sign", "quantity": "4", "net_price": "25", "category": "S", "rate": "19" },
    ]});
    DraftInvoice {
        customer: customer.id,
        content: serde_json::from_value(content).unwrap(),
        unfinished: Unfinished::default(),
    }
}

/// An issued invoice over 119.00.
pub(crate) async fn an_invoice(test: &TestBooks, actor: &Actor, customer: &Customer) -> Issued {
    match issue_at_once(&test.books, actor, None, IssueAtOnce(an_order(customer))).await.unwrap() {
        Invoice::Issued(issued) => issued,
        Invoice::Draft(_) => panic!("still a draft"),
    }
}

/// Says under which address customers reach this business.
pub(crate) async fn an_address(test: &TestBooks, callers: &Callers) {
    let public_url = Some("https://invoices.ateliernord.example".to_owned());
    let order = SetUpDelivery { version: None, public_url, mail: None, seen: Seen::Reached };
    set_up(&test.books, &callers.owner(), order).await.unwrap();
}

/// The token at the end of a link.
pub(crate) fn token_of(link: &Secret<String>) -> &str {
    link.expose().strip_prefix("https://invoices.ateliernord.example/d/").unwrap()
}

/// Changes rows behind the program's back.
pub(crate) fn behind(home: &Home, sql: &str) {
    if let Some(database) = home.database() {
        database.query(sql).unwrap();
        return;
    }
    let link = rusqlite::Connection::open(home.folder().unwrap().join("coffer.db")).unwrap();
    link.execute_batch(&format!("PRAGMA key = \"x'{}'\"; {sql}", home.database_key())).unwrap();
}

struct LookBack;

impl Order for LookBack {
    const ACTION: Action = Action::ReadLog;
}

/// What happened to a thing, the newest first.
pub(crate) async fn past_of(test: &TestBooks, actor: &Actor, about: [u8; 16]) -> Vec<String> {
    let asked = Asked { about: Some(about), before: None, most: 100, details: false };
    let look = move |snapshot: &mut Snapshot<'_>, _: &Permit, _: &LookBack| {
        Ok::<_, Refused>(snapshot.history(asked, |leaf| leaf.out == Outcome::Done)?)
    };
    let past = test.books.read(actor, LookBack, look).await.unwrap();
    past.records.into_iter().map(|record| record.leaf.what).collect()
}
