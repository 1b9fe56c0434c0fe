//! The VAT rates one can choose, or type.

use super::numbers::{self, Unread};
use crate::look::Wrong;
use crate::look::sums::untaxed;
use crate::words::Words;
use coffer_billing::invoices::content::TaxCategory;
use coffer_documents::Language;
use coffer_kernel::money::Decimal;
use maud::{Markup, html};
use serde_json::Value;

/// What is chosen for a rate that is typed beside it.
pub(in crate::pages) const OTHER: &str = "S other";

/// Rates with VAT, the usual one first: of the EU (its commission's "Taxes in Europe Database"), the United Kingdom,
/// Switzerland, Norway and Iceland, and of some others. What changes, or is not here, is typed.
fn of_country(country: &str) -> &'static [&'static str] {
    match country {
        "AT" => &["20", "13", "10"],
        "BE" => &["21", "12", "6"],
        "BG" => &["20", "9"],
        "CY" => &["19", "9", "5", "3"],
        "CZ" => &["21", "12"],
        "DE" => &["19", "7"],
        "DK" => &["25"],
        "EE" => &["24", "13", "9"],
        "ES" => &["21", "10", "4"],
        "FI" => &["25.5", "13.5", "10"],
        "FR" | "MC" => &["20", "10", "5.5", "2.1"],
        "GR" => &["24", "13", "6"],
        "HR" => &["25", "13", "5"],
        "HU" => &["27", "18", "5"],
        "IE" => &["23", "13.5", "9", "4.8"],
        "IT" => &["22", "10", "5", "4"],
        "LT" => &["21", "12", "5"],
        "LU" => &["17", "14", "8", "3"],
        "LV" => &["21", "12", "5"],
        "MT" => &["18", "12", "7", "5"],
        "NL" => &["21", "9"],
        "PL" => &["23", "8", "5"],
        "PT" => &["23", "13", "6"],
        "RO" => &["21", "11"],
        "SE" => &["25", "12", "6"],
        "SI" => &["22", "9.5", "5"],
        "SK" => &["23", "19", "5"],
        "GB" | "IM" => &["20", "5"],
        "CH" | "LI" => &["8.1", "3.8", "2.6"],
        "NO" => &["25", "15", "12"],
        "IS" => &["24", "11"],
        "AU" => &["10"],
        "CA" => &["5", "13"],
        "IN" => &["18", "5"],
        "JP" => &["10", "8"],
        "NZ" => &["15"],
        _ => &[],
    }
}

/// The rates of the business's country, one that is typed, then the cases without VAT. Each by few words, which stand in a
/// line; the list that opens says more.
pub(in crate::pages) fn rates(words: &Words, country: &str) -> Vec<(String, String)> {
    let standard = of_country(country).iter();
    let mut rates: Vec<(String, String)> =
        standard.map(|rate| (format!("S {rate}"), short_rate(words, rate))).collect();
    let others = [
        (OTHER, "tax-other"),
        ("Z 0", "tax-zero"),
        ("E 0", "tax-exempt"),
        ("G 0", "tax-export"),
        ("O 0", "tax-outside"),
        ("AE 0", "tax-reverse"),
        ("K 0", "tax-eu"),
    ];
    rates.extend(others.into_iter().map(|(code, key)| (code.to_owned(), words.t(key))));
    rates
}

/// Under which words a choice stands in the list. Goods that go to another EU country and services that do are two cases: it
/// says which is which.
fn group(code: &str) -> &'static str {
    match code.split(' ').next().and_then(TaxCategory::from_code) {
        Some(TaxCategory::ReverseCharge) => "tax-reverse-case",
        Some(TaxCategory::K) => "tax-eu-case",
        Some(TaxCategory::Z | TaxCategory::E | TaxCategory::G | TaxCategory::O) => "tax-without",
        Some(TaxCategory::S) | None => "tax-with",
    }
}

