//! The VAT rates one can choose.

use crate::words::Words;
use coffer_documents::Language;

/// The rates of the business's country, then the cases without VAT.
pub(in crate::pages) fn rates(words: &Words, country: &str) -> Vec<(String, String)> {
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
        "BG" => &["20", "9"],
        "GR" => &["24", "13", "6"],
        "HR" => &["25", "13", "5"],
        "HU" => &["27", "18", "5"],
        "RO" => &["21", "11"],
        "SK" => &["23", "19", "5"],
        _ => &[],
    };
    let mut rates: Vec<(String, String)> =
        standard.iter().map(|rate| (format!("S {rate}"), standard_rate(words, rate))).collect();
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

fn standard_rate(words: &Words, rate: &str) -> String {
    let rate = if words.language == Language::De { rate.replace('.', ",") } else { rate.to_owned() };
    words.t1("tax-standard", "rate", rate)
}

/// The same, with one more where a draft has a rate that is none of these.
pub(in crate::pages) fn with(words: &Words, rates: &[(String, String)], chosen: &str) -> Vec<(String, String)> {
    let mut rates = rates.to_vec();
    if !chosen.is_empty() && rates.iter().all(|(code, _)| code != chosen) {
        let (category, rate) = chosen.split_once(' ').unwrap_or((chosen, ""));
        let name = if category == "S" { standard_rate(words, rate) } else { chosen.to_owned() };
        rates.push((chosen.to_owned(), name));
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::*;
    use coffer_billing::invoices::content::TaxCategory;

    #[test]
    fn every_category_can_be_chosen_and_a_rate_of_another_country_stays() {
        let words = Words::of(Language::En);
        let all = rates(words, "DE");
        let codes = || all.iter().map(|(code, _)| code.as_str());
        for category in [
            TaxCategory::S,
            TaxCategory::Z,
            TaxCategory::E,
            TaxCategory::ReverseCharge,
            TaxCategory::K,
            TaxCategory::G,
            TaxCategory::O,
        ] {
            assert!(codes().any(|code| code.split(' ').next() == Some(category.code())), "{category:?}");
        }
        assert!(with(words, &all, "S 9.975").iter().any(|(code, name)| code == "S 9.975" && name.contains("9.975")));
        assert_eq!(with(words, &all, "S 19").len(), all.len());
    }
}
