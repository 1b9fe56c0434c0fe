//! Numbers and dates as a reader of the language writes them: digits in groups of three, a true minus (U+2212), never
//! brackets, and all minor units. No floating point.

use crate::words::Language;
use coffer_billing::invoices::content::Period;
use coffer_kernel::Date;
use coffer_kernel::money::{Decimal, Money};

/// An amount without its currency: `1,234.50`, `1.234,50`.
#[must_use]
pub fn amount(language: Language, amount: Money) -> String {
    decimal(language, amount.major(), amount.currency().exponent())
}

/// A decimal with all its digits, and at least `places` behind the point: a quantity, a rate, a unit price.
#[must_use]
pub fn decimal(language: Language, value: Decimal, places: u32) -> String {
    let value = value.normalize();
    let digits = value.abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let (group, point) = language.words().marks;
    let mut written = String::with_capacity(whole.len() * 2 + fraction.len() + 4);
    if value.is_sign_negative() && !value.is_zero() {
        written.push('\u{2212}');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            written.push_str(group);
        }
        written.push(digit);
    }
    let width = usize::try_from(places).unwrap_or_default();
    if fraction.len().max(width) > 0 {
        written.push_str(point);
        written.push_str(&format!("{fraction:0<width$}"));
    }
    written
}

/// A percentage: `19 %`, `5,5 %`.
#[must_use]
pub fn percent(language: Language, rate: Decimal) -> String {
    format!("{}\u{a0}%", decimal(language, rate, 0))
}

/// How large something is, in steps of a thousand bytes: `412 kB`, `3.1 MB`, `12 GB`.
#[must_use]
pub fn size(language: Language, bytes: u64) -> String {
    let units = [("kB", 1_000_u64), ("MB", 1_000_000), ("GB", 1_000_000_000)];
    let (unit, one) = units.into_iter().rev().find(|(_, one)| bytes >= *one).unwrap_or(("kB", 1_000));
    // Tenths are said of what is small, and what is smaller than the smallest of them is one.
    let tenths = (bytes.saturating_add(one / 20) / (one / 10)).max(1);
    let tenths = if tenths >= 100 { tenths / 10 * 10 } else { tenths };
    format!("{}\u{a0}{unit}", decimal(language, Decimal::new(i64::try_from(tenths).unwrap_or(i64::MAX), 1), 0))
}

/// A date in words: `8 October 2026`, `8. Oktober 2026`.
#[must_use]
pub fn date(language: Language, date: Date) -> String {
    let words = language.words();
    let month = usize::try_from(date.month()).ok().and_then(|month| words.months.get(month - 1)).copied();
    format!("{}{} {} {}", date.day(), words.day_point, month.unwrap_or_default(), date.year())
}

/// The days from one to another, saying month and year once where they are the same: `1\u{2013}30 September 2026`.
#[must_use]
pub fn span(language: Language, from: Date, to: Date) -> String {
    let (words, whole) = (language.words(), |day| date(language, day).replace(' ', "\u{a0}"));
    let month = usize::try_from(from.month()).ok().and_then(|month| words.months.get(month - 1)).copied();
    let (day, point) = (from.day(), words.day_point);
    match (from.year() == to.year(), from.month() == to.month()) {
        (true, true) if from == to => whole(to),
        (true, true) => format!("{day}{point}\u{2013}{}", whole(to)),
        (true, false) => format!("{day}{point}\u{a0}{} \u{2013} {}", month.unwrap_or_default(), whole(to)),
        (false, _) => format!("{} \u{2013} {}", whole(from), whole(to)),
    }
}

/// A period that is billed; an open end is left open. [`None`] where neither end is said.
#[must_use]
pub fn days(language: Language, period: Period) -> Option<String> {
    let whole = |day| date(language, day).replace(' ', "\u{a0}");
    match (period.from, period.to) {
        (Some(from), Some(to)) => Some(span(language, from, to)),
        (Some(from), None) => Some(format!("{}\u{a0}\u{2013}", whole(from))),
        (None, Some(to)) => Some(format!("\u{2013}\u{a0}{}", whole(to))),
        (None, None) => None,
    }
}

/// A date in a list: `8 Oct`, with its year where that is another than this one.
#[must_use]
pub fn short_date(language: Language, date: Date, today: Date) -> String {
    let words = language.words();
    let month = usize::try_from(date.month()).ok().and_then(|month| words.short_months.get(month - 1)).copied();
    let day = format!("{}{} {}", date.day(), words.day_point, month.unwrap_or_default());
    if date.year() == today.year() { day } else { format!("{day} {}", date.year()) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_the_unit_that_fits_it() {
        let said = |bytes| size(Language::En, bytes).replace('\u{a0}', " ");
        assert_eq!([0, 40, 999].map(said), ["0.1 kB", "0.1 kB", "1 kB"]);
        assert_eq!([1_000, 412_345, 1_249_000, 31_400_000].map(said), ["1 kB", "412 kB", "1.2 MB", "31 MB"]);
        assert_eq!(said(u64::MAX), "18,446,744,073 GB");
        assert_eq!(size(Language::De, 1_250_000), "1,3\u{a0}MB");
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        let money = |minor, code: &str| Money::new(minor, code.parse().unwrap());
        assert_eq!(amount(Language::En, money(123_450, "EUR")), "1,234.50");
        assert_eq!(amount(Language::De, money(-123_456_789, "EUR")), "\u{2212}1.234.567,89");
        assert_eq!(amount(Language::En, money(1_234, "JPY")), "1,234");
        assert_eq!(amount(Language::En, money(5, "KWD")), "0.005");
        assert_eq!(decimal(Language::De, "1.5".parse().unwrap(), 0), "1,5");
    }

    #[test]
    fn spans_say_month_and_year_once() {
        let said = |language, from: &str, to: &str| {
            span(language, from.parse().unwrap(), to.parse().unwrap()).replace('\u{a0}', " ")
        };
        assert_eq!(said(Language::En, "2026-09-01", "2026-09-30"), "1–30 September 2026");
        assert_eq!(said(Language::De, "2026-09-01", "2026-09-30"), "1.–30. September 2026");
        assert_eq!(said(Language::En, "2026-09-01", "2026-10-31"), "1 September – 31 October 2026");
        assert_eq!(said(Language::De, "2025-12-24", "2026-01-06"), "24. Dezember 2025 – 6. Januar 2026");
        assert_eq!(said(Language::En, "2026-09-01", "2026-09-01"), "1 September 2026");
    }

    #[test]
    fn dates_are_written_out_and_short_ones_name_another_year() {
        let day: Date = "2026-10-08".parse().unwrap();
        assert_eq!(date(Language::En, day), "8 October 2026");
        assert_eq!(date(Language::De, day), "8. Oktober 2026");
        assert_eq!(short_date(Language::En, day, "2026-01-01".parse().unwrap()), "8 Oct");
        assert_eq!(short_date(Language::En, day, "2027-01-01".parse().unwrap()), "8 Oct 2026");
    }
}
