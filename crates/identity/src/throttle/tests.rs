#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use super::*;
use crate::testing::on_both_engines;
use coffer_kernel::BusinessId;
use coffer_testkit::Callers;

fn a_password(name: String, device: Option<Device>) -> Count {
    Count::Password { name, device }
}

// proves: C30.a
#[test]
fn guessing_gets_slower_survives_a_restart_and_is_never_a_lock_for_good() {
    on_both_engines(|mut test| async move {
        let callers = Callers::of(BusinessId::INSTALLATION);
        crate::found_installation(&test.books, &callers.operator()).await.unwrap();
        let guess = || a_password("ingrid@ateliernord.example".into(), None);
        for _ in 0..5 {
            count(&test.books, &callers.anonymous(), guess()).await.unwrap();
        }
        assert_eq!(count(&test.books, &callers.anonymous(), guess()).await, Err(Throttled::TooMany));
        test.reopen();
        assert_eq!(count(&test.books, &callers.anonymous(), guess()).await, Err(Throttled::TooMany));
        test.home.clock.advance_seconds(16);
        count(&test.books, &callers.anonymous(), guess()).await.unwrap();
        test.home.clock.advance_seconds(16);
        assert_eq!(
            count(&test.books, &callers.anonymous(), guess()).await,
            Err(Throttled::TooMany),
            "twice as long now"
        );
        test.home.clock.advance_seconds(15 * 60);
        count(&test.books, &callers.anonymous(), guess()).await.unwrap();
        let other = a_password("tomas@ateliernord.example".into(), None);
        count(&test.books, &callers.anonymous(), other).await.unwrap();
    });
}

// proves: C30.b
#[test]
fn an_address_that_tries_many_accounts_waits_too() {
    on_both_engines(|test| async move {
        let callers = Callers::of(BusinessId::INSTALLATION);
        crate::found_installation(&test.books, &callers.operator()).await.unwrap();
        let mut refused = 0;
        for number in 0..30 {
            let guess = a_password(format!("person-{number}@example.test"), None);
            refused += u32::from(count(&test.books, &callers.anonymous(), guess).await.is_err());
        }
        assert!(refused >= 9, "{refused}");
        let second_step = Count::Other { what: "second step of somebody behind it".into(), user: None };
        count(&test.books, &callers.anonymous(), second_step).await.unwrap();
        test.home.clock.advance_seconds(61);
        let patient = a_password("ingrid@ateliernord.example".into(), None);
        count(&test.books, &callers.anonymous(), patient).await.unwrap();
    });
}

#[test]
fn waits_grow_and_end() {
    let seconds: Vec<u64> = (4..14).map(|failures| wait(failures, 5).as_secs()).collect();
    assert_eq!(seconds, [0, 15, 30, 60, 120, 240, 480, 900, 900, 900]);
}

#[test]
fn a_line_of_ipv6_is_one_address_however_many_it_has() {
    let network = |text: &str| network(Origin { address: Some(text.parse().unwrap()) });
    assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
    assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    assert_ne!(network("192.0.2.2"), network("192.0.2.1"));
}
