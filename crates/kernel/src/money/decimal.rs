//! Quantities, unit prices and rates: exact decimals, within limits that keep every product exact.

use rust_decimal::Decimal;
use std::fmt;
use std::str::FromStr;

/// The most decimals anything may have, and the most digits before the point: fourteen digits at most, so that the
/// product of two fits into the 28 digits of [`Decimal`] exactly and is rounded once, by name, never on the way.
const MOST_DECIMALS: u32 = 6;
const MOST_DIGITS: usize = 8;

/// The text is not a decimal number within the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADecimal;

impl fmt::Display for NotADecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("This is not a number that can be reckoned with. Write digits with a point, e.g. 12.5, at most eight before and six behind it.")
    }
}

impl std::error::Error for NotADecimal {}

/// Reads digits with at most one point, in the one spelling without exponent, sign `+` or spaces.
pub(super) fn strict(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (plain(whole) && plain(fraction)).then(|| Decimal::from_str_exact(text).ok()).flatten()
}

macro_rules! decimals {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Decimal);

        impl $name {
            /// The number.
            #[must_use]
            pub const fn get(self) -> Decimal {
                self.0
            }
        }

        impl From<u32> for $name {
            fn from(value: u32) -> Self {
                Self(Decimal::from(value))
            }
        }

        impl FromStr for $name {
            type Err = NotADecimal;
            fn from_str(text: &str) -> Result<Self, NotADecimal> {
                let value = strict(text).ok_or(NotADecimal)?.normalize();
                let digits = value.abs().trunc().to_string().len();
                if value.scale() > MOST_DECIMALS || digits > MOST_DIGITS {
                    return Err(NotADecimal);
                }
                Ok(Self(value))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            /// From a string; a JSON number has already been a float somewhere.
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

decimals! {
    /// How many of something (BT-129).
    Quantity;
    /// The net price of one base quantity, in major units (BT-146). May have more decimals than the currency.
    UnitPrice;
    /// A rate in percent (BT-119, BT-152): `19` is nineteen percent.
    Percent;
}
