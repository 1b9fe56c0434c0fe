#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::panic, reason = "tests")]

use super::*;
use crate::links::{CreateSetupLink, InvitePerson, enter, invite, set_up_link};
use crate::members::{self, EndMembership, ReviseMember};
use crate::people::{Arrive, BeginSecondStep, ConfirmSecondStep, arrive, begin as begin_second_step, confirm};
use crate::sessions::{self, SignOut, Unknown, Visitor};
use crate::testing::{GOOD, Someone, a_door, a_firm, on_both_engines, secret};
use coffer_kernel::{Action, BusinessId, Origin, Role};
use coffer_store::Refuse;
use coffer_testkit::Callers;

fn nowhere() -> Origin {
    Origin::default()
}

// proves: C34.a, D5
#[test]
fn an_owner_comes_in_by_a_link_that_works_once_and_signs_in_with_two_steps() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let first = set_up_link(&door.books, &operator, CreateSetupLink).await.unwrap();
        let second = set_up_link(&door.books, &operator, CreateSetupLink).await.unwrap();
        assert!(enter(&door, first.expose(), nowhere()).await.is_err(), "an earlier link ends");
        let owner = Someone::through(&door, second.expose(), "ingrid@ateliernord.example", &test).await;
        assert!(enter(&door, second.expose(), nowhere()).await.is_err(), "it was used");
        let arriving = Callers::of(BusinessId::INSTALLATION).setup();
        let bound = sessions::found_what(&door.books, &arriving, owner.session).await.unwrap();
        let again = sessions::found_what(&door.books, &arriving, owner.session).await.unwrap();
        assert_eq!(bound, again, "one set-up founds one business, however often its button is pressed");
        let business = a_firm(&test, 2).await;
        let token = members::open_business(&door, nowhere(), owner.session, business).await.unwrap();
        let visitor = sessions::resume(&door.books, &door.mint, token.expose(), nowhere()).await.unwrap();
        let Visitor::Staff { actor, .. } = visitor else { panic!("{visitor:?}") };
        assert_eq!((actor.business(), actor.user()), (business, Some(owner.user)));
        let late = set_up_link(&door.books, &operator, CreateSetupLink).await.err().unwrap();
        assert_eq!(late.code(), "setup.done");
        assert!(test.books.check(BusinessId::INSTALLATION).await.unwrap().findings.is_empty());
        assert!(test.books.check(business).await.unwrap().findings.is_empty());
    });
}

// proves: C34.b
#[test]
fn a_set_up_begun_by_an_earlier_link_ends_with_it_and_founds_nothing_beside_the_owner() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let leaked = set_up_link(&door.books, &operator, CreateSetupLink).await.unwrap();
        let thief = Someone::through(&door, leaked.expose(), "eve@evil.example", &test).await;
        let meant = set_up_link(&door.books, &operator, CreateSetupLink).await.unwrap();
        let theirs = a_firm(&test, 3).await;
        let late = members::open_business(&door, nowhere(), thief.session, theirs).await.err().unwrap();
        assert_eq!(late.code(), "not_found", "out with the link");
        let owner = Someone::through(&door, meant.expose(), "ingrid@ateliernord.example", &test).await;
        let business = a_firm(&test, 2).await;
        members::open_business(&door, nowhere(), owner.session, business).await.unwrap();
        let again = members::open_business(&door, nowhere(), owner.session, theirs).await.err().unwrap();
        assert_eq!(again.code(), "not_found", "one set-up, one business");
    });
}

// proves: C31.a, C24.a
#[test]
fn nobody_learns_who_is_known_and_a_password_alone_opens_nothing() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let wrong = |email: &str| BeginSignIn {
            email: email.into(),
            password: secret("not the right one at all"),
            device: None,
        };
        let known = begin(&door, nowhere(), wrong(&owner.email)).await.err().unwrap();
        let unknown = begin(&door, nowhere(), wrong("nobody@example.test")).await.err().unwrap();
        assert_eq!((known.code(), known.to_string()), (unknown.code(), unknown.to_string()));
        let half = owner.half(&door).await;
        assert!(matches!(half, Visitor::Half(_)), "{half:?}");
        let mistyped =
            BeginSignIn { email: format!(" {} ", owner.email.to_uppercase()), password: secret(GOOD), device: None };
        assert!(begin(&door, nowhere(), mistyped).await.is_ok(), "case and spaces around do not matter");
    });
}

