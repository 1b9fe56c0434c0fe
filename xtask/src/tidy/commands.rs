//! What a capability offers takes the books, whoever asks, and then the order: whoever knows one command can call them all.

use super::statements::is_test;
use crate::tree::{self, File};

/// The room whose every public function that waits is a command or a query.
const ROOM: &str = "crates/billing/src/";

/// Commands that begin otherwise.
pub(crate) fn check() -> Vec<String> {
    let sources = tree::files("crates/billing", &[".rs"]);
    sources.iter().filter(|file| file.path.starts_with(ROOM) && !is_test(&file.path)).flat_map(otherwise).collect()
}

fn otherwise(file: &File) -> Vec<String> {
    // The part behind `pub async fn `, up to where its parameters begin, is its name (and what it is generic over).
    let offered = file.text.split("pub async fn ").skip(1).filter_map(|rest| rest.split_once('('));
    offered
        .filter(|(_, parameters)| !begins_well(parameters))
        .map(|(name, _)| format!("{}: {name} does not begin with `books: &Books, actor: &Actor`", file.path))
        .collect()
}

fn begins_well(parameters: &str) -> bool {
    let mut two = parameters.split(',').map(str::trim);
    // Whoever asks has the name of their part: the actor, the system, the reader of a link.
    two.next() == Some("books: &Books")
        && two.next().is_some_and(|asks| asks.split(')').next().is_some_and(|asks| asks.ends_with(": &Actor")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        otherwise(&File { path: "crates/billing/src/x/y.rs".into(), text: text.into() }).len()
    }

    #[test]
    fn a_command_that_begins_otherwise_is_found() {
        assert_eq!(found("pub async fn a(books: &Books, reader: &Actor) -> R {"), 0);
        assert_eq!(found("pub async fn a(\n    books: &Books,\n    actor: &Actor,\n    order: A,\n) -> R {"), 0);
        assert_eq!(found("pub async fn a(actor: &Actor, books: &Books) -> R {"), 1);
        assert_eq!(found("pub async fn a(books: &Books, order: A) -> R {"), 1);
    }
}
