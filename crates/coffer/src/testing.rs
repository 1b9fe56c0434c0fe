#![allow(clippy::unwrap_used, reason = "tests")]
//! A business for the tests of what serving does by itself.

use coffer_billing::business::{FoundBusiness, found};
use coffer_kernel::{BusinessId, TypedId};
use coffer_testkit::{Callers, TestBooks};
use serde_json::Value;

/// The callers of a business that was founded with these particulars, in an installation that was founded before.
pub(crate) async fn a_business(test: &TestBooks, particulars: Value) -> Callers {
    let installation = Callers::of(BusinessId::INSTALLATION).operator();
    coffer_identity::found_installation(&test.books, &installation).await.unwrap();
    let callers = Callers::of(BusinessId::from_bytes([2; 16]));
    let order = FoundBusiness {
        country: "DE".into(),
        currency: "EUR".parse().unwrap(),
        time_zone: "Europe/Berlin".into(),
        language: "de".into(),
        number_prefix: "AN-".into(),
        account: None,
        particulars: serde_json::from_value(particulars).unwrap(),
    };
    found(&test.books, &callers.operator(), order).await.unwrap();
    callers
}
