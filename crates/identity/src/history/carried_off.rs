#![allow(clippy::unwrap_used, reason = "tests")]
//! What concerns all books is in the history of each business.

use super::*;
use crate::testing::{Someone, a_door, a_firm, on_both_engines};
use coffer_kernel::{Action, BusinessId};
use coffer_store::Refuse;
use coffer_store::backup::{ASKED, TrySheet};
use coffer_testkit::Callers;

// proves: C76.b
#[test]
fn who_carried_all_books_off_or_saw_the_sheet_that_opens_them_stands_in_the_history_of_each_business() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let other = a_firm(&test, 3).await;
        let acting = |business| Callers::of(business).operator();
        let (sheet, paper) = test.books.make_sheet(&acting).await.unwrap();
        let typed = ASKED.map(|number| paper.groups().nth(number - 1).unwrap().to_owned());
        test.books.try_sheet(&acting, TrySheet { sheet, typed }).await.unwrap();
        let made = test.books.back_up(&acting).await.unwrap();
        test.books.note_new_root(&acting).await.unwrap();
        test.books.note_restore(&acting, "2026-01-05T09:00:00Z", 0).await.unwrap();
        let wanted =
            ["backup.restored", "root_key.rotated", "backup.made", "recovery_sheet.in_force", "recovery_sheet.shown"];
        let sheets = [Action::MakeRecoverySheet; 2];
        let asked = [[Action::RestoreBooks, Action::RotateRootKey, Action::BackUp].as_slice(), &sheets].concat();
        let lines = told(&door, &chief, ListHistory { kept: Kept::Done, ..ListHistory::default() }).await.unwrap().page;
        let (newest, label) = (lines.records.get(..5).unwrap(), acting(chief.business()).label());
        assert_eq!(newest.iter().map(|line| line.record.leaf.what.as_str()).collect::<Vec<_>>(), wanted);
        assert!(newest.iter().all(|line| line.record.leaf.by == label), "by whom: {newest:?}");
        let said: Vec<&str> = newest.iter().map(|line| line.record.leaf.action.as_str()).collect();
        assert_eq!(said, asked.into_iter().map(Action::code).collect::<Vec<_>>(), "as the policy names it");
        let detail = |at: usize| newest.get(at).unwrap().record.detail.clone().unwrap();
        assert_eq!(detail(2), format!("{{\"bytes\":{}}}", made.size()));
        assert_eq!(detail(0), r#"{"made_at":"2026-01-05T09:00:00Z"}"#);
        for business in [other, BusinessId::INSTALLATION] {
            let query = ListHistory { kept: Kept::Done, ..ListHistory::default() };
            let theirs = list(&door.books, &acting(business), query).await.unwrap();
            let theirs: Vec<String> = theirs.records.into_iter().map(|leaf| leaf.what).take(5).collect();
            assert_eq!(theirs, wanted, "{business}");
        }
        // Where it cannot be recorded for one of those it carries off, there is no backup.
        let nobody = |business| if business == other { Callers::of(other).anonymous() } else { acting(business) };
        assert_eq!(test.books.back_up(&nobody).await.unwrap_err().code(), "sign_in.needed");
    });
}