/// The list, under its words.
fn grouped(words: &Words, name: &str, rates: &[(String, String)], chosen: &str) -> Markup {
    let mut groups: Vec<(&str, Vec<&(String, String)>)> = Vec::new();
    for rate in rates {
        let of = group(&rate.0);
        match groups.iter_mut().find(|(known, _)| *known == of) {
            Some((_, others)) => others.push(rate),
            None => groups.push((of, vec![rate])),
        }
    }
    html! {
        div.field {
            label for=(name) { (words.t("line-vat")) }
            select.in id=(name) name=(name) {
                @for (group, rates) in &groups {
                    optgroup label=(words.t(group)) { @for (value, text) in rates { option value=(value) selected[value == chosen] { (text) } } }
                }
            }
        }
    }
}

/// What is chosen until somebody chooses.
pub(in crate::pages) fn usual(rates: &[(String, String)]) -> &str {
    rates.iter().map(|(code, _)| code.as_str()).find(|code| *code != OTHER).unwrap_or_default()
}

fn short_rate(words: &Words, rate: &str) -> String {
    words.t1("tax-rate", "rate", decimal(words, rate))
}

fn decimal(words: &Words, rate: &str) -> String {
    if words.language == Language::De { rate.replace('.', ",") } else { rate.to_owned() }
}

/// The same, with one more where a draft has a rate that is none of these.
pub(in crate::pages) fn with(words: &Words, rates: &[(String, String)], chosen: &str) -> Vec<(String, String)> {
    let mut rates = rates.to_vec();
    if !chosen.is_empty() && rates.iter().all(|(code, _)| code != chosen) {
        let (category, rate) = chosen.split_once(' ').unwrap_or((chosen, ""));
        let name = if category == "S" { short_rate(words, rate) } else { chosen.to_owned() };
        rates.push((chosen.to_owned(), name));
    }
    rates
}

/// What a choice is called, as in the list that it was made in.
pub(in crate::pages) fn named(words: &Words, code: &str) -> String {
    let (category, rate) = code.split_once(' ').unwrap_or((code, ""));
    match TaxCategory::from_code(category) {
        Some(category) => untaxed(category).map_or_else(|| short_rate(words, rate), |without| words.t(without)),
        None => code.to_owned(),
    }
}

/// Category and rate of what is kept, as one choice.
pub(super) fn code(kept: &Value) -> String {
    let text = |name: &str| kept.get(name).and_then(Value::as_str);
    match (text("category"), text("rate")) {
        (Some(category), Some(rate)) => format!("{category} {rate}"),
        _ => String::new(),
    }
}

/// Why a rate cannot be taken, and what its words mention.
type NoRate = (&'static str, Vec<(&'static str, String)>);

/// A rate as it was typed, with its sign or without, as the books write it.
pub(in crate::pages) fn typed(words: &Words, rate: &str) -> Result<String, NoRate> {
    let text = rate.trim().trim_end_matches('%');
    let read = match numbers::read(words, text) {
        // Nobody has a rate in thousands: "9.975" is Quebec's.
        Err(Unread::Unclear { small, .. }) => numbers::read(words, &small),
        read => read,
    };
    let read = read.map_err(Unread::said)?.parse::<Decimal>().map_err(|_| Unread::NotANumber.said())?.normalize();
    let fits = read > Decimal::ZERO && read <= Decimal::ONE_HUNDRED && read.scale() <= 3;
    if fits { Ok(read.to_string()) } else { Err(("BR-S-05", Vec::new())) }
}

/// The choice, and the field for a rate that is none of the list: seen where that is chosen, with or without a script.
pub(in crate::pages) struct TaxField<'a> {
    /// The names of the two.
    pub(in crate::pages) names: [&'a str; 2],
    pub(in crate::pages) rates: &'a [(String, String)],
    pub(in crate::pages) chosen: &'a str,
    pub(in crate::pages) rate: &'a str,
    /// Whether what is wrong with the rate is said here.
    pub(in crate::pages) says: bool,
}

