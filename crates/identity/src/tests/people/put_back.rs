//! Rows that let somebody in, put back as they stood before: nobody says that this is known.

use super::{NEW, altered, keep, put_back, two};
use crate::people::{ChangePassword, change_password};
use crate::sessions::Visitor;
use crate::testing::{GOOD, on_both_engines, secret};
use crate::tests::behind;
use coffer_kernel::{BusinessId, TypedId};
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
