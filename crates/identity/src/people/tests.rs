#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::*;
use crate::sessions::Visitor;
use crate::testing::{Someone, a_door, code_of, on_both_engines};
use coffer_kernel::{Actor, BusinessId, SessionId};

fn inside(visitor: Visitor) -> (Actor, SessionId) {
    let Visitor::Staff { session, actor } = visitor else { panic!("{visitor:?}") };
    (actor, session.id)
}

// proves: C32.a
#[test]
fn a_mistyped_first_code_leaves_the_secret_as_it_was_shown_and_another_sign_in_is_shown_another() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let (here, elsewhere) = (owner.signed_in(&door, &test).await.1, owner.signed_in(&door, &test).await.1);
        let ((actor, session), (other, elsewhere)) = (inside(here), inside(elsewhere));
        let begin = async |actor, session| begin_anew(&door, actor, BeginSecondStep { session }).await.unwrap();
        let confirm =
            async |actor, session, code| confirm_anew(&door, actor, ConfirmSecondStep { session, code }).await.err();
        let shown = begin(&actor, session).await;
        assert_eq!(confirm(&actor, session, "000000".into()).await, Some(SecondStepRefused::Wrong));
        let again = begin(&actor, session).await;
        assert_eq!(again.secret.expose(), shown.secret.expose(), "whoever scanned it has it");

        let code = code_of(&shown, &test);
        let not_theirs = confirm(&other, elsewhere, code.clone()).await;
        assert_eq!(not_theirs, Some(SecondStepRefused::NotBegun), "it was shown to another sign-in");
        let theirs = begin(&other, elsewhere).await;
        assert_ne!(theirs.secret.expose(), shown.secret.expose(), "who saw it over a shoulder knows nothing");
        assert_eq!(confirm(&actor, session, code).await, Some(SecondStepRefused::NotBegun), "one waits at a time");
        assert_eq!(confirm(&other, elsewhere, code_of(&theirs, &test)).await, None);
        assert!(test.books.check(BusinessId::INSTALLATION).await.unwrap().findings.is_empty());
    });
}

// proves: C76.b
#[test]
fn ones_own_name_is_opened_once_for_each_sign_in() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let (first, second) =
            (inside(owner.signed_in(&door, &test).await.1), inside(owner.signed_in(&door, &test).await.1));
        let records = async || test.books.check(BusinessId::INSTALLATION).await.unwrap().records;
        let before = records().await;
        for (actor, more) in [(&first.0, 1), (&first.0, 1), (&second.0, 2), (&first.0, 2)] {
            let name = own_name(&door, actor).await.unwrap();
            assert_eq!(name.as_deref(), Some("ingrid@ateliernord.example's name"));
            assert_eq!(records().await, before + more);
        }
    });
}
