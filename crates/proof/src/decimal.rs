//! Sizes and indices as text: ASCII decimal with one spelling for each number.
//!
//! Checkpoints and exports share it. A sign, a leading zero, a space or a number no
//! tree can have is refused, so that two texts never name the same size.

use crate::tree::MAX_TREE_SIZE;

/// The number, if `text` is its only spelling and no tree is smaller than it names.
pub(crate) fn parse(text: &str) -> Option<u64> {
    let digits_only = text.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = text.len() > 1 && text.starts_with('0');
    if !digits_only || leading_zero {
        return None;
    }
    text.parse().ok().filter(|number| *number <= MAX_TREE_SIZE)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn one_spelling_for_each_number() {
        assert_eq!(parse("0"), Some(0));
        assert_eq!(parse("20852163"), Some(20_852_163));
        assert_eq!(parse("9223372036854775807"), Some(u64::MAX / 2));
        for refused in [
            "",
            "00",
            "01",
            "+1",
            "-1",
            " 1",
            "1 ",
            "1_0",
            "0x1",
            "1.0",
            "١",
            "9223372036854775808",
            "99999999999999999999999",
        ] {
            assert_eq!(parse(refused), None, "{refused:?}");
        }
    }
}
