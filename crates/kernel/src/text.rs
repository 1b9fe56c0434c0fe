//! Signs that nobody sees: what can make one text look like another one, or read in another order than it is kept in.
//!
//! An invoice, a name or a VAT number with one of them looks like somebody else's and is found as nobody's. One rule, asked
//! of every text that is taken in, whichever way it comes: what has such a sign is refused, and the sign is named, because
//! whoever has to take it out cannot see it either. Nothing that is seen is taken out: what is kept is what was said. A
//! joiner in a name that changes nothing of what is seen is left out ([`without_idle_joiners`]), because keyboards type
//! them where a letter never joins, and whoever did could not find it.
//!
//! Real names stay as they are written. Letters of every script, from the right or from the left, and the marks above and
//! below them are no matter of this rule: they are seen. The two joiners (U+200C, U+200D) are let stand between letters of
//! one of the scripts that are written with them, as Persian, Hindi or Sinhala are, where they change what is seen; at every
//! other place they change nothing but what is kept. RFC 5892 (A.1, A.2) asks for more of them in host names, by tables of
//! every letter's shape; of a name on paper this is enough. Variants of a Han letter (U+E0100 to U+E01EF) are in people's
//! names in Japan, forms of a Mongolian one (U+180B to U+180F) in Mongolia's, and that of a picture (U+FE0F) comes with
//! what telephones type: each only behind what it says the form of.
//!
//! In a name one ordinary blank stands between two words, so that two names that are shown alike are kept alike.

mod blanks;
mod joiners;
mod signs;

pub use self::blanks::odd_blank;
pub use self::joiners::without_idle_joiners;
use self::signs::{HAN, HIDDEN, JOINABLE, JOINED, JOINING, MARKS, MONGOLIAN, PICTURES, VIRAMAS};
use crate::{Pointer, Reason, Refusals, Refuse};
use std::fmt;

/// In which of these ranges a sign is.
fn place(ranges: &[(char, char)], sign: Option<char>) -> Option<usize> {
    let sign = sign?;
    ranges.iter().position(|(first, last)| (*first..=*last).contains(&sign))
}

/// The first sign of a text that nobody sees, if there is one. Line ends and other control characters are not asked about.
#[must_use]
pub fn hidden(text: &str) -> Option<char> {
    if text.is_ascii() {
        return None;
    }
    let (mut before, mut letter, mut rest) = (None, None, text.chars());
    while let Some(sign) = rest.next() {
        if is_hidden((letter, before), sign, rest.clone().next()) {
            return Some(sign);
        }
        before = Some(sign);
        if place(&MARKS, before).is_none() {
            letter = before;
        }
    }
    None
}

/// `letter` is what stands before without the marks on it.
fn is_hidden((letter, before): (Option<char>, Option<char>), sign: char, after: Option<char>) -> bool {
    match sign {
        '\u{200c}' => !keeps_apart(letter, after) && !writes_together(before, after),
        '\u{200d}' => !writes_together(before, after),
        // A digit is made a key of with it.
        '\u{fe0f}' => {
            let key = is_of("0123456789#*", before) && after == Some('\u{20e3}');
            !key && !is_of(PICTURES, before)
        }
        '\u{e0100}'..='\u{e01ef}' => place(&HAN, before).is_none(),
        '\u{180b}'..='\u{180f}' => place(&MONGOLIAN, before).is_none(),
        // The last two of each plane are no letters, and never will be.
        _ => place(&HIDDEN, Some(sign)).is_some() || u32::from(sign) & 0xfffe == 0xfffe,
    }
}

fn is_of(signs: &str, sign: Option<char>) -> bool {
    sign.is_some_and(|sign| signs.contains(sign))
}

/// Whether two letters would join, were nothing between them.
fn keeps_apart(letter: Option<char>, after: Option<char>) -> bool {
    place(&JOINING, letter).is_some() && place(&JOINABLE, after).is_some() && same_script(letter, after)
}

/// Whether something between these says how two letters are written together.
fn writes_together(before: Option<char>, after: Option<char>) -> bool {
    (is_of(VIRAMAS, before) || is_of(VIRAMAS, after)) && same_script(before, after)
}

fn same_script(before: Option<char>, after: Option<char>) -> bool {
    place(&JOINED, before).is_some() && place(&JOINED, before) == place(&JOINED, after)
}

