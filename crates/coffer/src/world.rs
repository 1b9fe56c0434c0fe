//! The real world: the system's clock, and a terminal to talk to.

use coffer_kernel::{Clock, Timestamp};
use std::io::Write;

/// The system's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Tells the operator something.
pub(crate) fn say(line: impl std::fmt::Display) {
    // A terminal that went away is not a reason to stop.
    drop(writeln!(std::io::stdout(), "{}", harmless(&line.to_string())));
}

/// Tells the operator why it ended.
pub(crate) fn complain(why: &str) {
    drop(writeln!(std::io::stderr(), "coffer: {}", harmless(why)));
}

/// The same text, with whatever a terminal would obey, or show in another order, written out: what is told may come from
/// somebody's file.
fn harmless(text: &str) -> String {
    written_out(text, |sign| sign.is_control() && !matches!(sign, '\n' | '\t'))
}

/// What somebody once wrote, within a line of ours: line ends and tabs are written out too, so that nobody's name makes a line
/// that we did not say.
pub(crate) fn within_a_line(text: &str) -> String {
    written_out(text, |sign| sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}'))
}

fn written_out(text: &str, obeyed: impl Fn(char) -> bool) -> String {
    let turns =
        |character| matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if obeyed(character) || turns(character) {
            plain.extend(character.escape_unicode());
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_told_nothing_that_it_would_obey() {
        assert_eq!(harmless("B\u{e4}ckerei\tVogel\n"), "B\u{e4}ckerei\tVogel\n");
        assert_eq!(harmless("\u{1b}]0;own\u{7}"), "\\u{1b}]0;own\\u{7}");
        assert_eq!(harmless("\u{9b}31m \u{202e}evil"), "\\u{9b}31m \\u{202e}evil");
    }
}
