use super::{behind, log_of};
use crate::testing::on_both_engines;
use coffer_kernel::BusinessId;
use coffer_store::Refuse;
use coffer_store::backup::{ASKED, TrySheet};
use coffer_testkit::Callers;

// proves: C03.c
#[test]
fn a_sheet_that_was_altered_comes_in_force_for_nobody() {
    on_both_engines(|test| async move {
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        crate::found_installation(&test.books, &operator).await.unwrap();
        let acting = |business| Callers::of(business).operator();
        let (sheet, paper) = test.books.make_sheet(&acting).await.unwrap();
        let typed = ASKED.map(|number| paper.groups().nth(number - 1).unwrap().to_owned());
        let back = async || {
            let order = TrySheet { sheet, typed: typed.clone() };
            test.books.try_sheet(&acting, order).await.map_err(|no| no.code())
        };
        for (altered, back_again) in [
            ("UPDATE recovery_sheet SET made_at = made_at + 1", "UPDATE recovery_sheet SET made_at = made_at - 1"),
            (
                "UPDATE recovery_sheet SET name = name || 'x'",
                "UPDATE recovery_sheet SET name = substr(name, 1, length(name) - 1)",
            ),
        ] {
            behind(&test, altered, Vec::new()).await;
            assert_eq!(back().await, Err("row.altered"), "{altered}");
            behind(&test, back_again, Vec::new()).await;
        }
        assert!(log_of(&test, BusinessId::INSTALLATION).await.contains("row.altered"), "it is noted");
        assert_eq!(back().await, Ok(()));
    });
}

// proves: C03.c
#[test]
fn a_sheet_that_was_altered_is_in_no_backup_overwrites_no_copy_and_keeps_nobody_from_a_new_one() {
    on_both_engines(|test| async move {
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        crate::found_installation(&test.books, &operator).await.unwrap();
        let acting = |business| Callers::of(business).operator();
        let sheet = async || {
            let (sheet, paper) = test.books.make_sheet(&acting).await.unwrap();
            let typed = ASKED.map(|number| paper.groups().nth(number - 1).unwrap().to_owned());
            test.books.try_sheet(&acting, TrySheet { sheet, typed }).await.unwrap();
        };
        sheet().await;
        let good = test.books.wrapped_root().await.unwrap();
        assert!(good.is_some() && test.books.kept(&operator).await.unwrap().sheet.is_some());
        behind(&test, "UPDATE recovery_sheet SET wrapped = asked", Vec::new()).await;
        assert_eq!(test.books.wrapped_root().await.unwrap_err().code(), "row.altered", "the copy there is stays");
        let kept = test.books.kept(&operator).await.unwrap();
        assert!(kept.sheet.is_none() && !kept.untried, "Home asks for a new one");
        assert_eq!(test.books.back_up(&acting).await.unwrap_err().code(), "backup.no_sheet");
        assert!(log_of(&test, BusinessId::INSTALLATION).await.contains("row.altered"), "it is noted");
        sheet().await;
        let anew = test.books.wrapped_root().await.unwrap();
        assert!(anew.is_some() && anew != good);
        assert!(test.books.back_up(&acting).await.is_ok());
    });
}

// proves: C03.c
#[test]
fn a_sheet_that_was_altered_keeps_its_key_until_another_one_is_in_force() {
    on_both_engines(|test| async move {
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        crate::found_installation(&test.books, &operator).await.unwrap();
        let acting = |business| Callers::of(business).operator();
        let make = async || {
            let (sheet, paper) = test.books.make_sheet(&acting).await.unwrap();
            TrySheet { sheet, typed: ASKED.map(|number| paper.groups().nth(number - 1).unwrap().to_owned()) }
        };
        test.books.try_sheet(&acting, make().await).await.unwrap();
        let good = test.books.wrapped_root().await.unwrap();
        let altered = "UPDATE recovery_sheet SET made_at = made_at + 1 WHERE in_force_at IS NOT NULL";
        let put_right = "UPDATE recovery_sheet SET made_at = made_at - 1 WHERE in_force_at IS NOT NULL";
        behind(&test, altered, Vec::new()).await;
        // Begun, and never typed back.
        let other = make().await;
        behind(&test, put_right, Vec::new()).await;
        assert_eq!(test.books.wrapped_root().await.unwrap(), good, "whoever puts it right has it again");
        behind(&test, altered, Vec::new()).await;
        test.books.try_sheet(&acting, other).await.unwrap();
        let anew = test.books.wrapped_root().await.unwrap();
        assert!(anew.is_some() && anew != good, "one is good at a time");
    });
}

// proves: C03.c
#[test]
fn a_sheet_is_over_where_the_log_says_so_and_not_where_its_row_is_gone() {
    on_both_engines(|test| async move {
        let operator = Callers::of(BusinessId::INSTALLATION).operator();
        crate::found_installation(&test.books, &operator).await.unwrap();
        let acting = |business| Callers::of(business).operator();
        let over = async || test.books.last_sheet_is_over().await.unwrap();
        assert!(!over().await, "there never was one");
        let sheet = async || {
            let (sheet, paper) = test.books.make_sheet(&acting).await.unwrap();
            let typed = ASKED.map(|number| paper.groups().nth(number - 1).unwrap().to_owned());
            test.books.try_sheet(&acting, TrySheet { sheet, typed }).await.unwrap();
        };
        sheet().await;
        for altered in ["UPDATE recovery_sheet SET root = asked", "DELETE FROM recovery_sheet"] {
            behind(&test, altered, Vec::new()).await;
            assert_eq!(test.books.wrapped_root().await.unwrap(), None, "{altered}");
            assert!(!over().await, "{altered}");
        }
        test.books.note_new_root(&acting).await.unwrap();
        assert!(over().await);
        sheet().await;
        assert!(!over().await, "a new one is in force");
        test.books.note_new_root(&acting).await.unwrap();
        assert!(over().await);
        behind(&test, "DELETE FROM log_record WHERE seq = 1", Vec::new()).await;
        assert!(!over().await, "whoever cut the log gains nothing");
    });
}
