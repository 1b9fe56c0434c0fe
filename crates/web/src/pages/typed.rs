//! What people type into a form, read as the books write it, and the rates they choose from.

use crate::look::Wrong;
use crate::words::Words;
use coffer_kernel::Date;

/// The rates one can choose: of the business's country, then the cases without VAT.
pub(super) fn rates(words: &Words, country: &str) -> Vec<(String, String)> {
    let standard: &[&str] = match country {
        "DE" => &["19", "7"],
        "AT" => &["20", "13", "10"],
        "FR" => &["20", "10", "5.5"],
        "ES" => &["21", "10", "4"],
        "IT" => &["22", "10", "5", "4"],
        "NL" | "BE" | "CZ" => &["21", "12", "9"],
        "GB" => &["20", "5"],
        "CH" => &["8.1", "2.6"],
        "SE" | "DK" | "NO" => &["25", "15", "12"],
        "PL" | "IE" | "PT" => &["23", "13.5", "8"],
        "FI" => &["25.5", "14", "10"],
        "LU" => &["17", "8"],
        "AU" | "JP" => &["10"],
        "NZ" => &["15"],
        "CA" => &["5", "13"],
        "IN" => &["18", "12", "5"],
        _ => &[],
    };
    let mut rates: Vec<(String, String)> =
        standard.iter().map(|rate| (format!("S {rate}"), words.t1("tax-standard", "rate", *rate))).collect();
    let others = [
        ("Z 0", "tax-zero"),
        ("E 0", "tax-exempt"),
        ("AE 0", "tax-reverse"),
        ("K 0", "tax-eu"),
        ("G 0", "tax-export"),
        ("O 0", "tax-outside"),
    ];
    rates.extend(others.into_iter().map(|(code, key)| (code.to_owned(), words.t(key))));
    rates
}

/// What a person typed as a number, as the books write it: `1.500,00`, `1,500.00` and `1500` are all 1500. [`None`] for
/// what can be read in two ways: `1.500` is fifteen hundred to some and one and a half to others.
pub(super) fn plain_number(typed: &str) -> Option<String> {
    let compact: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}' && *c != '\'').collect();
    let point = match (compact.rfind(','), compact.rfind('.')) {
        (Some(comma), Some(point)) => Some(comma.max(point)),
        (Some(comma), None) if compact.matches(',').count() == 1 => Some(comma),
        (None, Some(point)) if compact.matches('.').count() == 1 => Some(point),
        _ => None,
    };
    let plain = |(at, c): (usize, char)| match c {
        ',' | '.' if Some(at) == point => Some('.'),
        ',' | '.' => None,
        '\u{2212}' => Some('-'),
        other => Some(other),
    };
    let whole = point.map_or("", |at| compact.get(..at).unwrap_or_default().trim_start_matches(['-', '\u{2212}', '+']));
    let lone = point.is_some() && !whole.contains([',', '.']);
    let three = point.is_some_and(|at| compact.len() - at == 4);
    let could_be_thousands = lone && three && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    (!could_be_thousands).then(|| compact.char_indices().filter_map(plain).collect())
}

/// A decimal as [`plain_number`] reads it back, in one way only.
pub(super) fn shown(number: &impl std::fmt::Display) -> String {
    let text = number.to_string();
    if plain_number(&text).is_some() { text } else { format!("{text}0") }
}

/// A day, if one was typed.
pub(super) fn day(field: &str, typed: &str, words: &Words, wrong: &mut Wrong) -> Option<Date> {
    let read = typed.parse().ok();
    if read.is_none() && !typed.is_empty() {
        wrong.fields.push((field.to_owned(), words.t("date-unreadable")));
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use coffer_billing::invoices::content::TaxCategory;

    #[test]
    fn numbers_are_understood_as_people_write_them() {
        for (typed, plain) in [
            ("1500", "1500"),
            ("1,500.00", "1500.00"),
            ("1.500,00", "1500.00"),
            ("1 500,5", "1500.5"),
            ("1'500.50", "1500.50"),
            ("0,5", "0.5"),
            ("1.234.567", "1234567"),
            ("\u{2212}3", "-3"),
        ] {
            assert_eq!(plain_number(typed).as_deref(), Some(plain), "{typed}");
        }
        for two_ways in ["1.500", "1,500", "-12.000", "999,999"] {
            assert_eq!(plain_number(two_ways), None, "{two_ways}");
        }
        assert_eq!((shown(&"1.125"), plain_number("0.125").as_deref()), ("1.1250".to_owned(), Some("0.125")));
    }

    #[test]
    fn every_category_can_be_chosen() {
        let words = Words::of(coffer_documents::Language::En);
        let codes: Vec<String> = rates(words, "DE").into_iter().map(|(code, _)| code).collect();
        let all = [
            TaxCategory::S,
            TaxCategory::Z,
            TaxCategory::E,
            TaxCategory::ReverseCharge,
            TaxCategory::K,
            TaxCategory::G,
            TaxCategory::O,
        ];
        for category in all {
            assert!(codes.iter().any(|code| code.split(' ').next() == Some(category.code())), "{category:?}");
        }
    }
}
