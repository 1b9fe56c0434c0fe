//! Records of before there were marks: signed once, by the step that brought the marks.

use super::{SINCE_STEP_18, behind, founded_as_it_was, log_of};
use crate::testing::{Someone, a_door, on_both_engines};
use coffer_kernel::BusinessId;
use coffer_testkit::TestBooks;

// proves: D10, C74.d
#[test]
fn what_stood_unsigned_is_signed_by_its_step_once_and_never_in_books_that_were_begun_with_marks() {
    for of_before in [true, false] {
        on_both_engines(|mut test| async move {
            if of_before {
                founded_as_it_was(&test).await;
            }
            let door = a_door(&test).await;
            Someone::owner(&door, &test).await;
            test.books.sign_log(BusinessId::INSTALLATION).await.unwrap();
            let undone = async |test: &TestBooks| {
                for later in SINCE_STEP_18 {
                    behind(test, later, Vec::new()).await;
                }
                behind(test, "DELETE FROM schema_step WHERE number >= 19", Vec::new()).await;
                test.books.close();
            };
            if of_before {
                undone(&test).await;
                test.reopen();
                assert!(log_of(&test, BusinessId::INSTALLATION).await.contains("records.signed"));
            }
            undone(&test).await;
            let again = std::thread::scope(|scope| scope.spawn(|| test.home.open(None).err()).join()).unwrap();
            assert!(again.is_some(), "of before: {of_before}");
        });
    }
}
