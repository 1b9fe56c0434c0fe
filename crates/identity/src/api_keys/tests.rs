#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use super::*;
use crate::testing::{a_firm, on_both_engines};
use coffer_kernel::{Mint, Origin};
use coffer_store::Refuse;
use coffer_testkit::Callers;

// proves: C36.a
#[test]
fn a_key_opens_what_it_was_made_for_until_it_expires() {
    on_both_engines(|test| async move {
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
            expires_at: Some(now.checked_add(std::time::Duration::from_secs(60)).unwrap()),
        };
        let nowhere = Callers::of(BusinessId::INSTALLATION).operator();
        let refused = create(&test.books, &nowhere, order.clone()).await.err().unwrap();
        assert_eq!(refused.code(), "api_key.no_business", "the installation's own books are no business");
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

// proves: C36.b, C45.b
#[test]
fn a_key_makes_keys_within_its_own_bounds_and_they_end_with_it() {
    on_both_engines(|test| async move {
        crate::found_installation(&test.books, &Callers::of(BusinessId::INSTALLATION).operator()).await.unwrap();
        let business = a_firm(&test, 2).await;
        let (operator, mint) = (Callers::of(business).operator(), Mint::claim());
        let now = test.books.world().clock.now();
        let soon = now.checked_add(std::time::Duration::from_secs(3_600)).unwrap();
        let order = |role, scopes: &[Action], expires_at| CreateApiKey {
            name: "The shop".into(),
            role,
            scopes: scopes.to_vec(),
            expires_at,
        };
        let scopes = [Action::CreateApiKey, Action::RevokeApiKey, Action::ReadInvoices, Action::ReadCustomers];
        let never = order(Role::Auditor, &[Action::ReadInvoices, Action::IssueInvoice], Some(soon));
        let never = create(&test.books, &operator, never).await.err().unwrap();
        assert_eq!((never.code(), never.pointers().len()), ("api_key.beyond_role", 1), "it could never issue");
        let maker = create(&test.books, &operator, order(Role::Owner, &scopes, Some(soon))).await.unwrap();
        let resumed =
            async |created: &Created| resume(&test.books, &mint, created.secret.expose(), Origin::default()).await;
        let key = resumed(&maker).await.unwrap();
        for (asked, code) in [
            (order(Role::Owner, &[Action::IssueInvoice], None), "api_key.more_than_yours"),
            (order(Role::Owner, &[Action::ReadInvoices, Action::CreateApiKey], None), "api_key.more_than_yours"),
            (
                order(Role::Auditor, &[Action::ReadInvoices], soon.checked_add(std::time::Duration::from_secs(1)).ok()),
                "api_key.outlives_yours",
            ),
        ] {
            assert_eq!(create(&test.books, &key, asked).await.err().unwrap().code(), code);
        }
        let made = create(&test.books, &key, order(Role::Auditor, &[Action::ReadInvoices], None)).await.unwrap();
        assert_eq!((made.key.expires_at, made.key.made_by), (soon, Some(maker.key.user)), "as long as its maker");
        let child = resumed(&made).await.unwrap();
        let grandchild = create(&test.books, &child, order(Role::Auditor, &[Action::ReadInvoices], None)).await;
        assert_eq!(grandchild.err().unwrap().code(), "role.not_allowed");
        revoke(&test.books, &operator, RevokeApiKey(maker.key.id)).await.unwrap();
        for ended in [&maker, &made] {
            assert_eq!(resumed(ended).await, Err(Unknown::NotAKey), "what a key made ends with it");
        }
        // It was let in before it was revoked, and asks only now.
        let late = create(&test.books, &key, order(Role::Owner, &[Action::ReadInvoices], None)).await;
        assert_eq!(late.err().unwrap().code(), "sign_in.needed", "what is revoked makes nothing");
        let again = revoke(&test.books, &operator, RevokeApiKey(made.key.id)).await.unwrap_err();
        assert_eq!(again.code(), "not_found", "it was revoked already");
    });
}
