//! How the numbers of a business look, and where they begin.

use coffer_kernel::Date;
use serde::{Deserialize, Serialize};

/// How many digits a number may ask for.
const DIGITS: std::ops::RangeInclusive<i64> = 1..=8;

/// The form of a number: `AN-2026-0007` has the prefix `AN-`, its year, and four digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbering {
    /// What every number begins with; may be empty.
    #[serde(default)]
    pub prefix: String,
    /// Whether the year stands in it. Then they begin anew with 1 each year.
    #[serde(default = "yes")]
    pub year: bool,
    /// How many digits it has at least.
    #[serde(default = "four")]
    pub digits: i64,
    /// The very first number, for whoever numbered elsewhere before.
    #[serde(default = "one")]
    pub first: i64,
}

const fn yes() -> bool {
    true
}
const fn four() -> i64 {
    4
}
const fn one() -> i64 {
    1
}

/// Where the year stands in a form.
const YEAR: &str = "{year}-";

/// The largest number to begin with.
pub const LARGEST_FIRST: i64 = 99_999_999;

impl Numbering {
    /// The usual form: with the year, four digits, from 1.
    #[must_use]
    pub const fn usual(prefix: String) -> Self {
        Self { prefix, year: true, digits: 4, first: 1 }
    }

    /// The form as it stands in its column. The usual form is its prefix alone; of another one the last part says how
    /// many digits there are and where they begin: `R{4:118}`, `AN-{year}-{5:1}`.
    pub(super) fn form(&self) -> String {
        if *self == Self::usual(self.prefix.clone()) {
            return self.prefix.clone();
        }
        let year = if self.year { YEAR } else { "" };
        format!("{}{year}{{{}:{}}}", self.prefix, self.digits, self.first)
    }

    /// The numbering of this form.
    pub(super) fn of_form(form: &str) -> Option<Self> {
        let Some((before, digits)) = form.rsplit_once('{') else { return Some(Self::usual(form.to_owned())) };
        let (digits, first) = digits.strip_suffix('}')?.split_once(':')?;
        let (prefix, year) = before.strip_suffix(YEAR).map_or((before, false), |prefix| (prefix, true));
        let (digits, first) = (digits.parse().ok()?, first.parse().ok()?);
        Some(Self { prefix: prefix.to_owned(), year, digits, first })
    }

    /// The series that a number of this day is from.
    #[must_use]
    pub fn series(&self, issued_on: Date) -> String {
        if self.year { format!("invoice {}", issued_on.year()) } else { "invoice".to_owned() }
    }

    /// The number as it stands on the document (BT-1).
    ///
    /// The form can be changed at any time, and still no two numbers are ever written alike: without a year nothing
    /// that ends like one stands before the digits, so that a text says which series it is from, and which value.
    #[must_use]
    pub fn text(&self, issued_on: Date, value: i64) -> String {
        // Numbers that are only tried out may ask for more digits than any has.
        let width = usize::try_from(self.digits.clamp(1, *DIGITS.end())).unwrap_or(4);
        let year = if self.year { format!("{}-", issued_on.year()) } else { String::new() };
        format!("{}{year}{value:0width$}", self.prefix)
    }
}

/// What of a numbering does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// The prefix could not be typed.
    Prefix,
    /// The prefix runs into the digits.
    Ambiguous,
    /// So many digits are none, or too many.
    Digits,
    /// Nothing begins there.
    First,
}

/// Whether numbers can be written so.
pub(super) fn check(numbering: &Numbering) -> Result<(), Unfit> {
    let Numbering { prefix, year, digits, first } = numbering;
    if prefix.len() > 12 || !prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./-".contains(&byte)) {
        return Err(Unfit::Prefix);
    }
    if !year && (ends_in_digits(prefix, 1) || prefix.strip_suffix('-').is_some_and(|rest| ends_in_digits(rest, 4))) {
        return Err(Unfit::Ambiguous);
    }
    if !DIGITS.contains(digits) {
        return Err(Unfit::Digits);
    }
    if (1..=LARGEST_FIRST).contains(first) { Ok(()) } else { Err(Unfit::First) }
}

fn ends_in_digits(text: &str, count: usize) -> bool {
    text.bytes().rev().take_while(u8::is_ascii_digit).count() >= count
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn a_numbering() -> impl Strategy<Value = Numbering> {
        ("[A-B2./-]{0,4}(2026-)?[0-9-]{0,2}", any::<bool>(), 1_i64..=8)
            .prop_map(|(prefix, year, digits)| Numbering { prefix, year, digits, first: 1 })
            .prop_filter("fits", |numbering| check(numbering).is_ok())
    }

    proptest! {
        #[test]
        fn no_two_numbers_are_written_alike(
            one in a_numbering(), other in a_numbering(), years in [2_025_i16..=2_027, 2_025_i16..=2_027],
            values in [1_i64..30_000, 1_i64..30_000],
        ) {
            let [first, second] = years.map(|year| Date::new(year, 3, 1).unwrap());
            let same = one.series(first) == other.series(second) && values[0] == values[1];
            if !same {
                prop_assert_ne!(one.text(first, values[0]), other.text(second, values[1]));
            }
            prop_assert_eq!(Numbering::of_form(&one.form()), Some(one));
        }
    }

    #[test]
    fn a_number_has_the_form_that_was_chosen() {
        let day = "2026-11-21".parse().unwrap();
        assert_eq!(Numbering::usual("AN-".into()).text(day, 7), "AN-2026-0007");
        let plain = Numbering { prefix: "R".into(), year: false, digits: 3, first: 118 };
        assert_eq!((plain.text(day, 118), plain.text(day, 12_000)), ("R118".into(), "R12000".into()));
        for (prefix, year, digits, first, unfit) in [
            ("AN ", true, 4, 1, Unfit::Prefix),
            ("Ä", true, 4, 1, Unfit::Prefix),
            ("ABCDEFGHIJKLM", true, 4, 1, Unfit::Prefix),
            ("A2", false, 4, 1, Unfit::Ambiguous),
            ("A-2026-", false, 4, 1, Unfit::Ambiguous),
            ("A-", true, 0, 1, Unfit::Digits),
            ("A-", true, 9, 1, Unfit::Digits),
            ("A-", true, 4, 0, Unfit::First),
            ("A-", true, 4, LARGEST_FIRST + 1, Unfit::First),
        ] {
            let numbering = Numbering { prefix: prefix.into(), year, digits, first };
            assert_eq!(check(&numbering), Err(unfit), "{numbering:?}");
        }
    }
}
