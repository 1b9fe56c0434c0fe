#![allow(clippy::unwrap_used, reason = "tests")]
//! Whatever happens has words in every language: the names of events and the tables of sealed data are read from the
//! source of the rooms that make them.

use super::codes::sources;
use super::{DE, EN};
use coffer_kernel::Action;
use std::collections::BTreeSet;

/// What stands in quotes after this, in all sources.
fn named(texts: &[String], before: &str) -> BTreeSet<String> {
    let after = texts.iter().flat_map(|text| text.split(before).skip(1));
    after.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

// proves: C76.b, F8
#[test]
fn every_event_and_every_kind_of_sealed_data_has_words_in_every_language_and_none_is_left_over() {
    let crates = coffer_testkit::project::root().join("crates");
    let mut texts = Vec::new();
    ["store", "identity", "billing"].iter().for_each(|room| sources(&crates.join(room).join("src"), &mut texts));
    let events = named(&texts, "const NAME: &'static str = \"");
    let tables: BTreeSet<String> =
        ["other", "statutory"].iter().flat_map(|class| named(&texts, &format!("Column::{class}(\""))).collect();
    assert!(events.contains("invoice.issued") && events.len() > 50, "{events:?}");
    assert!(tables.contains("customer") && tables.len() > 10, "{tables:?}");
    for (language, words) in [("en", &EN), ("de", &DE)] {
        let silent: Vec<_> = events.iter().filter(|event| words.event(event).is_none()).collect();
        assert!(silent.is_empty(), "{language} has no words for {silent:?}");
        let silent: Vec<_> = Action::ALL.iter().filter(|action| words.action(action.code()).is_none()).collect();
        assert!(silent.is_empty(), "{language} has no words for {silent:?}");
        let silent: Vec<_> = tables.iter().filter(|table| words.shown(table).is_none()).collect();
        assert!(silent.is_empty(), "{language} has no words for what is kept in {silent:?}");
    }
    let keys: BTreeSet<String> = events
        .iter()
        .map(|event| format!("event-{}", event.replace('.', "-")))
        .chain(Action::ALL.iter().map(|action| format!("action-{}", action.code().replace('.', "-"))))
        .chain(tables.iter().map(|table| format!("shown-{table}")))
        .collect();
    for text in [include_str!("history.en.ftl"), include_str!("history.de.ftl")] {
        let said = text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned());
        let left_over: Vec<_> = said.filter(|key| !keys.contains(key)).collect();
        assert!(left_over.is_empty(), "nothing happens that is called {left_over:?}");
    }
}
