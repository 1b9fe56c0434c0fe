#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::panic, reason = "tests")]

use super::*;
use crate::members::{self, EndMembership};
use crate::testing::{Someone, a_door, on_both_engines};
use coffer_kernel::{Role, TypedId};
use coffer_store::Refuse;
use coffer_testkit::Callers;

// proves: C76.b, D10
#[test]
fn the_history_says_who_did_what_to_whom_page_by_page_and_leaves_as_a_file() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let tom = Someone::joins(&door, &chief, Role::BillingClerk, "tom@ateliernord.example", &test).await;
        members::end(&door.books, &chief, EndMembership { user: tom.user }).await.unwrap();
        let done = || ListHistory { kept: Kept::Done, ..ListHistory::default() };
        let first = told(&door, &chief, done()).await.unwrap();
        let ended = first.page.records.first().unwrap();
        assert_eq!(ended.record.leaf.what, "person.left");
        assert_eq!(ended.name.as_deref(), Some("ingrid@ateliernord.example's name"));
        assert_eq!(ended.about.as_deref(), Some("tom@ateliernord.example's name"), "also of those who left");
        assert_eq!(ended.record.detail.as_deref(), Some(r#"{"invitations":0,"api_keys":0,"document_links":0}"#));
        let joined = first.page.records.iter().find(|line| line.record.leaf.what == "person.joined").unwrap();
        assert_eq!(joined.record.detail.as_deref(), Some(r#"{"role":"billing_clerk"}"#));
        assert_eq!(joined.name.as_deref(), Some("tom@ateliernord.example's name"), "who arrives is named, too");
        assert_eq!(joined.about, None, "and not twice");
        let mine = ListHistory { by: Some(chief.label()), ..done() };
        let mine = told(&door, &chief, mine).await.unwrap();
        assert!(
            mine.page.records.iter().all(|line| line.record.leaf.by == chief.label()) && !mine.page.records.is_empty()
        );
        let shown = ListHistory { kept: Kept::Shown, ..ListHistory::default() };
        assert!(
            !told(&door, &chief, shown).await.unwrap().page.records.is_empty(),
            "that the history was read is in it"
        );
        for _ in 0..60 {
            drop(members::end(&door.books, &chief, EndMembership { user: tom.user }).await);
            drop(export(&door.books, &chief, Vec::new()).await.unwrap());
        }
        let page = told(&door, &chief, done()).await.unwrap().page;
        assert_eq!(page.records.len(), 50);
        let older = ListHistory { after: page.next.clone(), ..done() };
        let older = told(&door, &chief, older).await.unwrap().page;
        let (last, next) = (page.records.last().unwrap(), older.records.first().unwrap());
        assert!(next.record.leaf.n < last.record.leaf.n, "no line twice");
        let clerk = Callers::of(chief.business()).clerk();
        assert_eq!(export(&door.books, &clerk, Vec::new()).await.err().unwrap().code(), "role.not_allowed");
        let auditor = Someone::joins(&door, &chief, Role::Auditor, "al@ateliernord.example", &test).await;
        let auditor = auditor.actor(&door, &test).await;
        let file = export(&door.books, &auditor, Vec::new()).await.unwrap();
        assert!(String::from_utf8(file).unwrap().contains("log.exported"), "that it is carried off stands in it");
    });
}

// proves: D10
#[test]
fn a_list_of_records_is_of_one_thing_where_that_is_named_and_a_cursor_of_its_own_list_alone() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let tom = Someone::joins(&door, &chief, Role::BillingClerk, "tom@ateliernord.example", &test).await;
        members::end(&door.books, &chief, EndMembership { user: tom.user }).await.unwrap();
        let size = all(&door, &chief).await.len();
        let query = |after, most| ListHistory { about: Some(tom.user.bytes()), after, most, ..ListHistory::default() };
        let newest = list(&door.books, &chief, query(None, Some(1))).await.unwrap();
        assert_eq!(newest.records.iter().map(|leaf| leaf.what.as_str()).collect::<Vec<_>>(), ["person.left"]);
        let older = list(&door.books, &chief, query(newest.next.clone(), None)).await.unwrap();
        assert_eq!(older.records.last().unwrap().what, "person.joined");
        assert_eq!(older.next, None, "a last page says so");
        for elsewhere in [
            ListHistory { after: newest.next.clone(), ..ListHistory::default() },
            ListHistory { kept: Kept::Done, ..query(newest.next.clone(), None) },
            query(Some("made up".to_owned()), None),
        ] {
            assert_eq!(list(&door.books, &chief, elsewhere).await.unwrap_err().code(), "cursor.unfit");
        }
        assert_eq!(all(&door, &chief).await.len(), size, "leaves tell nobody's name: looking at them leaves no record");
        let clerk = Callers::of(chief.business()).clerk();
        assert_eq!(list(&door.books, &clerk, query(None, None)).await.unwrap_err().code(), "role.not_allowed");
    });
}

/// Every record, page by page.
async fn all(door: &crate::Door, actor: &coffer_kernel::Actor) -> Vec<coffer_store::Leaf> {
    let (mut records, mut after) = (Vec::new(), None);
    loop {
        let page =
            list(&door.books, actor, ListHistory { after, most: Some(7), ..ListHistory::default() }).await.unwrap();
        records.extend(page.records);
        after = page.next;
        if after.is_none() {
            let places: Vec<i64> = records.iter().map(|leaf| leaf.n).collect();
            assert!(places.iter().rev().copied().eq(0..places.len() as i64), "{places:?}: each once, without gaps");
            return records;
        }
    }
}
