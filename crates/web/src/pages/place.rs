//! Where a business is, and what follows from it: its currency and its time zone. It can never be changed, so it is guessed
//! only where the region of somebody's language and their clock agree; all else is left for them to choose.

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

/// The countries that a browser's languages name, of those that one can choose. A region alone says little: browsers
/// everywhere are set to somebody else's.
pub(super) fn named(headers: &HeaderMap) -> String {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tags = asked.split(',').filter_map(|tag| tag.split(';').next());
    // The language alone, as in "de", is as long as a region and names none.
    let regions = tags.filter_map(|tag| tag.trim().rsplit_once('-').map(|(_, region)| region));
    let known =
        |region: &str| COUNTRIES.iter().find(|(code, ..)| code.eq_ignore_ascii_case(region)).map(|(code, ..)| *code);
    regions.filter_map(known).collect::<Vec<_>>().join(" ")
}

/// The choice of a country, with what is wrong with it. On a fresh form the script asks the clock whether it is in one of
/// those that the browser names; what somebody sent once stays as they chose it.
pub(super) fn choice(words: &Words, home: &str, named: Option<&str>, wrong: &Wrong) -> Markup {
    let error = wrong.at(words, "country");
    let all = countries::from_home(words.language, if home.is_empty() { words.language.code() } else { home });
    let offered = all.into_iter().filter_map(|(code, name)| {
        let (_, currency, usual) = COUNTRIES.iter().find(|(known, ..)| *known == code)?;
        Some((code, format!("{name} · {currency}"), zones(code, usual).collect::<Vec<_>>().join(" ")))
    });
    let described = if error.is_some() { "country-error" } else { "country-hint" };
    html! {
        div.field.bad[error.is_some()] {
            label for="country" { (words.t("business-country")) }
            p.hint #country-hint { (words.t("business-country-hint")) }
            select.in #country name="country" required autocomplete="country" aria-describedby=(described) aria-invalid=[error.as_ref().map(|_| "true")] data-clock="zone" data-guess=[named] {
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
    fn a_country_is_named_by_a_region_alone_and_its_clock_is_kept() {
        let said = |language: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, language.parse().unwrap());
            named(&headers)
        };
        for (language, countries) in [
            ("de-AT,de;q=0.9,en;q=0.8", "AT"),
            ("fr;q=0.9, pl-PL;q=0.8", "PL"),
            ("en-US,en;q=0.9,de-CH;q=0.5", "US CH"),
            // No region, or one that cannot be chosen.
            ("de", ""),
            ("en,fr", ""),
            ("zh-TW", ""),
            ("sr-Latn", ""),
        ] {
            assert_eq!(said(language), countries, "{language}");
        }
        assert_eq!(named(&HeaderMap::new()), "");
        let zone = |country: &str, clock: &str| of(country, clock).map(|place| (place.currency, place.zone));
        assert_eq!(zone("US", "America/Denver"), Some(("USD", "America/Denver".to_owned())));
        assert_eq!(zone("US", "Europe/Berlin"), Some(("USD", "America/New_York".to_owned())), "not one of theirs");
        assert_eq!(zone("DE", ""), Some(("EUR", "Europe/Berlin".to_owned())));
        assert!(of("", "Europe/Berlin").is_none() && of("XX", "").is_none());
    }
}
