//! Rows that let somebody in, put back as they stood before: nobody says that this is known, and writing on hides nothing.

use super::{NEW, altered, keep, put_back, two};
use crate::links;
use crate::members::{self, ReviseMember};
use crate::people::{ChangePassword, change_password};
use crate::sessions::Visitor;
use crate::testing::{GOOD, Someone, a_door, invitation, on_both_engines, secret};
use crate::tests::{HERE, behind};
use coffer_kernel::{BusinessId, Role, TypedId};
use coffer_store::{Finding, values};
use coffer_testkit::TestBooks;

/// What a check of these books finds, and how much of it somebody may say is known.
async fn found(test: &TestBooks, books: BusinessId) -> (Vec<Finding>, usize) {
    let checked = test.books.check(books).await.unwrap();
    (checked.findings, checked.knowable.len())
}

// proves: C03.d, D11
#[test]
fn nobody_says_of_a_row_by_which_somebody_comes_in_that_it_is_known() {
    on_both_engines(|test| async move {
        let (door, owner, chief, tom) = two(&test).await;
        let (_, visitor) = owner.signed_in(&door, &test).await;
        let Visitor::Staff { actor, session, .. } = visitor else { panic!("{visitor:?}") };
        keep(&test).await;
        let order = ChangePassword { session: session.id, old: secret(GOOD), new: secret(NEW) };
        change_password(&door, &actor, order).await.unwrap();
        put_back(&test).await;
        assert!(altered(&test).await.is_empty(), "a voucher cannot tell");
        let (findings, knowable) = found(&test, BusinessId::INSTALLATION).await;
        assert!(matches!(findings[..], [Finding::RowDiffers { table: "user_account", .. }]), "{findings:?}");
        assert_eq!(knowable, 0, "who comes in by it comes in, known or not");
        behind(&test, "UPDATE membership SET role = 'owner' WHERE id = $1", values![tom.user.bytes()]).await;
        let (findings, knowable) = found(&test, chief.business()).await;
        assert!(matches!(findings[..], [Finding::RowDiffers { table: "membership", .. }]), "{findings:?}");
        assert_eq!(knowable, 0);
        behind(&test, "DELETE FROM membership WHERE id = $1", values![tom.user.bytes()]).await;
        let (findings, knowable) = found(&test, chief.business()).await;
        assert!(matches!(findings[..], [Finding::RowMissing { .. }]), "{findings:?}");
        assert_eq!(knowable, 1, "a row that is gone lets nobody in");
    });
}

// proves: C03.d, D11
#[test]
fn a_person_put_back_as_they_stood_before_who_then_signs_in_is_found_all_the_same() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let (_, visitor) = owner.signed_in(&door, &test).await;
        let Visitor::Staff { actor, session, .. } = visitor else { panic!("{visitor:?}") };
        keep(&test).await;
        let order = ChangePassword { session: session.id, old: secret(GOOD), new: secret(NEW) };
        change_password(&door, &actor, order).await.unwrap();
        assert_eq!(found(&test, BusinessId::INSTALLATION).await, (Vec::new(), 0));
        put_back(&test).await;
        // The sign-in writes the row on, so that the row and its last record agree again.
        owner.signed_in(&door, &test).await;
        let (findings, knowable) = found(&test, BusinessId::INSTALLATION).await;
        let of = |finding: &Finding| matches!(finding, Finding::RowPutBack { table, .. } if table == "user_account");
        assert!(findings.len() == 1 && findings.iter().all(of), "{findings:?}");
        assert_eq!(knowable, 0);
    });
}

// proves: D11, F9
#[test]
fn who_is_invited_again_after_their_place_is_gone_raises_no_alarm() {
    on_both_engines(|test| async move {
        let (door, _, chief, tom) = two(&test).await;
        let given = async |role| {
            members::revise(&door.books, &chief, ReviseMember { user: tom.user, role }).await.unwrap();
        };
        given(Role::Auditor).await;
        for gone in ["DELETE FROM workplace WHERE user_id = $1", "DELETE FROM membership WHERE id = $1"] {
            assert_eq!(behind(&test, gone, values![tom.user.bytes()]).await, 1);
        }
        let again = links::invite(&door.books, &chief, invitation(Role::Auditor, &tom.email)).await.unwrap();
        let Visitor::Homeless(session) = tom.signed_in(&door, &test).await.1 else { panic!("homeless") };
        members::accept(&door, HERE, &session, again.expose()).await.unwrap();
        given(Role::BillingClerk).await;
        assert_eq!(found(&test, chief.business()).await, (Vec::new(), 0), "their place was written anew, by the door");
    });
}
