//! Blanks in names.

use super::place;
use super::signs::{THIN, WIDE};

/// The first blank of a name that is not one ordinary blank between two words, if there is one: a thinner one, or one behind
/// another.
#[must_use]
pub fn odd_blank(name: &str) -> Option<char> {
    let (mut before, mut rest) = (None::<char>, name.chars());
    while let Some(sign) = rest.next() {
        let behind_another = before.is_some_and(char::is_whitespace) && sign.is_whitespace();
        let in_place = || place(&WIDE, before).is_some() && place(&WIDE, rest.clone().next()).is_some();
        if behind_another || place(&THIN, Some(sign)).is_some() || (sign == '\u{3000}' && !in_place()) {
            return Some(sign);
        }
        before = Some(sign);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::check_line;

    // proves: D15, C52.b
    #[test]
    fn a_blank_that_only_looks_like_one_is_in_no_name_and_the_wide_one_between_wide_letters_alone() {
        for name in [
            "Vogel\u{a0}A",
            "\u{a0}Vogel",
            "Vogel\u{3000}A",
            "\u{3000}山田",
            "山田\u{3000}\u{3000}太郎",
            "山田\u{3000} 太郎",
        ] {
            assert!(check_line("/name", name).is_err(), "{name:?}");
        }
        for name in ["Vogel A", "山田\u{3000}太郎", "ヤマダ\u{3000}花子", "山田 太郎"] {
            assert!(check_line("/name", name).is_ok(), "{name:?}");
        }
    }
}
