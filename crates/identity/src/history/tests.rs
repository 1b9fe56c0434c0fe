#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::panic, reason = "tests")]

use super::*;
use crate::members::{self, EndMembership};
use crate::testing::{Someone, a_door};
use coffer_kernel::Role;
use coffer_store::{Refuse, STEPS};
use coffer_testkit::{Callers, on_both_engines};

// proves: C76.b, D10
#[test]
fn the_history_says_who_did_what_to_whom_page_by_page_and_leaves_as_a_file() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let door = a_door(&test).await;
        let chief = Someone::owner(&door, &test).await.actor(&door, &test).await;
        let tom = Someone::joins(&door, &chief, Role::BillingClerk, "tom@ateliernord.example", &test).await;
        members::end(&door.books, &chief, EndMembership { user: tom.user }).await.unwrap();
        let first = list(&door, &chief, ListHistory::default()).await.unwrap();
        let ended = first.lines.first().unwrap();
        assert_eq!(ended.record.leaf.what, "person.left");
        assert_eq!(ended.name.as_deref(), Some("ingrid@ateliernord.example's name"));
        assert_eq!(ended.about.as_deref(), Some("tom@ateliernord.example's name"), "also of those who left");
        assert_eq!(ended.record.detail.as_deref(), Some(r#"{"invitations":0,"api_keys":0,"document_links":0}"#));
        let joined = first.lines.iter().find(|line| line.record.leaf.what == "person.joined").unwrap();
        assert_eq!(joined.record.detail.as_deref(), Some(r#"{"role":"billing_clerk"}"#));
        let mine = ListHistory { by: chief.user(), ..ListHistory::default() };
        let mine = list(&door, &chief, mine).await.unwrap();
        assert!(mine.lines.iter().all(|line| line.record.leaf.by == chief.label()) && !mine.lines.is_empty());
        let shown = ListHistory { kept: Kept::Shown, ..ListHistory::default() };
        assert!(!list(&door, &chief, shown).await.unwrap().lines.is_empty(), "that the history was read is in it");
        for _ in 0..60 {
            drop(members::end(&door.books, &chief, EndMembership { user: tom.user }).await);
            drop(export(&door.books, &chief).await.unwrap());
        }
        let page = list(&door, &chief, ListHistory::default()).await.unwrap();
        assert_eq!(page.lines.len(), 50);
        let older = ListHistory { before: page.before, ..ListHistory::default() };
        let older = list(&door, &chief, older).await.unwrap();
        let (last, next) = (page.lines.last().unwrap(), older.lines.first().unwrap());
        assert!(next.record.leaf.n < last.record.leaf.n, "no line twice");
        let clerk = Callers::of(chief.business()).clerk();
        assert_eq!(export(&door.books, &clerk).await.err().unwrap().code(), "role.not_allowed");
        let auditor = Callers::of(chief.business()).auditor();
        let file = export(&door.books, &auditor).await.unwrap();
        assert!(file.bytes.len() > 1_000 && file.verifier.contains('+'));
    });
}
