#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use super::*;
use crate::testing::{Someone, a_door, invitation, on_both_engines};
use coffer_kernel::Origin;
use coffer_keys::{Token, TokenKind};
use coffer_store::{Leaf, Outcome};
use coffer_testkit::{Callers, SeededEntropy, TestBooks};

const SCANNER: Origin = Origin { address: Some(std::net::IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7))) };
const ELSEWHERE: Origin = Origin { address: Some(std::net::IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 8))) };

/// What was shown of a business's sealed data, and how often.
async fn shown(test: &TestBooks, business: BusinessId) -> Vec<(String, u64)> {
    test.books.keep_house(business).await.unwrap();
    test.books.sign_log(business).await.unwrap();
    let log = String::from_utf8(test.books.export_log(business, Vec::new()).await.unwrap()).unwrap();
    let leaves = log.lines().filter_map(|line| Leaf::from_bytes(line.as_bytes()));
    let shown = leaves.filter(|leaf| leaf.out == Outcome::Shown && leaf.what.contains("entry_link"));
    shown.map(|leaf| (leaf.by, u64::try_from(leaf.times).unwrap())).collect()
}

// proves: C31.d, C73.c
#[test]
fn who_looks_at_an_invitation_uses_nothing_up_and_fills_no_log() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let link = invite(&door.books, &chief, invitation(Role::Auditor, "al@atelier.example")).await.unwrap();
        let told = async |from, signed_in| look(&door, from, link.expose(), signed_in).await;
        for _ in 0..25 {
            let invited = told(SCANNER, false).await.unwrap();
            assert_eq!((invited.role, invited.email.as_deref()), (Role::Auditor, Some("al@atelier.example")));
        }
        told(ELSEWHERE, false).await.unwrap();
        let by = |times: &[u64]| times.iter().map(|times| ("joining".to_owned(), *times)).collect::<Vec<_>>();
        assert_eq!(shown(&test, chief.business()).await, by(&[1, 1]), "each place once in a minute");
        test.home.clock.advance_seconds(120);
        assert_eq!(shown(&test, chief.business()).await, by(&[1, 1, 25]), "and how often, when it is over");
        enter(&door, link.expose(), SCANNER).await.unwrap();
        assert_eq!(told(SCANNER, false).await, Err(EnterRefused::Spent), "a stranger is told nothing of what was used");
        assert!(told(SCANNER, true).await.is_ok(), "whoever signs in already may take it up still");
        test.home.clock.advance_seconds(8 * 24 * 60 * 60);
        assert_eq!(told(SCANNER, true).await, Err(EnterRefused::Spent), "it is over");
    });
}

// proves: C30.f
#[test]
fn links_that_open_nothing_are_counted_for_where_they_come_from() {
    on_both_engines(|mut test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let good = invite(&door.books, &chief, invitation(Role::Auditor, "al@atelier.example")).await.unwrap();
        let entropy = SeededEntropy::new(5);
        for number in 0..20 {
            let guess = Token::new(TokenKind::Invitation, &entropy);
            let refused = if number % 2 == 0 {
                look(&door, SCANNER, guess.expose(), false).await.err()
            } else {
                enter(&door, guess.expose(), SCANNER).await.err()
            };
            assert_eq!(refused, Some(EnterRefused::Spent), "{number}");
        }
        assert_eq!(look(&door, SCANNER, "no link at all", false).await, Err(EnterRefused::Spent), "nobody looks");
        assert_eq!(look(&door, SCANNER, good.expose(), false).await, Err(EnterRefused::TooMany));
        assert_eq!(enter(&door, good.expose(), SCANNER).await.err(), Some(EnterRefused::TooMany));
        test.reopen();
        let door = door.before(test.books.clone());
        assert_eq!(
            look(&door, SCANNER, good.expose(), false).await,
            Err(EnterRefused::TooMany),
            "a restart forgets none"
        );
        assert!(look(&door, ELSEWHERE, good.expose(), false).await.is_ok(), "another place waits for nobody");
        test.home.clock.advance_seconds(61);
        assert!(look(&door, SCANNER, good.expose(), false).await.is_ok());
        enter(&door, good.expose(), SCANNER).await.unwrap();
    });
}

// proves: C34.b, C73.c
#[test]
fn a_link_that_is_too_old_begins_nothing() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let passes = |time: Duration| test.home.clock.advance_seconds(i64::try_from(time.as_secs()).unwrap());
        let (moment, spent) = (Duration::from_secs(60), Some(EnterRefused::Spent));

        let set_up = set_up_link(&door.books, &operator, CreateSetupLink).await.unwrap();
        passes(SET_UP_LINK);
        assert_eq!(enter(&door, set_up.expose(), SCANNER).await.err(), spent, "a day");
        let set_up = set_up_link(&door.books, &operator, CreateSetupLink).await.unwrap();
        passes(SET_UP_LINK.checked_sub(moment).unwrap());
        assert!(enter(&door, set_up.expose(), SCANNER).await.is_ok(), "just in time");

        let owner = Someone::owner(&door, &test).await;
        let chief = owner.actor(&door, &test).await;
        let late = invite(&door.books, &chief, invitation(Role::Auditor, "al@atelier.example")).await.unwrap();
        let timely = invite(&door.books, &chief, invitation(Role::Auditor, "bo@atelier.example")).await.unwrap();
        passes(INVITATION.checked_sub(moment).unwrap());
        assert!(enter(&door, timely.expose(), SCANNER).await.is_ok(), "just in time");
        passes(moment);
        assert_eq!(enter(&door, late.expose(), SCANNER).await.err(), spent, "a week");

        let lost = || RecoverUser { email: owner.email.clone() };
        let back = recover(&door.books, &door.mint, &operator, lost()).await.unwrap();
        passes(RECOVERY);
        assert_eq!(enter(&door, back.expose(), SCANNER).await.err(), spent, "an hour");
        let back = recover(&door.books, &door.mint, &operator, lost()).await.unwrap();
        assert!(enter(&door, back.expose(), SCANNER).await.is_ok());
    });
}