// proves: C23.a, C23.b
#[test]
fn a_code_is_taken_once_and_so_is_a_spare_one() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        test.home.clock.advance_seconds(60);
        let code = owner.code(&test);
        assert!(owner.finish(&door, &code).await.is_ok());
        assert_eq!(owner.finish(&door, &code).await.err(), Some(FinishRefused::Wrong), "seen before");
        let spare = owner.spare.first().unwrap().expose().to_uppercase().replace('-', " ");
        assert!(owner.finish(&door, &spare).await.is_ok(), "typed in capitals and with a space");
        assert_eq!(owner.finish(&door, &spare).await.err(), Some(FinishRefused::Wrong), "used up");
        test.home.clock.advance_seconds(60);
        let (left, right) = {
            let code = owner.code(&test);
            let Visitor::Half(session) = owner.half(&door).await else { panic!("half") };
            let order = || FinishSignIn { session: session.clone(), code: code.clone() };
            (finish(&door, nowhere(), order()).await, finish(&door, nowhere(), order()).await)
        };
        assert_eq!(u8::from(left.is_ok()) + u8::from(right.is_ok()), 1, "of two with one code, one comes in");
    });
}

// proves: C30.d
#[test]
fn whoever_knows_an_address_keeps_its_person_out_neither_from_their_device_nor_from_elsewhere() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let from = |last: u8| Origin { address: Some([192, 0, 2, last].into()) };
        let password = |password: &str, device: Option<String>| BeginSignIn {
            email: owner.email.clone(),
            password: secret(password),
            device,
        };
        let mark = crate::carried::mark(&door, owner.user).await.unwrap();
        let mut refused = 0;
        for _ in 0..20 {
            refused +=
                u32::from(begin(&door, from(1), password("a guess", None)).await.err() == Some(BeginRefused::TooMany));
        }
        assert!(refused >= 14, "from one place five are free: {refused}");
        assert!(begin(&door, from(2), password(GOOD, None)).await.is_ok(), "elsewhere nobody waits for that");
        for place in 10..100 {
            drop(begin(&door, from(place), password("a guess", None)).await);
        }
        assert_eq!(
            begin(&door, from(3), password(GOOD, None)).await.err(),
            Some(BeginRefused::TooMany),
            "from everywhere"
        );
        assert!(begin(&door, from(3), password(GOOD, Some(mark))).await.is_ok(), "their own device waits for nobody");
        let other = crate::carried::mark(&door, coffer_kernel::TypedId::from_bytes([9; 16])).await.unwrap();
        let foreign = begin(&door, from(3), password(GOOD, Some(other))).await.err();
        assert_eq!(foreign, Some(BeginRefused::TooMany), "another person's device is any device");
        test.home.clock.advance_seconds(61);
        assert!(begin(&door, from(3), password(GOOD, None)).await.is_ok(), "a minute at most");
    });
}

// proves: C30.c
#[test]
fn an_office_behind_one_address_signs_in_all_day_and_a_flood_beside_it_keeps_nobody_out() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let office = Origin { address: Some([192, 0, 2, 7].into()) };
        let password =
            |password: &str, email: &str| BeginSignIn { email: email.into(), password: secret(password), device: None };
        let half = |token: coffer_keys::Token| {
            let door = door.clone();
            async move {
                let visitor = sessions::resume(&door.books, &door.mint, token.expose(), office).await.unwrap();
                let Visitor::Half(session) = visitor else { panic!("{visitor:?}") };
                session
            }
        };
        for number in 0..40 {
            test.home.clock.advance_seconds(60);
            let token = begin(&door, office, password(GOOD, &owner.email)).await;
            let session = half(token.unwrap_or_else(|no| panic!("sign-in {number}: {no}"))).await;
            finish(&door, office, FinishSignIn { session, code: owner.code(&test) }).await.unwrap();
        }
        test.home.clock.advance_seconds(60);
        let session = half(begin(&door, office, password(GOOD, &owner.email)).await.unwrap()).await;
        let mut refused = 0;
        for number in 0..40 {
            let guess = password("a guess at somebody", &format!("person-{number}@example.test"));
            refused += u32::from(begin(&door, office, guess).await.err() == Some(BeginRefused::TooMany));
        }
        assert!(refused > 10, "the flood itself waits: {refused}");
        finish(&door, office, FinishSignIn { session, code: owner.code(&test) }).await.unwrap();
    });
}

