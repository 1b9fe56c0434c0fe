#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]
//! Every refusal has words in every language: the codes are read from the source of the rooms that make them.

use super::{DE, EN, refusal_key};
use std::collections::BTreeSet;
use std::path::Path;

/// The rooms whose refusals people meet.
const ROOMS: [&str; 6] = ["kernel", "store", "identity", "billing", "documents", "web"];

/// The texts of all source files below a folder.
pub(super) fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.ends_with("tests.rs") {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The codes of a source text: what its refusals declare, what a refusal's `code` answers, what is said of a field, and
/// the rules that orders are held against.
fn codes(source: &str) -> BTreeSet<String> {
    let whole = ["broken", "busy", "done_before", "not_found", "outcome_unknown", "stale"];
    let dotted = |text: &str| {
        let parts = text
            .split('.')
            .filter(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        text.contains('.') && parts.count() == text.split('.').count()
    };
    let of_field = |text: &str| ["text.", "money.", "field.", "row."].iter().any(|kind| text.starts_with(kind));
    let rule = |text: &str| {
        text.len() > 3 && (text.starts_with("BR-") || text.starts_with("BT-")) && !text.contains([' ', '{'])
    };
    let (mut found, mut refusing) = (BTreeSet::new(), false);
    for line in source.lines().map(str::trim).take_while(|line| *line != "mod tests {") {
        refusing = if line.starts_with("impl") {
            line.contains("Refuse for")
        } else {
            refusing && !line.starts_with("fn reason")
        };
        let declares = refusing
            || line.contains("Pointer::new(")
            || line.contains("Unfit::new(")
            || REASONS.iter().any(|reason| line.contains(reason));
        let quoted = line.split('"').skip(1).step_by(2).filter(|_| !line.starts_with("//"));
        let code = |text: &&str| {
            dotted(text) && (declares || of_field(text)) || refusing && whole.contains(text) || rule(text)
        };
        found.extend(quoted.filter(code).map(str::to_owned));
    }
    found
}

/// How a refusal of the macro names its kind.
const REASONS: [&str; 7] = [
    "=> Forbidden, ",
    "=> NotFound, ",
    "=> Invalid, ",
    "=> Conflict, ",
    "=> Gone, ",
    "=> TooMany, ",
    "=> Unavailable, ",
];

// proves: F8
#[test]
fn every_code_of_a_refusal_has_words_in_every_language_and_none_is_left_over() {
    let crates = coffer_testkit::project::root().join("crates");
    let mut texts = Vec::new();
    ROOMS.iter().for_each(|room| sources(&crates.join(room).join("src"), &mut texts));
    let codes: BTreeSet<String> = texts.iter().flat_map(|text| codes(text)).collect();
    assert!(codes.contains("invoice.not_a_draft") && codes.contains("BR-16") && codes.len() > 60, "{codes:?}");
    // The rules on VAT categories are put together from a category and a number.
    let families = ["S", "Z", "E", "AE", "IC", "G", "O"]
        .iter()
        .flat_map(|family| ["02", "05", "06", "07", "10"].map(|number| format!("BR-{family}-{number}")));
    let codes: BTreeSet<String> = codes.into_iter().chain(families).collect();
    for (language, words) in [("en", &EN), ("de", &DE)] {
        let missing: Vec<_> = codes.iter().filter(|code| words.refusal(code, &[]).is_none()).collect();
        assert!(missing.is_empty(), "{language} has no words for {missing:?}");
    }
    let known: BTreeSet<String> = codes.iter().flat_map(|code| [refusal_key(code), super::family_key(code)]).collect();
    let said = include_str!("refusals.en.ftl").lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key);
    let left_over: Vec<_> = said.filter(|key| !known.contains(*key)).collect();
    assert!(left_over.is_empty(), "nothing is refused as {left_over:?}");
}
