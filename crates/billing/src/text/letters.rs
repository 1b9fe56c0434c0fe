//! Which letters a page can show: those of the typefaces it is set in.
//!
//! Data, not a look into a file: this crate has no power over paper. A test of `documents` holds the table against its
//! typefaces, so it cannot fall behind them.

/// First and last letter of each range, in order.
pub const PRINTABLE: &[(u32, u32)] = &[
    (0x0020, 0x007e),
    (0x00a0, 0x00ac),
    (0x00ae, 0x0148),
    (0x014a, 0x01c3),
    (0x01c5, 0x024f),
    (0x02b0, 0x0304),
    (0x0306, 0x030c),
    (0x030f, 0x030f),
    (0x0312, 0x0313),
    (0x0315, 0x0315),
    (0x031b, 0x031b),
    (0x0323, 0x0323),
    (0x0326, 0x0328),
    (0x032c, 0x032c),
    (0x0337, 0x0338),
    (0x0342, 0x0343),
    (0x0346, 0x036f),
    (0x0374, 0x0376),
    (0x037a, 0x037f),
    (0x0384, 0x038a),
    (0x038c, 0x038c),
    (0x038e, 0x03a1),
    (0x03a3, 0x03d7),
    (0x03dc, 0x03dd),
    (0x03f0, 0x03f6),
    (0x03f9, 0x03fa),
    (0x03fc, 0x0479),
    (0x0480, 0x049d),
    (0x04a0, 0x04ff),
    (0x052f, 0x052f),
    (0x1e00, 0x1e9b),
    (0x1e9d, 0x1eff),
    (0x2000, 0x200b),
    (0x2010, 0x2027),
    (0x202f, 0x2055),
    (0x2057, 0x2057),
    (0x205f, 0x205f),
    (0x2070, 0x2071),
    (0x2074, 0x208e),
    (0x2090, 0x209c),
    (0x20a0, 0x20af),
    (0x20b1, 0x20b5),
    (0x20b8, 0x20ba),
    (0x20bc, 0x20bf),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2150, 0x215f),
    (0x2190, 0x2199),
    (0x2212, 0x2212),
    (0x221e, 0x221e),
    (0x2248, 0x2248),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
    (0x25a1, 0x25a1),
    (0x2713, 0x2713),
];

/// The first letter that a page cannot show, if there is one. Line ends and tabs are the page's own affair.
#[must_use]
pub fn unprintable(text: &str) -> Option<char> {
    text.chars().find(|c| !matches!(c, '\n' | '\r' | '\t') && !is_printable(*c))
}

fn is_printable(letter: char) -> bool {
    let letter = u32::from(letter);
    let place = PRINTABLE.partition_point(|(_, last)| *last < letter);
    PRINTABLE.get(place).is_some_and(|(first, _)| *first <= letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_scripts_and_signs_without_a_shape_are_found() {
        for text in ["", "Bäckerei Vogel", "Łódź, Ærø, Ελλάδα, Київ", "10 € – “so”", "a\nb"] {
            assert_eq!(unprintable(text), None, "{text}");
        }
        for (text, letter) in [("日本", '日'), ("x שלום", 'ש'), ("ok \u{7}", '\u{7}'), ("fine 🎉", '🎉')] {
            assert_eq!(unprintable(text), Some(letter), "{text}");
        }
    }
}