/// A text that is not taken: a sign in it is not seen, or a blank is not one blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    pointer: &'static str,
    sign: char,
    blank: bool,
}

/// Whether a text may be taken in.
///
/// # Errors
/// [`Hidden`], with the sign, at this field.
pub fn check(pointer: &'static str, text: &str) -> Result<(), Hidden> {
    let obeyed = |sign: &char| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t');
    let found = hidden(text).or_else(|| text.chars().find(obeyed));
    found.map_or(Ok(()), |sign| Err(Hidden { pointer, sign, blank: false }))
}

/// Whether a text of one line may be taken in: without line ends, without what else a terminal or a printer obeys, and with
/// ordinary blanks alone.
///
/// # Errors
/// As [`check`].
pub fn check_line(pointer: &'static str, text: &str) -> Result<(), Hidden> {
    check(pointer, text)?;
    let obeyed = text.chars().find(|sign| sign.is_control()).map(|sign| (sign, false));
    let found = obeyed.or_else(|| odd_blank(text).map(|sign| (sign, true)));
    found.map_or(Ok(()), |(sign, blank)| Err(Hidden { pointer, sign, blank }))
}

/// How a sign that nobody sees is named.
#[must_use]
pub fn name_of(sign: char) -> String {
    format!("U+{:04X}", u32::from(sign))
}

/// What is said of a text with such a sign.
#[must_use]
pub fn sentence(sign: char) -> String {
    format!(
        "This text holds a sign that is not seen ({}): with it, one name can pass for another. Delete the text and type it anew instead of pasting it.",
        name_of(sign)
    )
}

/// What is said of a name with blanks that are not one ordinary blank.
pub const ODD_BLANK: &str = "Two blanks in a row, or one that is thinner than a blank: with it, one name can pass for another. Write one ordinary blank there.";

impl fmt::Display for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.blank { f.write_str(ODD_BLANK) } else { f.write_str(&sentence(self.sign)) }
    }
}

impl std::error::Error for Hidden {}

impl Refuse for Hidden {
    fn code(&self) -> &'static str {
        if self.blank { "text.odd_blank" } else { "text.hidden_sign" }
    }
    fn reason(&self) -> Reason {
        Reason::Invalid
    }
    fn pointers(&self) -> Vec<Pointer> {
        let arguments = vec![("sign", name_of(self.sign))];
        vec![Pointer { arguments, ..Pointer::new(self.pointer, self.code(), self.to_string()) }]
    }
}

