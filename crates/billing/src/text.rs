//! What must not stand in a free text (D15).

/// Whether a text holds something that looks like a payment card's number: 13 to 19 digits, spaces and hyphens between
/// them allowed, a prefix that cards have (ISO/IEC 7812-1), and the right check digit.
#[must_use]
pub fn holds_card_number(text: &str) -> bool {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || c == ' ' || c == '-'));
    runs.map(|run| run.bytes().filter(u8::is_ascii_digit).map(|digit| u32::from(digit - b'0')).collect::<Vec<u32>>())
        .any(|digits| {
            (13..=19).contains(&digits.len()) && matches!(digits.first(), Some(2..=6)) && passes_luhn(&digits)
        })
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
        for card in
            ["4111 1111 1111 1111", "paid with 5500-0000-0000-0004 today", "378282246310005", "6011111111111117"]
        {
            assert!(holds_card_number(card), "{card}");
        }
        for other in [
            "4111 1111 1111 1112",
            "DE89 3704 0044 0532 0130 00",
            "+49 30 901820 4455",
            "AN-2026-0001, 2026-10-14",
            "9783161484100",
            "order 1234567890123",
            "",
        ] {
            assert!(!holds_card_number(other), "{other}");
        }
    }
}