// proves: C37.a, C38.a, C40.a, D7
#[test]
fn a_session_ends_by_rest_by_age_by_sign_out_and_by_leaving() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let signed_in = || async {
            test.home.clock.advance_seconds(60);
            owner.finish(&door, &owner.code(&test)).await.unwrap()
        };
        let resume = |token: String| {
            let door = door.clone();
            async move { sessions::resume(&door.books, &door.mint, &token, nowhere()).await }
        };
        let rests = signed_in().await;
        test.home.clock.advance_seconds(29 * 60);
        assert!(resume(rests.expose().to_owned()).await.is_ok(), "used: its rest begins anew");
        test.home.clock.advance_seconds(29 * 60);
        assert!(resume(rests.expose().to_owned()).await.is_ok());
        test.home.clock.advance_seconds(31 * 60);
        assert_eq!(resume(rests.expose().to_owned()).await, Err(Unknown::Nobody), "it rested too long");
        let ages = signed_in().await;
        for _ in 0..26 {
            test.home.clock.advance_seconds(28 * 60);
            drop(resume(ages.expose().to_owned()).await);
        }
        assert_eq!(
            resume(ages.expose().to_owned()).await,
            Err(Unknown::Nobody),
            "nothing keeps it beyond twelve hours"
        );
        let left = signed_in().await;
        let Visitor::Staff { session, actor } = resume(left.expose().to_owned()).await.unwrap() else {
            panic!("staff")
        };
        let listed = sessions::list(&door.books, &door.mint, &actor).await.unwrap();
        assert!(listed.iter().any(|known| known.id == session.id));
        sessions::sign_out(&door.books, &door.mint, &actor, SignOut(session.id)).await.unwrap();
        assert_eq!(resume(left.expose().to_owned()).await, Err(Unknown::Nobody), "signed out");
    });
}

// proves: D8, C40.b
#[test]
fn somebody_invited_joins_in_that_role_and_is_out_at_once_when_it_ends() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let chief = owner.actor(&door, &test).await;
        let link = invite(
            &door.books,
            &chief,
            InvitePerson { role: Role::Administrator, email: "tomas@ateliernord.example".into() },
        )
        .await
        .unwrap();
        let clerk = Someone::through(&door, link.expose(), "tomas@ateliernord.example", &test).await;
        let token = members::join(&door, nowhere(), clerk.session, chief.business()).await.unwrap();
        let resume = || sessions::resume(&door.books, &door.mint, token.expose(), nowhere());
        let Visitor::Staff { actor, .. } = resume().await.unwrap() else { panic!("staff") };
        let more = ReviseMember { user: clerk.user, role: Role::Owner };
        assert_eq!(members::revise(&door.books, &actor, more).await.err().unwrap().code(), "person.owner_only");
        let owners = invite(&door.books, &actor, InvitePerson { role: Role::Owner, email: "a@b.example".into() }).await;
        assert_eq!(owners.err().unwrap().code(), "person.more_than_yours", "nobody gives more than they have");
        let less = ReviseMember { user: clerk.user, role: Role::Auditor };
        members::revise(&door.books, &chief, less).await.unwrap();
        let Visitor::Staff { actor, .. } = resume().await.unwrap() else { panic!("staff") };
        assert!(
            invite(&door.books, &actor, InvitePerson { role: Role::Auditor, email: "a@b.example".into() })
                .await
                .is_err(),
            "acts at once"
        );
        members::end(&door.books, &chief, EndMembership { user: clerk.user }).await.unwrap();
        assert!(matches!(resume().await.unwrap(), Visitor::Homeless(_)), "out at once");
        let last = members::end(&door.books, &chief, EndMembership { user: owner.user }).await.err().unwrap();
        assert_eq!(last.code(), "person.last_owner");
        let names: Vec<String> =
            members::list(&door, &chief).await.unwrap().into_iter().map(|person| person.name).collect();
        assert_eq!(names, ["ingrid@ateliernord.example's name"]);
    });
}

