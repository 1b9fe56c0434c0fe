//! What a capability offers takes the books, whoever asks, and then the order: whoever knows one command can call them all.

use super::statements::is_test;
use crate::tree::{self, File};

/// The rooms whose every public function that waits is a command or a query.
const ROOMS: [&str; 2] = ["crates/billing/src/", "crates/identity/src/"];

/// What is offered otherwise, and why.
const OTHERWISE: [(&str, &str, &str); 9] = [
    ("crates/identity/src/api_keys/resume.rs", "resume", "who asks is what it finds out"),
    ("crates/identity/src/document_links/resume.rs", "resume", "who asks is what it finds out"),
    ("crates/identity/src/sessions/resume.rs", "resume", "who asks is what it finds out"),
    ("crates/identity/src/links/enter.rs", "enter", "who asks is what it finds out"),
    ("crates/identity/src/sessions/end.rs", "leave", "who asks is whoever the session is of"),
    ("crates/identity/src/carried/device.rs", "mark", "it seals for a browser, and does nothing in the books"),
    ("crates/identity/src/carried/device.rs", "recognise", "it opens what a browser brings, before anybody is known"),
    ("crates/identity/src/carried/form.rs", "keep", "it seals for a browser, and does nothing in the books"),
    ("crates/identity/src/carried/form.rs", "take_up", "it opens what a browser brings, and does nothing in the books"),
];

/// Commands that begin otherwise.
pub(crate) fn check() -> Vec<String> {
    let in_a_room = |file: &File| ROOMS.iter().any(|room| file.path.starts_with(room)) && !is_test(&file.path);
    let sources: Vec<File> = tree::files("crates", &[".rs"]).into_iter().filter(in_a_room).collect();
    let found: Vec<(&str, &str)> = sources.iter().flat_map(otherwise).collect();
    let excepted = |path: &str, name: &str| OTHERWISE.iter().any(|(at, known, _)| (*at, *known) == (path, name));
    let new = found.iter().filter(|(path, name)| !excepted(path, name)).map(|(path, name)| {
        format!("{path}: {name} does not begin with `books: &Books, actor: &Actor` (or `door: &Door`; at the door, `origin: Origin`)")
    });
    let past = OTHERWISE.iter().filter(|(path, name, _)| !found.contains(&(*path, *name)));
    let past = past.map(|(path, name, _)| format!("{path}: {name} is excepted, and need not be"));
    new.chain(past).collect()
}

/// Where each stands, and its name.
fn otherwise(file: &File) -> Vec<(&str, &str)> {
    // The part behind `pub async fn `, up to where its parameters begin, is its name (and what it is generic over).
    let offered = file.text.split("pub async fn ").skip(1).filter_map(|rest| rest.split_once('('));
    offered.filter(|(_, parameters)| !begins_well(parameters)).map(|(name, _)| (file.path.as_str(), name)).collect()
}

fn begins_well(parameters: &str) -> bool {
    let all = parameters.split(')').next().unwrap_or_default();
    let mut all = all.split(',').map(str::trim).peekable();
    // The door is the books, with what tells people apart.
    let books = all.next().is_some_and(|first| ["books: &Books", "door: &Door"].contains(&first));
    // Who works in several books is made an actor of each.
    all.next_if_eq(&"mint: &Mint");
    // Whoever asks has the name of their part: the actor, the system, the reader of a link. Who comes to the door is nobody yet.
    books && all.next().is_some_and(|asks| asks.ends_with(": &Actor") || asks == "origin: Origin")
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
        assert_eq!(found("pub async fn a(door: &Door, origin: Origin, order: A) -> R {"), 0);
        assert_eq!(found("pub async fn a(books: &Books, mint: &Mint, actor: &Actor) -> R {"), 0);
        assert_eq!(found("pub async fn a(actor: &Actor, books: &Books) -> R {"), 1);
        assert_eq!(found("pub async fn a(books: &Books, order: A) -> R {"), 1);
        assert_eq!(found("pub async fn a(books: &Books, mint: &Mint, order: A) -> R {"), 1);
        assert_eq!(found("pub async fn a(door: &Door, order: A, origin: Origin) -> R {"), 1);
    }
}
