#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::panic, reason = "tests")]

use super::*;
use crate::api_keys::{self, CreateApiKey};
use crate::links::{self, CancelInvitation, enter, invite};
use crate::people::{ChangePassword, change_password};
use crate::sessions::{self, SignOut, Visitor};
use crate::testing::{GOOD, Someone, a_door, invitation, on_both_engines, secret};
use coffer_kernel::{Action, Actor, Origin, Role};
use coffer_store::Refuse;
use coffer_testkit::TestBooks;
use std::time::Duration;

fn a_key(role: Role, scopes: &[Action], test: &TestBooks) -> CreateApiKey {
    let expires_at = test.books.world().clock.now().checked_add(Duration::from_secs(3_600)).unwrap();
    CreateApiKey { name: "The shop".into(), role, scopes: scopes.to_vec(), expires_at: Some(expires_at) }
}

// proves: C45.c, D8
#[test]
fn an_administrator_gives_nobody_more_than_they_have_themselves_least_of_all() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let admin = Someone::joins(&door, &chief, Role::Administrator, "ada@ateliernord.example", &test).await;
        let clerk = Someone::joins(&door, &chief, Role::BillingClerk, "tom@ateliernord.example", &test).await;
        let acts = admin.actor(&door, &test).await;
        for role in [Role::FinanceManager, Role::BillingClerk, Role::SalesRepresentative, Role::Auditor] {
            for user in [admin.user, clerk.user] {
                let refused = revise(&door.books, &acts, ReviseMember { user, role }).await.err().unwrap();
                assert_eq!(refused.code(), "person.more_than_yours", "{role:?}");
            }
            let refused = invite(&door.books, &acts, invitation(role, "eve@evil.example")).await.err().unwrap();
            assert_eq!(refused.code(), "person.more_than_yours", "{role:?}");
            let order = a_key(role, &[Action::ReadInvoices], &test);
            let refused = api_keys::create(&door.books, &acts, order).await.err().unwrap();
            assert_eq!(refused.code(), "api_key.more_than_yours", "{role:?}");
        }
        let refused = api_keys::create(&door.books, &acts, a_key(Role::Owner, Action::ALL, &test)).await;
        assert_eq!(refused.err().unwrap().code(), "api_key.more_than_yours");
        assert!(invite(&door.books, &acts, invitation(Role::Administrator, "al@ateliernord.example")).await.is_ok());
        assert!(api_keys::create(&door.books, &acts, a_key(Role::Owner, &[Action::ReadLog], &test)).await.is_ok());
        end(&door.books, &acts, EndMembership { user: clerk.user }).await.unwrap();
    });
}

// proves: C40.c, C50.a
#[test]
fn what_somebody_made_ends_with_them() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let admin = Someone::joins(&door, &chief, Role::Administrator, "ada@ateliernord.example", &test).await;
        let acts = admin.actor(&door, &test).await;
        let kept = invite(&door.books, &acts, invitation(Role::Administrator, "al@evil.example")).await.unwrap();
        let opened = invite(&door.books, &acts, invitation(Role::Administrator, "bo@evil.example")).await.unwrap();
        let others = invite(&door.books, &chief, invitation(Role::Auditor, "cy@ateliernord.example")).await.unwrap();
        let key = api_keys::create(&door.books, &acts, a_key(Role::Administrator, &[Action::ReadLog], &test)).await;
        let key = key.unwrap().secret.expose().to_owned();
        let bo = Someone::through(&door, opened.expose(), "bo@evil.example", &test).await;
        let resumes = || api_keys::resume(&door.books, &door.mint, &key, Origin::default());
        assert!(resumes().await.is_ok());
        end(&door.books, &chief, EndMembership { user: admin.user }).await.unwrap();
        assert!(enter(&door, kept.expose(), Origin::default()).await.is_err(), "their invitation");
        let late = join(&door, Origin::default(), bo.session, chief.business()).await.err().unwrap();
        assert_eq!(late.code(), "link.spent", "who was arriving by one");
        assert_eq!(resumes().await.err(), Some(api_keys::Unknown::NotAKey), "their key");
        assert!(enter(&door, others.expose(), Origin::default()).await.is_ok(), "what others made stays");
        let second = Someone::joins(&door, &chief, Role::Administrator, "di@ateliernord.example", &test).await;
        let acts = second.actor(&door, &test).await;
        let link = invite(&door.books, &acts, invitation(Role::Administrator, "ed@evil.example")).await.unwrap();
        let less = ReviseMember { user: second.user, role: Role::Auditor };
        revise(&door.books, &chief, less).await.unwrap();
        assert!(enter(&door, link.expose(), Origin::default()).await.is_err(), "who may do less lets in less");
    });
}

