//! Exact money (law 4): whole minor units with a currency, decimals for prices, quantities and rates, no floats.
//!
//! One rounding, named once: [`half_up`], half away from zero, as EN 16931 examples and tax offices do it. Money of two
//! currencies is never added; what does not fit into 64 bits is an error, never a wrap.

mod currency;
mod decimal;

pub use currency::{Currency, NotACurrency};
pub use decimal::{NotADecimal, Percent, Quantity, UnitPrice};

pub use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;
use std::fmt;

/// An amount in whole minor units of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why an amount cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// Two currencies met.
    Mixed,
    /// It does not fit into 64 bits of minor units.
    TooLarge,
    /// The text is not an amount of this currency.
    NotAnAmount,
}

impl MoneyError {
    /// The stable code, by which pages find their words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mixed => "money.mixed",
            Self::TooLarge => "money.too_large",
            Self::NotAnAmount => "money.not_an_amount",
        }
    }
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mixed => "Amounts of two currencies cannot be added. Convert one of them first.",
            Self::TooLarge => "This amount is larger than the books can hold. Check quantity and price.",
            Self::NotAnAmount => {
                "This is not an amount of this currency. Write digits, a point and the minor units, e.g. 1500.00."
            }
        })
    }
}

impl std::error::Error for MoneyError {}

impl Money {
    /// This many minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in this currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::Mixed`] or [`MoneyError::TooLarge`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.with(other, i64::checked_add)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`MoneyError::Mixed`] or [`MoneyError::TooLarge`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.with(other, i64::checked_sub)
    }

    fn with(self, other: Self, compute: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed);
        }
        compute(self.minor, other.minor).map(|minor| Self::new(minor, self.currency)).ok_or(MoneyError::TooLarge)
    }

    /// The amount rounded half up from an exact number of major units.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn rounded(major: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let minor = half_up(major, currency.exponent());
        let scaled = minor.checked_mul(Decimal::from(10_u64.pow(currency.exponent())));
        let minor = scaled.and_then(|minor| i64::try_from(minor).ok()).ok_or(MoneyError::TooLarge)?;
        Ok(Self::new(minor, currency))
    }

    /// The amount as an exact number of major units.
    #[must_use]
    pub fn major(self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }

    /// Reads `1500` or `1500.00`: digits, at most as many decimals as the currency has.
    ///
    /// # Errors
    /// [`MoneyError::NotAnAmount`] or [`MoneyError::TooLarge`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let decimal = decimal::strict(text).ok_or(MoneyError::NotAnAmount)?;
        if decimal.normalize().scale() > currency.exponent() {
            return Err(MoneyError::NotAnAmount);
        }
        Self::rounded(decimal, currency)
    }

    /// The amount without its currency, with all minor units: `1500.00`.
    #[must_use]
    pub fn amount_text(self) -> String {
        self.major().to_string()
    }

    /// Shares the amount in proportion to weights: each share is cut to whole minor units, and what is left goes to the
    /// largest remainders, the earlier of two equal ones first. The shares always sum to the amount. No weights, or
    /// only zero ones, share nothing.
    #[must_use]
    pub fn allocate(self, weights: &[u32]) -> Vec<Self> {
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if total == 0 {
            return Vec::new();
        }
        let size = i128::from(self.minor.unsigned_abs());
        let share = |weight: &u32| size * i128::from(*weight);
        let mut shares: Vec<i128> = weights.iter().map(|weight| share(weight) / total).collect();
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by_key(|place| std::cmp::Reverse(weights.get(*place).map_or(0, |weight| share(weight) % total)));
        let left = size - shares.iter().sum::<i128>();
        for place in order.into_iter().take(usize::try_from(left).unwrap_or_default()) {
            if let Some(share) = shares.get_mut(place) {
                *share += 1;
            }
        }
        // Each share lies between zero and the amount, so it fits.
        let signed = |share: i128| i64::try_from(share * i128::from(self.minor.signum())).unwrap_or_default();
        shares.into_iter().map(|share| Self::new(signed(share), self.currency)).collect()
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount_text(), self.currency)
    }
}

/// Rounds to this many decimals, half away from zero: 0.5 becomes 1, −0.5 becomes −1.
#[must_use]
pub fn half_up(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests;