impl TaxField<'_> {
    pub(in crate::pages) fn draw(&self, words: &Words, wrong: &Wrong) -> Markup {
        let [tax, rate] = self.names;
        let error = wrong.at(words, rate);
        // A rate that stands in the way can be mended where it is typed.
        let (chosen, typed) = match self.chosen.strip_prefix("S ") {
            Some(kept) if error.is_some() && self.chosen != OTHER => (OTHER, kept),
            _ => (self.chosen, self.rate),
        };
        let id = format!("{rate}-error");
        html! {
            div.tax {
                (grouped(words, tax, &with(words, self.rates, chosen), chosen))
                div.field.rate.bad[self.says && error.is_some()] {
                    label for=(rate) { (words.t("tax-other-rate")) }
                    input.in.num id=(rate) name=(rate) type="text" value=(typed) inputmode="decimal" autocomplete="off" placeholder=(words.t("tax-other-example"))
                        aria-invalid=[error.as_ref().map(|_| "true")] aria-describedby=[error.as_ref().map(|_| id.as_str())];
                    @if let (true, Some(error)) = (self.says, &error) { p.err id=(id) { (error) } }
                }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn every_category_can_be_chosen_and_a_rate_of_another_country_stays() {
        let words = Words::of(Language::En);
        let all = rates(words, "DE");
        let codes = || all.iter().map(|(code, _)| code.as_str());
        for category in TaxCategory::ALL {
            assert!(codes().any(|code| code.split(' ').next() == Some(category.code())), "{category:?}");
        }
        assert!(with(words, &all, "S 9.975").iter().any(|(code, name)| code == "S 9.975" && name.contains("9.975")));
        assert_eq!(with(words, &all, "S 19").len(), all.len());
        // One kind has one name, in the list and wherever it is named afterwards.
        for (code, name) in all.iter().filter(|(code, _)| code != OTHER) {
            assert_eq!(*name, named(words, code), "{code}");
        }
    }

    #[test]
    fn each_country_of_the_union_and_its_neighbours_has_rates_that_are_taken_and_everywhere_one_can_be_typed() {
        let words = Words::of(Language::En);
        let union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
        for country in union.split(' ').chain(["GB", "CH", "NO", "IS"]) {
            let of = of_country(country);
            assert!(!of.is_empty(), "{country}");
            assert!(of.iter().all(|rate| typed(words, rate).as_deref() == Ok(*rate)), "{country}: {of:?}");
            assert!(of.is_sorted_by(|one, next| one.parse::<Decimal>().unwrap() > next.parse().unwrap()), "{country}");
            assert_eq!(usual(&rates(words, country)), format!("S {}", of.first().unwrap()));
        }
        for country in ["US", "DE", ""] {
            assert!(rates(words, country).iter().any(|(code, _)| code == OTHER), "{country}");
        }
        assert_eq!(usual(&rates(words, "US")), "Z 0", "nothing is guessed for somebody to fill in");
    }

    #[test]
    fn a_rate_is_read_as_people_write_it() {
        for (language, rate, plain) in [
            (Language::En, "8.5", "8.5"),
            (Language::De, "8,5 %", "8.5"),
            (Language::En, "9.975%", "9.975"),
            (Language::De, "9,975", "9.975"),
            (Language::En, " 20.0 ", "20"),
            (Language::En, "100", "100"),
        ] {
            assert_eq!(typed(Words::of(language), rate).as_deref(), Ok(plain), "{rate}");
        }
        let no = |rate| typed(Words::of(Language::En), rate).unwrap_err().0;
        assert_eq!(["", "VAT", "1%9"].map(no), ["field.number"; 3]);
        assert_eq!(["0", "-5", "100.5", "1.2345"].map(no), ["BR-S-05"; 4]);
    }
}
