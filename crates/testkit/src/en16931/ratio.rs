//! Exact numbers as ratios of whole numbers; nothing is rounded but where a rule says so.

use serde_json::Value;

/// A ratio in lowest terms, the lower part above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio {
    upper: i128,
    lower: i128,
}

impl Ratio {
    pub(super) const ZERO: Self = Self { upper: 0, lower: 1 };

    fn new(upper: i128, lower: i128) -> Option<Self> {
        let common = common(upper.unsigned_abs(), lower.unsigned_abs());
        let common = i128::try_from(common).ok()?;
        let sign = lower.signum();
        Some(Self { upper: (upper * sign).checked_div(common)?, lower: (lower * sign).checked_div(common)? })
    }

    pub(super) fn whole(number: i128) -> Self {
        Self { upper: number, lower: 1 }
    }

    /// A decimal in a JSON string.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let text = value.as_str()?;
        let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let digits: String = text.chars().filter(|c| *c != '.').collect();
        Self::new(digits.parse().ok()?, 10_i128.checked_pow(u32::try_from(places).ok()?)?)
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let left = self.upper.checked_mul(other.lower)?;
        let right = other.upper.checked_mul(self.lower)?;
        Self::new(left.checked_add(right)?, self.lower.checked_mul(other.lower)?)
    }

    pub(super) fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { upper: -other.upper, ..other })
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        // Crosswise first, so that what cancels out never grows.
        let (left, right) = (Self::new(self.upper, other.lower)?, Self::new(other.upper, self.lower)?);
        Self::new(left.upper.checked_mul(right.upper)?, left.lower.checked_mul(right.lower)?)
    }

    pub(super) fn over(self, other: Self) -> Option<Self> {
        if other.upper == 0 { None } else { self.times(Self::new(other.lower, other.upper)?) }
    }

    /// Rounded to this many decimals, half away from zero.
    pub(super) fn rounded(self, decimals: u32) -> Option<Self> {
        let scale = 10_i128.checked_pow(decimals)?;
        let doubled = self.upper.checked_abs()?.checked_mul(scale)?.checked_mul(2)?;
        let units = doubled.checked_add(self.lower)?.checked_div(self.lower.checked_mul(2)?)?;
        Self::new(units * self.upper.signum(), scale)
    }

    pub(super) const fn is_negative(self) -> bool {
        self.upper < 0
    }

    pub(super) fn above(self, other: Self) -> bool {
        other.minus(self).is_some_and(Self::is_negative)
    }
}

fn common(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

/// The sum, where there is one.
pub(super) fn sum(numbers: impl IntoIterator<Item = Option<Ratio>>) -> Option<Ratio> {
    numbers.into_iter().try_fold(Ratio::ZERO, |sum, number| sum.plus(number?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero_and_thirds_stay_exact() {
        let read = |text: &str| Ratio::read(&Value::from(text)).unwrap();
        assert_eq!(read("0.005").rounded(2), Some(read("0.01")));
        assert_eq!(read("-0.005").rounded(2), Some(read("-0.01")));
        assert_eq!(read("0.0049").rounded(2), Some(Ratio::ZERO));
        let third = read("1").over(read("3")).unwrap();
        assert_eq!(sum([Some(third), Some(third), Some(third)]), Some(read("1.00")));
        assert!(read("2").above(read("1.99")) && !read("-2").above(read("-2")));
    }
}
