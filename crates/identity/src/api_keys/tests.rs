#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use super::*;
use crate::testing::a_firm;
use coffer_kernel::{Mint, Origin};
use coffer_store::{Refuse, STEPS};
use coffer_testkit::{Callers, on_both_engines};

// proves: C36.a
#[test]
fn a_key_opens_what_it_was_made_for_until_it_expires() {
    on_both_engines(STEPS, &[], |test| async move {
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        crate::found_installation(&test.books, &operator).await.unwrap();
        crate::found_installation(&test.books, &operator).await.unwrap();
        let business = a_firm(&test, 2).await;
        let operator = Callers::of(business).operator();
        let now = test.books.world().clock.now();
        let order = CreateApiKey {
            name: "The shop".into(),
            role: Role::BillingClerk,
            scopes: vec![Action::IssueInvoice],
            expires_at: now.checked_add(std::time::Duration::from_secs(60)).unwrap(),
        };
        let created = create(&test.books, &operator, order.clone()).await.unwrap();
        let mint = Mint::claim();
        let secret = created.secret.expose().to_owned();
        let actor = resume(&test.books, &mint, &secret, Origin::default()).await.unwrap();
        assert_eq!((actor.business(), actor.user()), (business, Some(created.key.user)));
        let mut forged = secret.clone();
        forged.replace_range(10..11, if &forged[10..11] == "A" { "B" } else { "A" });
        for wrong in ["", "cof_", forged.as_str(), "Bearer"] {
            assert_eq!(resume(&test.books, &mint, wrong, Origin::default()).await, Err(Unknown::NotAKey), "{wrong}");
        }
        test.home.clock.advance_seconds(61);
        assert_eq!(resume(&test.books, &mint, &secret, Origin::default()).await, Err(Unknown::NotAKey));
        let late = create(&test.books, &operator, order).await.err().unwrap();
        assert_eq!(late.code(), "api_key.expired");
    });
}
