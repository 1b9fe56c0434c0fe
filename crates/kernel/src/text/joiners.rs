//! Joiners that change nothing of what is seen.

use super::signs::{MARKS, VIRAMAS};
use super::{is_hidden, is_of, place};
use std::borrow::Cow;

const fn is_joiner(sign: char) -> bool {
    matches!(sign, '\u{200c}' | '\u{200d}')
}

/// A name without the joiners that change nothing of what is seen (RFC 5892, A.1 and A.2): those that stand between letters
/// which would be written the same way without them, and at the ends of words. One beside a picture stays, and is refused.
#[must_use]
pub fn without_idle_joiners(name: &str) -> Cow<'_, str> {
    if !name.contains(is_joiner) {
        return Cow::Borrowed(name);
    }
    let (mut before, mut letter, mut rest) = (None, None, name.chars());
    let mut kept = String::with_capacity(name.len());
    while let Some(sign) = rest.next() {
        let after = rest.clone().next();
        let idle = || is_hidden((letter, before), sign, after) && is_written(before) && is_written(after);
        if is_joiner(sign) && idle() {
            continue;
        }
        kept.push(sign);
        before = Some(sign);
        if place(&MARKS, before).is_none() {
            letter = before;
        }
    }
    Cow::Owned(kept)
}

/// Whether this is a letter, a mark on one, what stands between words, or nothing at all.
fn is_written(sign: Option<char>) -> bool {
    sign.is_none_or(|sign| {
        let written = sign.is_ascii() || sign.is_alphanumeric() || sign.is_whitespace() || is_joiner(sign);
        written || is_of(VIRAMAS, Some(sign)) || place(&MARKS, Some(sign)).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::super::hidden;
    use super::*;

    // proves: D15, C52.c
    #[test]
    fn a_joiner_that_changes_nothing_is_left_out_of_a_name_and_one_that_is_seen_stays() {
        for (typed, kept) in [
            ("محمد\u{200c}علی", "محمدعلی"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("می\u{200c}\u{200c}خواهم", "می\u{200c}خواهم"),
            ("Vog\u{200d}el", "Vogel"),
            ("\u{200c}علی\u{200c}", "علی"),
            ("क\u{94d}\u{200d}ष", "क\u{94d}\u{200d}ष"),
            ("Vogel", "Vogel"),
        ] {
            assert_eq!(without_idle_joiners(typed), kept, "{typed:?}");
            assert_eq!(hidden(kept), None, "{kept:?}");
        }
        let family = "\u{1f468}\u{200d}\u{1f469}";
        assert_eq!(without_idle_joiners(family), family, "it is seen");
        assert_eq!(hidden(family), Some('\u{200d}'));
    }
}
