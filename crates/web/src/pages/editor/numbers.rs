//! Numbers as people write them: `1.500,00`, `1,500.00`, `1 500` and `1500` are all fifteen hundred.
//!
//! What can be read in two ways is not guessed: `1.500` is fifteen hundred to one reader and one and a half to the next.

use crate::words::Words;
use coffer_documents::Language;
use coffer_kernel::money::Decimal;

/// Why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is not written like one.
    NotANumber,
    /// It could be either of these two.
    Unclear {
        /// Read with a separator of thousands.
        large: String,
        /// Read with a decimal separator.
        small: String,
    },
}

impl Unread {
    /// The code, and what its words mention.
    pub(crate) fn said(self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::NotANumber => ("field.number", Vec::new()),
            Self::Unclear { large, small } => ("field.number_unclear", vec![("large", large), ("small", small)]),
        }
    }
}

/// The number as the books write it: digits, with a point before decimals.
pub(crate) fn read(words: &Words, typed: &str) -> Result<String, Unread> {
    let compact: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’'))
        .map(|c| if c == '\u{2212}' { '-' } else { c })
        .collect();
    let (sign, digits) = compact.strip_prefix('-').map_or(("", compact.as_str()), |rest| ("-", rest));
    let point = decimal_point(digits).ok_or(Unread::NotANumber)?;
    let (whole, fraction) = point.map_or((digits, ""), |at| (&digits[..at], &digits[at + 1..]));
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if point.is_some() && digits.matches([',', '.']).count() == 1 && fraction.len() == 3 && unclear(&whole) {
        return Err(Unread::Unclear {
            large: format!("{sign}{whole}{fraction}"),
            small: format!("{sign}{whole}{}{}", separator(words.language), clear(fraction)),
        });
    }
    let fraction = if fraction.is_empty() { String::new() } else { format!(".{fraction}") };
    Ok(format!("{sign}{whole}{fraction}"))
}

/// Where the decimal separator stands; [`None`] outside, where the text is no number at all.
fn decimal_point(digits: &str) -> Option<Option<usize>> {
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let grouped = |text: &str, by: char| {
        let mut groups = text.split(by);
        groups.next().is_some_and(|first| plain(first) && first.len() <= 3)
            && groups.all(|group| plain(group) && group.len() == 3)
    };
    let separators: Vec<(usize, char)> = digits.char_indices().filter(|(_, c)| matches!(c, ',' | '.')).collect();
    let Some((last, mark)) = separators.last().copied() else { return plain(digits).then_some(None) };
    let (whole, fraction) = (&digits[..last], &digits[last + 1..]);
    let other = if mark == ',' { '.' } else { ',' };
    if separators.len() == 1 {
        return (plain(whole) && plain(fraction)).then_some(Some(last));
    }
    if separators.iter().all(|(_, c)| *c == mark) {
        return grouped(digits, mark).then_some(None);
    }
    (grouped(whole, other) && plain(fraction)).then_some(Some(last))
}

/// Whether digits before three others could be thousands.
fn unclear(whole: &str) -> bool {
    (1..=3).contains(&whole.len()) && !whole.starts_with('0')
}

/// Decimals that nobody takes for thousands: not three of them.
fn clear(fraction: &str) -> String {
    let mut fraction = fraction.trim_end_matches('0').to_owned();
    while fraction.len() < 2 || fraction.len() == 3 {
        fraction.push('0');
    }
    fraction
}

const fn separator(language: Language) -> char {
    match language {
        Language::De => ',',
        Language::En => '.',
    }
}

/// A number for a field that it will be read from again: with at least these decimals, and never to be misread.
pub(crate) fn write(words: &Words, number: Decimal, decimals: usize) -> String {
    let text = number.normalize().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if fraction.is_empty() && decimals == 0 {
        return whole.to_owned();
    }
    let mut fraction = fraction.to_owned();
    while fraction.len() < decimals || fraction.len() == 3 {
        fraction.push('0');
    }
    format!("{whole}{}{fraction}", separator(words.language))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_in(language: Language, typed: &str) -> Result<String, Unread> {
        read(Words::of(language), typed)
    }

    #[test]
    fn numbers_are_understood_as_people_write_them() {
        for (typed, plain) in [
            ("1500", "1500"),
            ("1,500.00", "1500.00"),
            ("1.500,00", "1500.00"),
            ("1 500,5", "1500.5"),
            ("1'500.50", "1500.50"),
            ("0,5", "0.5"),
            ("0.125", "0.125"),
            ("1.234.567", "1234567"),
            ("12,3456", "12.3456"),
            ("1500.125", "1500.125"),
            ("\u{2212}3", "-3"),
        ] {
            assert_eq!(read_in(Language::En, typed).as_deref(), Ok(plain), "{typed}");
        }
    }

    // proves: A6
    #[test]
    fn what_can_be_read_in_two_ways_is_asked_not_guessed() {
        let unclear = |large: &str, small: &str| Err(Unread::Unclear { large: large.into(), small: small.into() });
        assert_eq!(read_in(Language::De, "1.500"), unclear("1500", "1,50"));
        assert_eq!(read_in(Language::En, "1,500"), unclear("1500", "1.50"));
        assert_eq!(read_in(Language::En, "-2,125"), unclear("-2125", "-2.1250"));
        for typed in ["", "zwölf", "1,,5", "1.50.00", "12a", ",5", "5.", "--1", "1,50,000", "1e3", "٣"] {
            assert_eq!(read_in(Language::En, typed), Err(Unread::NotANumber), "{typed}");
        }
    }

    #[test]
    fn what_is_written_is_read_again_as_the_same() {
        for language in Language::ALL {
            let words = Words::of(language);
            for number in ["1500", "1.5", "1.125", "0.005", "12.3456", "-3", "99999999.999999"] {
                let number: Decimal = number.parse().unwrap_or_default();
                for decimals in [0, 2] {
                    let text = write(words, number, decimals);
                    let again = read(words, &text).ok().and_then(|text| text.parse::<Decimal>().ok());
                    assert_eq!(again, Some(number), "{text}");
                }
            }
        }
    }
}
