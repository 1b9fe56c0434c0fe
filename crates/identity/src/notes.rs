//! Events that more than one command records.

use coffer_kernel::{Origin, TypedId, UserId};
use coffer_store::Event;
use std::fmt::Write;

/// Somebody signed in, from here.
pub(crate) struct SignedIn(pub(crate) UserId, pub(crate) Origin);

impl Event for SignedIn {
    const NAME: &'static str = "session.opened";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn detail(&self) -> Option<String> {
        crate::throttle::from(self.1)
    }
}

/// A text as a detail has it: in quotes, as JSON writes it (RFC 8259 §7).
pub(crate) fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => written.extend(['\\', letter]),
            // Writing to a text cannot fail.
            control if control < ' ' => drop(write!(written, "\\u{:04x}", u32::from(control))),
            plain => written.push(plain),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_somebody_typed_stays_a_text() {
        assert_eq!(quoted("a \"b\" \\ c\n\u{e9}"), "\"a \\\"b\\\" \\\\ c\\u000a\u{e9}\"");
    }
}
