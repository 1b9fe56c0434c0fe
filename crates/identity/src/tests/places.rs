//! Who works where is not answered otherwise because somebody added a row, or took one away.

use super::{HERE, behind};
use crate::links::{self, CreateSetupLink, set_up_link};
use crate::members::{self, everybody};
use crate::testing::{Someone, a_door, a_firm, on_both_engines};
use crate::vouchers::look_through;
use coffer_kernel::{Actor, BusinessId, Role, TypedId};
use coffer_keys::Token;
use coffer_store::{Refuse, values};
use coffer_testkit::{Callers, TestBooks};

fn operator() -> Actor {
    Callers::of(BusinessId::INSTALLATION).operator()
}

async fn makes_a_link(test: &TestBooks) -> Result<Token, &'static str> {
    set_up_link(&test.books, &operator(), CreateSetupLink).await.map_err(|refused| refused.code())
}

// proves: C02.e, C34.a
#[test]
fn an_installation_with_an_owner_is_not_set_up_anew_whatever_rows_are_gone() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        // Whoever works here is seen at the door; a page names them.
        assert_eq!(members::list(&door, &chief).await.unwrap().len(), 1);
        let house = || values![BusinessId::INSTALLATION.bytes()];
        for (gone, row) in [
            ("DELETE FROM workplace", Vec::new()),
            ("DELETE FROM membership", Vec::new()),
            ("DELETE FROM business_directory WHERE business <> $1", house()),
            ("DELETE FROM user_account", Vec::new()),
            ("DELETE FROM log_record WHERE business = $1", house()),
        ] {
            assert!(behind(&test, gone, row).await > 0, "{gone}");
            assert_eq!(makes_a_link(&test).await.err(), Some("setup.done"), "{gone}");
        }
    });
}

// proves: C02.e
#[test]
fn nobody_keeps_an_owner_out_by_rows_of_somebody_who_never_came() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let row = || values![[9; 16], [2; 16]];
        behind(&test, "INSERT INTO workplace (user_id, business) VALUES ($1, $2)", row()).await;
        let place =
            "INSERT INTO membership (business, id, version, role, since) VALUES ($2, $1, 1, 'owner', 1700000000000000)";
        behind(&test, place, row()).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        assert_eq!(members::list(&door, &chief).await.unwrap().len(), 1);
    });
}

// proves: C02.e, C34.b
#[test]
fn a_set_up_link_that_was_put_back_sets_nothing_up_and_takes_nobodys_sign_in() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let email = "ingrid@ateliernord.example";
        let link = makes_a_link(&test).await.unwrap();
        behind(&test, "CREATE TABLE kept_link AS SELECT * FROM entry_link", Vec::new()).await;
        let owner = Someone::through(&door, link.expose(), email, &test).await;
        let business = a_firm(&test, 2).await;
        members::open_business(&door, HERE, owner.session, business).await.unwrap();
        let chief = owner.actor(&door, &test).await;
        members::list(&door, &chief).await.unwrap();
        let put_back = async || {
            behind(&test, "DELETE FROM entry_link", Vec::new()).await;
            behind(&test, "INSERT INTO entry_link SELECT * FROM kept_link", Vec::new()).await;
        };
        behind(&test, "DELETE FROM workplace", Vec::new()).await;
        behind(&test, "DELETE FROM membership", Vec::new()).await;
        put_back().await;
        let theirs = Someone::arrives(&door, link.expose(), email).await.2;
        assert_eq!(theirs.err().unwrap().code(), "person.sign_in_first");
        put_back().await;
        let eve = Someone::through(&door, link.expose(), "eve@evil.example", &test).await;
        let another = a_firm(&test, 3).await;
        let late = members::open_business(&door, HERE, eve.session, another).await.err().unwrap();
        assert_eq!(late.code(), "business.taken");
    });
}

// proves: C02.f
#[test]
fn a_place_that_is_not_found_from_its_person_is_looked_through_too() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let tom = Someone::joins(&door, &chief, Role::BillingClerk, "tom@ateliernord.example", &test).await;
        assert_eq!(look_through(&test.books, &operator()).await.unwrap().altered, []);
        behind(&test, "DELETE FROM workplace WHERE user_id = $1", values![tom.user.bytes()]).await;
        let works: usize =
            everybody(&test.books, &operator()).await.unwrap().iter().map(|known| known.works.len()).sum();
        assert_eq!(works, 1, "who has no way to their place has none");
        let altered = look_through(&test.books, &operator()).await.unwrap().altered;
        let found: Vec<_> = altered.iter().map(|altered| (altered.table, altered.row)).collect();
        assert_eq!(found, [("membership", tom.user.bytes())]);
    });
}

// proves: C48.a
#[test]
fn who_works_here_is_not_invited_and_the_inviter_is_told_at_the_field() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let tom = Someone::joins(&door, &chief, Role::BillingClerk, "tom@ateliernord.example", &test).await;
        let invites = async |email: &str| {
            let order = crate::testing::invitation(Role::Auditor, email);
            links::invite(&test.books, &chief, order).await.map(drop)
        };
        for email in ["tom@ateliernord.example", " Tom@AtelierNord.example "] {
            let refused = invites(email).await.err().unwrap();
            let fields: Vec<String> = refused.pointers().iter().map(|at| at.pointer.to_string()).collect();
            assert_eq!((refused.code(), fields), ("person.works_here", vec!["/email".to_owned()]), "{email}");
            // Nor by taking away what their place is found by.
            behind(&test, "DELETE FROM workplace WHERE user_id = $1", values![tom.user.bytes()]).await;
        }
        members::end(&test.books, &chief, members::EndMembership { user: tom.user }).await.unwrap();
        assert_eq!(invites("tom@ateliernord.example").await, Ok(()), "who left comes back by one");
    });
}