// proves: C48.a
#[test]
fn an_invitation_is_taken_back_until_somebody_joined_by_it() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let link =
            invite(&door.books, &chief, invitation(Role::BillingClerk, "tom@ateliernord.example")).await.unwrap();
        let waiting = links::waiting(&door.books, &chief).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting.first().unwrap().email.as_deref(), Some("tom@ateliernord.example"));
        let tom = Someone::through(&door, link.expose(), "anybody@else.example", &test).await;
        let one = waiting.first().unwrap().link.id;
        links::cancel(&door.books, &chief, CancelInvitation(one)).await.unwrap();
        assert_eq!(
            links::cancel(&door.books, &chief, CancelInvitation(one)).await,
            Err(coffer_store::Refused::NotFound)
        );
        let late = join(&door, Origin::default(), tom.session, chief.business()).await.err().unwrap();
        assert_eq!(late.code(), "link.spent");
        assert_eq!(links::waiting(&door.books, &chief).await.unwrap(), []);
    });
}

async fn homeless(tom: &Someone, door: &crate::Door, test: &TestBooks) -> sessions::Session {
    let (_, visitor) = tom.signed_in(door, test).await;
    let Visitor::Homeless(session) = visitor else { panic!("{visitor:?}") };
    session
}

// proves: C31.b, F9
#[test]
fn who_is_known_takes_an_invitation_up_with_the_sign_in_they_have_and_nobody_learns_of_others() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let again = invite(&door.books, &chief, invitation(Role::Auditor, "tom@ateliernord.example")).await.unwrap();
        let tom = Someone::joins(&door, &chief, Role::BillingClerk, "tom@ateliernord.example", &test).await;
        let token = again.expose().to_owned();
        let (_, visitor) = tom.signed_in(&door, &test).await;
        let Visitor::Staff { session, .. } = visitor else { panic!("{visitor:?}") };
        let works = accept(&door, Origin::default(), &session, &token).await.err().unwrap();
        assert_eq!(works.code(), "person.member");
        end(&door.books, &chief, EndMembership { user: tom.user }).await.unwrap();
        let session = homeless(&tom, &door, &test).await;
        let back = accept(&door, Origin::default(), &session, &token).await.unwrap();
        let visitor = sessions::resume(&door.books, &door.mint, back.expose(), Origin::default()).await.unwrap();
        let Visitor::Staff { actor, .. } = visitor else { panic!("{visitor:?}") };
        assert_eq!((actor.user(), actor.business()), (Some(tom.user), chief.business()), "back, as they were known");
        let spent = accept(&door, Origin::default(), &session, &token).await.err().unwrap();
        assert_eq!(spent.code(), "link.spent", "once");
        // An invitation for one address says nothing about another: whatever is typed, it is for its own.
        let foreign = invite(&door.books, &chief, invitation(Role::Auditor, "new@ateliernord.example")).await.unwrap();
        let new = Someone::through(&door, foreign.expose(), "tom@ateliernord.example", &test).await;
        assert_ne!(new.user, tom.user);
        assert!(test.books.check(chief.business()).await.unwrap().findings.is_empty());
    });
}

// proves: C40.e, D8
#[test]
fn who_was_let_in_and_is_out_before_they_are_heard_lets_nobody_else_in() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let email = "ada@ateliernord.example";
        let admin = Someone::joins(&door, &chief, Role::Administrator, email, &test).await;
        let tom = Someone::joins(&door, &chief, Role::Administrator, "tom@ateliernord.example", &test).await;
        let (_, visitor) = admin.signed_in(&door, &test).await;
        let Visitor::Staff { session, actor: signed_out } = visitor else { panic!("{visitor:?}") };
        let stays = admin.actor(&door, &test).await;
        let gives = async |acts: &Actor, code: &str| {
            let invited = invite(&door.books, acts, invitation(Role::Administrator, "al@evil.example")).await;
            assert_eq!(invited.err().unwrap().code(), code);
            let key = a_key(Role::Administrator, &[Action::ReadLog], &test);
            assert_eq!(api_keys::create(&door.books, acts, key).await.err().unwrap().code(), code);
            let ended = end(&door.books, acts, EndMembership { user: tom.user }).await;
            assert_eq!(ended.err().unwrap().code(), code);
        };
        sessions::sign_out(&door.books, &door.mint, &stays, SignOut(session.id)).await.unwrap();
        gives(&signed_out, "sign_in.needed").await;
        assert!(invite(&door.books, &stays, invitation(Role::Administrator, "bo@ateliernord.example")).await.is_ok());
        revise(&door.books, &chief, ReviseMember { user: admin.user, role: Role::Auditor }).await.unwrap();
        gives(&stays, "role.not_allowed").await;
        revise(&door.books, &chief, ReviseMember { user: admin.user, role: Role::Administrator }).await.unwrap();
        assert!(invite(&door.books, &stays, invitation(Role::Administrator, "cy@ateliernord.example")).await.is_ok());
        end(&door.books, &chief, EndMembership { user: admin.user }).await.unwrap();
        gives(&stays, "sign_in.needed").await;
        let new =
            ChangePassword { session: session.id, old: secret(GOOD), new: secret("another battery staple mango") };
        let changed = change_password(&door, &signed_out, new).await.err().unwrap();
        assert_eq!(changed.code(), "sign_in.needed", "a sign-in that was ended gives itself no other password");
        assert!(links::waiting(&door.books, &chief).await.unwrap().is_empty(), "what they made ended with them");
    });
}