// proves: C24.b
#[test]
fn nobody_joins_without_a_second_step_or_a_business_they_were_not_invited_to() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let chief = owner.actor(&door, &test).await;
        let link = invite(
            &door.books,
            &chief,
            InvitePerson { role: Role::BillingClerk, email: "tomas@ateliernord.example".into() },
        )
        .await
        .unwrap();
        let token = enter(&door, link.expose(), nowhere()).await.unwrap();
        let Visitor::Arriving { session, actor } =
            sessions::resume(&door.books, &door.mint, token.expose(), nowhere()).await.unwrap()
        else {
            panic!("arriving")
        };
        let order = Arrive {
            session: session.id,
            name: "Tomáš".into(),
            email: "tomas@ateliernord.example".into(),
            password: secret(GOOD),
            language: "en".into(),
        };
        arrive(&door, &actor, order).await.unwrap();
        let early = members::join(&door, nowhere(), session.id, chief.business()).await.err().unwrap();
        assert_eq!(early.code(), "second_step.missing");
        let wrong = BeginSignIn { email: "tomas@ateliernord.example".into(), password: secret(GOOD), device: None };
        let half = begin(&door, nowhere(), wrong).await.unwrap();
        let Visitor::Half(half) = sessions::resume(&door.books, &door.mint, half.expose(), nowhere()).await.unwrap()
        else {
            panic!("half")
        };
        let none = finish(&door, nowhere(), FinishSignIn { session: half, code: "000000".into() }).await;
        assert_eq!(none.err(), Some(FinishRefused::Wrong), "a password alone is no sign-in");
        let enrolment = begin_second_step(&door.books, &actor, BeginSecondStep { session: session.id }).await.unwrap();
        let code = crate::testing::code_of(&enrolment, &test);
        confirm(&door.books, &actor, ConfirmSecondStep { session: session.id, code }).await.unwrap();
        let other = a_firm(&test, 3).await;
        let elsewhere = members::join(&door, nowhere(), session.id, other).await.err().unwrap();
        assert_eq!(elsewhere.code(), "not_found");
        let founding = members::open_business(&door, nowhere(), session.id, other).await.err().unwrap();
        assert_eq!(founding.code(), "not_found", "an invitation founds nothing");
        assert!(members::join(&door, nowhere(), session.id, chief.business()).await.is_ok());
    });
}

// proves: C30.e
#[test]
fn tries_are_counted_before_they_are_looked_at_so_that_many_at_once_win_nothing() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let with =
            |password: &str| BeginSignIn { email: owner.email.clone(), password: secret(password), device: None };
        let wrong = (0..20).map(|number| with(&format!("not the right one {number}")));
        // The right one comes last, while all the others are still being looked at.
        let tries = wrong.chain([with(GOOD)]).map(|order| begin(&door, nowhere(), order));
        let codes: Vec<_> = futures_util::future::join_all(tries)
            .await
            .into_iter()
            .map(|outcome| outcome.err().map_or("in", |refused| refused.code()))
            .collect();
        assert_eq!(codes.iter().filter(|code| **code == "sign_in.wrong").count(), 5, "{codes:?}");
        assert_eq!(codes.last(), Some(&"sign_in.too_many"), "the right password too late is none");
    });
}

// proves: C37.c, D7
#[test]
fn each_step_up_gives_another_token_and_the_one_before_is_worth_nothing() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let resume = async |token: &coffer_keys::Token| {
            sessions::resume(&door.books, &door.mint, token.expose(), nowhere()).await
        };
        test.home.clock.advance_seconds(60);
        let order = BeginSignIn { email: owner.email.clone(), password: secret(GOOD), device: None };
        let half = begin(&door, nowhere(), order).await.unwrap();
        let Visitor::Half(session) = resume(&half).await.unwrap() else { panic!("half") };
        let whole = finish(&door, nowhere(), FinishSignIn { session, code: owner.code(&test) }).await.unwrap();
        assert_eq!(resume(&half).await, Err(Unknown::Nobody), "what was there before the second step");
        let Visitor::Staff { session, actor, .. } = resume(&whole).await.unwrap() else { panic!("staff") };
        test.home.clock.advance_seconds(60);
        let proof = sessions::Reauthenticate {
            session: session.id,
            code: owner.code(&test),
            purpose: (Action::ReviseSignIn, None),
        };
        let fresh = sessions::reauthenticate(&door, &actor, proof).await.unwrap();
        assert_eq!(resume(&whole).await, Err(Unknown::Nobody), "what was there before the fresh proof");
        assert!(matches!(resume(&fresh).await, Ok(Visitor::Staff { .. })));
    });
}