impl Refusals for Hidden {
    fn all() -> Vec<(&'static str, Reason, &'static str)> {
        vec![
            ("text.hidden_sign", Reason::Invalid, "A text holds a sign that is not seen; the field says which."),
            (
                "text.odd_blank",
                Reason::Invalid,
                "A name holds blanks that are not one ordinary blank between two words.",
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // proves: D15, C52.b
    #[test]
    fn what_is_not_seen_is_told_from_what_names_are_written_with() {
        for name in [
            "",
            "Bäckerei Vogel",
            "Nguye\u{302}\u{303}n Thi\u{323}",
            "שָׁלוֹם Ltd.",
            "شركة النور",
            "می\u{200c}خواهم",
            "مُ\u{200c}ن",
            "র\u{200d}\u{9cd}য",
            "ශ\u{dca}\u{200d}රී ලංකා",
            "क\u{94d}\u{200d}ष",
            "葛\u{e0100}城",
            "O\u{2019}Neill \u{2013} 10\u{a0}€",
            "fine \u{2714}\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "line\nline\ttab",
        ] {
            assert_eq!(hidden(name), None, "{name:?}");
        }
        for (text, sign) in [
            ("US\u{202e}123", '\u{202e}'),
            ("Vog\u{200b}el", '\u{200b}'),
            ("Vog\u{ad}el", '\u{ad}'),
            ("\u{feff}Vogel", '\u{feff}'),
            ("\u{202a}+49 30 1234\u{202c}", '\u{202a}'),
            ("Vog\u{200d}el", '\u{200d}'),
            ("می\u{200c}", '\u{200c}'),
            ("\u{200c}می", '\u{200c}'),
            ("م\u{200d}क", '\u{200d}'),
            ("محمد\u{200c}علی", '\u{200c}'),
            ("می\u{200d}خ", '\u{200d}'),
            ("क\u{200d}ष", '\u{200d}'),
            ("क\u{200c}ष", '\u{200c}'),
            ("\u{231a}\u{fe0f}", '\u{fe0f}'),
            ("\u{2714}\u{fe0e}", '\u{fe0e}'),
            ("a\u{fe0f}\u{20e3}", '\u{fe0f}'),
            ("\u{3164}", '\u{3164}'),
            ("\u{2800}", '\u{2800}'),
            ("Vogel\u{fe0f}", '\u{fe0f}'),
            ("Vogel\u{e0100}", '\u{e0100}'),
            ("a\u{e0041}b", '\u{e0041}'),
            ("one\u{2028}two", '\u{2028}'),
            ("e\u{301}\u{fe0f}", '\u{fe0f}'),
            ("\u{2714}\u{fe0f}\u{fe0f}", '\u{fe0f}'),
        ] {
            assert_eq!(hidden(text), Some(sign), "{text:?}");
            assert!(sentence(sign).contains(&name_of(sign)));
        }
        assert_eq!(name_of('\u{202e}'), "U+202E");
    }

    proptest! {
        // proves: D15
        #[test]
        fn wherever_such_a_sign_stands_it_is_found(
            text in "[\\p{Latin}\\p{Cyrillic}\\p{Hebrew}\\p{Han}0-9 .,-]{0,12}",
            sign in "[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{2066}-\u{2069}\u{feff}\u{e0020}-\u{e007f}]",
            place in 0_usize..13,
        ) {
            let letters = || text.chars();
            let with: String = letters().take(place).chain(sign.chars()).chain(letters().skip(place)).collect();
            prop_assert_eq!(hidden(&text), None);
            prop_assert_eq!(hidden(&with), sign.chars().next());
        }

        // proves: D15, C52.b
        #[test]
        fn two_names_that_differ_in_their_blanks_alone_are_not_both_taken(
            words in prop::collection::vec("[\\p{Latin}\\p{Han}]{1,5}", 2..4),
            blanks in prop::collection::vec("[ \u{2000}-\u{200a}\u{202f}\u{205f}]{1,3}", 3),
        ) {
            let plain = words.join(" ");
            let gaps = blanks.iter().map(String::as_str).take(words.len() - 1).chain([""]);
            let other: String = words.iter().map(String::as_str).zip(gaps).flat_map(|(word, gap)| [word, gap]).collect();
            prop_assert!(check_line("/name", &plain).is_ok());
            prop_assert_eq!(check_line("/name", &other).is_ok(), other == plain);
        }

        #[test]
        fn letters_and_their_marks_are_never_refused(
            name in "[\\p{Latin}\\p{Greek}\\p{Cyrillic}\\p{Hebrew}\\p{Armenian}\\p{Devanagari}\\p{Thai}\\p{Han}\u{300}-\u{34e}\u{621}-\u{64a} ]{0,24}",
        ) {
            prop_assert_eq!(hidden(&name), None);
        }
    }

    #[test]
    fn what_a_terminal_obeys_is_in_no_text_and_no_line_ends_in_a_name() {
        for sign in ['\0', '\u{1b}', '\u{80}', '\u{7f}'] {
            assert!(
                check("/words", &format!("a{sign}b")).is_err() && check_line("/name", &format!("a{sign}b")).is_err()
            );
        }
        assert!(check("/words", "a\r\n\tb").is_ok(), "a letter has lines");
        assert!(["a\nb", "a\tb", "a\rb"].into_iter().all(|name| check_line("/name", name).is_err()));
    }

    #[test]
    fn a_form_of_a_picture_stands_behind_pictures_alone_and_what_is_no_sign_is_none() {
        for text in [
            "さ\u{fe0f}くら",
            "A−\u{fe0f}B",
            "a\u{fffc}b",
            "a\u{ffff}b",
            "a\u{e000}b",
            "a\u{1fffe}b",
            "a\u{f0000}b",
            "a\u{10fffd}b",
            "a\u{10ffff}b",
        ] {
            assert!(hidden(text).is_some(), "{text:?}");
        }
        assert!(
            ["\u{2764}\u{fe0f}", "\u{3297}\u{fe0f}", "さくら", "1\u{fe0f}\u{20e3}"]
                .into_iter()
                .all(|text| hidden(text).is_none())
        );
    }
}
