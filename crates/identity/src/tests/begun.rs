//! A set-up that was begun goes on after a start.

use crate::links::{CreateSetupLink, is_being_set_up, set_up_link};
use crate::members;
use crate::testing::{Someone, a_door, a_firm, on_both_engines};
use coffer_kernel::{BusinessId, Origin};
use coffer_testkit::Callers;

// proves: C34.c
#[test]
fn a_set_up_under_way_is_known_until_it_is_over_and_goes_on_after_a_start() {
    on_both_engines(|mut test| async move {
        let door = a_door(&test).await;
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        let link = set_up_link(&door.books, &operator, CreateSetupLink).await.unwrap();
        assert_eq!(is_being_set_up(&door.books, &operator).await, Ok(false), "nobody came yet");
        let owner = Someone::through(&door, link.expose(), "ingrid@ateliernord.example", &test).await;
        let business = a_firm(&test, 2).await;
        test.reopen();
        let door = a_door(&test).await;
        assert_eq!(is_being_set_up(&door.books, &operator).await, Ok(true));
        members::open_business(&door, Origin::default(), owner.session, business).await.unwrap();
        assert_eq!(is_being_set_up(&door.books, &operator).await, Ok(false), "it is done");
    });
}
