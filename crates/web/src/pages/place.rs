//! Where a business is, and what follows from it: its currency and its time zone. It is guessed from the language that
//! somebody reads and, better, by the script from their clock; what cannot be guessed well is left for them to choose.

mod offered;

use self::offered::{COUNTRIES, FURTHER};
use crate::look::Wrong;
use crate::words::Words;
use axum::http::{HeaderMap, header};
use coffer_documents::countries;
use jiff::tz::TimeZone;
use maud::{Markup, html};

/// Where a business is.
pub(super) struct Place {
    pub(super) currency: &'static str,
    pub(super) zone: String,
}

/// The time zones of a country, the usual one first.
fn zones(country: &str, usual: &'static str) -> impl Iterator<Item = &'static str> {
    let further = FURTHER.iter().find(|(known, _)| *known == country).map_or("", |(_, zones)| zones);
    std::iter::once(usual).chain(further.split_whitespace())
}

/// The place of a country that one can choose, by this clock where it is one of the country's.
pub(super) fn of(country: &str, clock: &str) -> Option<Place> {
    let (_, currency, usual) = COUNTRIES.into_iter().find(|(known, ..)| *known == country)?;
    let clock = zones(country, usual).find(|zone| *zone == clock && TimeZone::get(zone).is_ok());
    Some(Place { currency, zone: clock.unwrap_or(usual).to_owned() })
}

/// The country that a browser's language names; none where it names none, or the one that browsers everywhere are set to.
pub(super) fn guessed(headers: &HeaderMap) -> &'static str {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tags = asked.split(',').filter_map(|tag| tag.split(';').next());
    let regions = tags.filter_map(|tag| tag.trim().split('-').next_back().filter(|region| region.len() == 2));
    let mut known = regions.filter_map(|region| COUNTRIES.iter().find(|(code, ..)| code.eq_ignore_ascii_case(region)));
    // The language alone, as in "de", is as long as a region and may be written like one.
    let said = |code: &&(&str, &str, &str)| asked.split(',').any(|tag| tag.contains('-') && names(tag, code.0));
    known.find(|code| said(code) && code.0 != "US").map_or("", |(code, ..)| code)
}

/// Whether a language tag ends in this region.
fn names(tag: &str, region: &str) -> bool {
    let tag = tag.split(';').next().unwrap_or_default().trim();
    tag.rsplit_once('-').is_some_and(|(_, last)| last.eq_ignore_ascii_case(region))
}

/// The choice of a country, with what is wrong with it. On a fresh form the script asks the clock; what
/// somebody sent once stays as they chose it.
pub(super) fn choice(words: &Words, home: &str, fresh: bool, wrong: &Wrong) -> Markup {
    let error = wrong.at(words, "country");
    let named = countries::from_home(words.language, if home.is_empty() { words.language.code() } else { home });
    let offered = named.into_iter().filter_map(|(code, name)| {
        let (_, currency, usual) = COUNTRIES.iter().find(|(known, ..)| *known == code)?;
        Some((code, format!("{name} · {currency}"), zones(code, usual).collect::<Vec<_>>().join(" ")))
    });
    let described = if error.is_some() { "country-error" } else { "country-hint" };
    html! {
        div.field.bad[error.is_some()] {
            label for="country" { (words.t("business-country")) }
            p.hint #country-hint { (words.t("business-country-hint")) }
            select.in #country name="country" required autocomplete="country" aria-describedby=(described) aria-invalid=[error.as_ref().map(|_| "true")] data-clock="zone" data-guess[fresh] {
                option value="" selected[home.is_empty()] { (words.t("business-country-choose")) }
                @for (code, name, zones) in offered { option value=(code) data-zones=(zones) selected[code == home] { (name) } }
            }
            @if let Some(error) = &error { p.err #country-error { (error) } }
            input type="hidden" name="zone";
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    // proves: A4
    #[test]
    fn a_country_is_guessed_from_what_names_one_and_its_clock_is_kept() {
        let guess = |language: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, language.parse().unwrap());
            guessed(&headers)
        };
        for (language, country) in [
            ("de-AT,de;q=0.9,en;q=0.8", "AT"),
            ("fr;q=0.9, pl-PL;q=0.8", "PL"),
            ("en-US,en;q=0.9,de-CH;q=0.5", "CH"),
            // No region, one that browsers everywhere are set to, one that cannot be chosen.
            ("de", ""),
            ("en,fr", ""),
            ("en-US,en;q=0.9", ""),
            ("zh-TW", ""),
            ("sr-Latn", ""),
        ] {
            assert_eq!(guess(language), country, "{language}");
        }
        assert_eq!(guessed(&HeaderMap::new()), "");
        let zone = |country: &str, clock: &str| of(country, clock).map(|place| (place.currency, place.zone));
        assert_eq!(zone("US", "America/Denver"), Some(("USD", "America/Denver".to_owned())));
        assert_eq!(zone("US", "Europe/Berlin"), Some(("USD", "America/New_York".to_owned())), "not one of theirs");
        assert_eq!(zone("DE", ""), Some(("EUR", "Europe/Berlin".to_owned())));
        assert!(of("", "Europe/Berlin").is_none() && of("XX", "").is_none());
    }
}
