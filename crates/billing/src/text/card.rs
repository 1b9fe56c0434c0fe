//! Telling payment card numbers from all the other numbers people write.

use iban::Iban;

/// Whether a text holds something that looks like a payment card's number: digits in one piece, in fours, or in the
/// groups of Amex and Diners, of the length and beginning that a card scheme has, with the right check digit. What
/// stands before or behind it (an expiry, a count) does not hide it; an IBAN is none.
#[must_use]
pub fn holds_card_number(text: &str) -> bool {
    runs(text).iter().any(|groups| holds_card(groups))
}

/// The groups of digits of each run: spaces, hyphens, points and slashes part groups, everything else parts runs.
fn runs(text: &str) -> Vec<Vec<&str>> {
    let mut runs = vec![Vec::new()];
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(at);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (group, after) = digits.split_at(end);
        if !before.chars().all(parts_groups) {
            runs.push(Vec::new());
        }
        if let Some(length) = iban_length(before, digits) {
            rest = digits.get(length..).unwrap_or_default();
            runs.push(Vec::new());
            continue;
        }
        if let Some(run) = runs.last_mut() {
            run.push(group);
        }
        rest = after;
    }
    runs
}

const fn parts_groups(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '.' | '/')
}

/// How many bytes of the digits belong to an IBAN whose two letters stand right before them.
fn iban_length(before: &str, digits: &str) -> Option<usize> {
    let country = before.get(before.len().checked_sub(2)?..)?;
    if !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let ends = digits.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()).map(|(at, _)| at + 1);
    let candidates: Vec<usize> = ends.take(32).collect();
    let is_one = |end: &usize| {
        let compact: String = digits.get(..*end)?.chars().filter(|c| *c != ' ').collect();
        format!("{country}{compact}").parse::<Iban>().ok()
    };
    candidates.into_iter().rev().find(|end| is_one(end).is_some())
}

/// Whether some groups that stand side by side are a card's number.
fn holds_card(groups: &[&str]) -> bool {
    (0..groups.len()).any(|from| {
        let most = groups.len().min(from + 5);
        (from + 1..=most).filter_map(|to| groups.get(from..to)).any(is_card)
    })
}

fn is_card(groups: &[&str]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let grouped = match lengths.as_slice() {
        [_] | [4, 6, 4 | 5] => true,
        [fours @ .., last] => fours.iter().all(|length| *length == 4) && (1..=4).contains(last),
        [] => false,
    };
    let number = groups.concat();
    let digits: Vec<u32> = number.bytes().map(|digit| u32::from(digit - b'0')).collect();
    grouped && of_a_scheme(&number) && passes_luhn(&digits)
}

/// Beginnings and lengths of the card schemes (ISO/IEC 7812-1 and the schemes' own tables).
fn of_a_scheme(number: &str) -> bool {
    let begins = |places: usize| number.get(..places).and_then(|text| text.parse::<u32>().ok()).unwrap_or_default();
    match number.len() {
        13 => begins(1) == 4,
        14 => matches!(begins(2), 36 | 38 | 39) || matches!(begins(3), 300..=305 | 309),
        15 => matches!(begins(2), 34 | 37),
        16 => {
            matches!(begins(1), 4)
                || matches!(begins(2), 35 | 50..=58 | 60 | 62..=65)
                || matches!(begins(4), 2221..=2720)
        }
        17 | 18 => matches!(begins(2), 56..=58 | 62 | 63 | 67),
        19 => begins(1) == 4 || matches!(begins(2), 60 | 62..=65),
        _ => false,
    }
}

fn passes_luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit * 2 > 9 { digit * 2 - 9 } else { digit * 2 };
    let places = digits.iter().rev().enumerate();
    let sum: u32 = places.map(|(place, digit)| if place % 2 == 1 { doubled(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::holds_card_number;

    // proves: C52.a, D15
    #[test]
    fn card_numbers_are_told_from_other_numbers() {
        for card in [
            "4111 1111 1111 1111",
            "paid with 5500-0000-0000-0004 today",
            "378282246310005",
            "3782 822463 10005",
            "6011111111111117",
            "4111 1111 1111 1111 12/27",
            "no. 7 4111111111111111",
            "2 x 4111 1111 1111 1111",
            "4111.1111.1111.1111",
            "4111\u{a0}1111\u{a0}1111\u{a0}1111",
            "IBAN DE89 3704 0044 0532 0130 00 or 4111111111111111",
            "2223003122003222",
        ] {
            assert!(holds_card_number(card), "{card}");
        }
        for other in [
            "4111 1111 1111 1112",
            "DE89 3704 0044 0532 0130 00",
            "DE89370400440532013000",
            "+49 30 901820 4455",
            "AN-2026-0001, 2026-10-14",
            "2026-01-01 to 2026-12-31, 14:00",
            "9783161484100",
            "order 1234567890123",
            "00340434161094042557",
            "",
        ] {
            assert!(!holds_card_number(other), "{other}");
        }
    }
}
