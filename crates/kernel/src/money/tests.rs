#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use proptest::prelude::*;

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

#[test]
fn minor_units_follow_iso_4217() {
    for (code, exponent) in [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("CHF", 2)] {
        assert_eq!(currency(code).exponent(), exponent, "{code}");
    }
    for code in ["XXX", "XAU", "XAD", "eur", "EU", "EURO", ""] {
        assert_eq!(code.parse::<Currency>(), Err(NotACurrency), "{code}");
    }
}

#[test]
fn an_amount_has_one_meaning() {
    let eur = currency("EUR");
    assert_eq!(Money::parse("1500", eur), Ok(Money::new(150_000, eur)));
    assert_eq!(Money::parse("-0.01", eur), Ok(Money::new(-1, eur)));
    assert_eq!(Money::new(123_450, eur).to_string(), "1234.50 EUR");
    assert_eq!(Money::new(5, currency("JPY")).to_string(), "5 JPY");
    for text in [
        "1.234,50",
        "1,500.00",
        "1e3",
        "+1",
        " 1",
        "1.",
        ".5",
        "0.001",
        "NaN",
        "",
        "99999999999999999999",
        "1.0000000000000000000000000000001",
    ] {
        assert!(Money::parse(text, eur).is_err(), "{text}");
    }
}

// proves: A6
#[test]
fn half_goes_away_from_zero() {
    let eur = currency("EUR");
    for (major, minor) in [("0.005", 1), ("-0.005", -1), ("0.015", 2), ("2.675", 268), ("0.0049999", 0)] {
        assert_eq!(Money::rounded(major.parse().unwrap(), eur).unwrap().minor(), minor, "{major}");
    }
}

#[test]
fn currencies_are_never_added() {
    let (eur, chf) = (Money::new(1, currency("EUR")), Money::new(1, currency("CHF")));
    assert_eq!(eur.plus(chf), Err(MoneyError::Mixed));
    assert_eq!(Money::new(i64::MAX, eur.currency()).plus(eur), Err(MoneyError::TooLarge));
}

#[test]
fn json_numbers_are_refused() {
    assert!(serde_json::from_str::<Quantity>("\"12.5\"").is_ok());
    for json in ["12.5", "12", "\"1e3\"", "\"123456789\"", "\"0.1234567\""] {
        assert!(serde_json::from_str::<Quantity>(json).is_err(), "{json}");
    }
}

proptest! {
    // proves: A6
    #[test]
    fn shares_always_sum_to_the_amount(minor in any::<i64>(), weights in prop::collection::vec(0_u32..1_000_000, 1..40)) {
        let money = Money::new(minor, currency("EUR"));
        let shares = money.allocate(&weights);
        if weights.iter().any(|weight| *weight > 0) {
            prop_assert_eq!(shares.iter().map(|share| i128::from(share.minor())).sum::<i128>(), i128::from(minor));
            for (share, weight) in shares.iter().zip(&weights) {
                prop_assert!(*weight > 0 || share.minor() == 0, "no weight, no share");
            }
        } else {
            prop_assert!(shares.is_empty());
        }
    }

    // A correction takes back exactly what was shared, part by part.
    #[test]
    fn shares_of_the_negative_are_the_negative_shares(minor in -1_000_000_i64..1_000_000, weights in prop::collection::vec(0_u32..100, 1..10)) {
        let shares = |minor| Money::new(minor, currency("EUR")).allocate(&weights);
        let mirrored: Vec<i64> = shares(-minor).iter().map(|share| -share.minor()).collect();
        prop_assert_eq!(shares(minor).iter().map(|share| share.minor()).collect::<Vec<_>>(), mirrored);
    }

    #[test]
    fn what_is_written_reads_back(minor in any::<i64>(), code in prop::sample::select(vec!["EUR", "JPY", "KWD"])) {
        let money = Money::new(minor, currency(code));
        prop_assert_eq!(Money::parse(&money.amount_text(), money.currency()), Ok(money));
    }

    // proves: A6
    #[test]
    fn rounding_is_symmetric_near_and_done_once(mantissa in any::<i64>(), scale in 0_u32..12, code in prop::sample::select(vec!["EUR", "JPY", "KWD"])) {
        let (exact, currency) = (Decimal::new(mantissa, scale), currency(code));
        let Ok(rounded) = Money::rounded(exact, currency) else { return Ok(()) };
        prop_assert_eq!(Money::rounded(-exact, currency).unwrap().minor(), -rounded.minor(), "half goes away from zero on both sides");
        let half = Decimal::new(5, currency.exponent() + 1);
        prop_assert!((rounded.major() - exact).abs() <= half, "never further than half a minor unit");
        prop_assert_eq!(Money::rounded(rounded.major(), currency), Ok(rounded), "what is rounded stays");
    }

    // proves: A6
    #[test]
    fn who_comes_first_changes_no_share_by_more_than_one(minor in any::<i32>(), weights in prop::collection::vec(1_u32..10_000, 2..20)) {
        let money = Money::new(minor.into(), currency("EUR"));
        let mut back: Vec<i64> = money.allocate(&weights.iter().rev().copied().collect::<Vec<_>>()).iter().map(|share| share.minor()).collect();
        back.reverse();
        for (share, mirrored) in money.allocate(&weights).iter().zip(back) {
            prop_assert!((share.minor() - mirrored).abs() <= 1);
        }
    }
}

#[test]
fn what_is_left_goes_to_the_largest_remainder_and_the_earlier_of_two() {
    let shares = |minor, weights: &[u32]| -> Vec<i64> {
        Money::new(minor, currency("EUR")).allocate(weights).iter().map(|share| share.minor()).collect()
    };
    assert_eq!(shares(10, &[3, 2, 1]), [5, 3, 2], "the last lost most by the cut");
    assert_eq!(shares(10, &[1, 1, 1]), [4, 3, 3]);
    assert_eq!(shares(-10, &[3, 2, 1]), [-5, -3, -2]);
    assert_eq!(shares(0, &[1, 2]), [0, 0]);
}
