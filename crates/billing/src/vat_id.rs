//! VAT identifiers (BT-31, BT-48): two letters of a country, then what that country puts behind them. Whether one was
//! really given to somebody is not asked: only VIES knows, and nobody here calls it.
//!
//! Formats: European Commission, VIES, "VAT identification number structure", with the notes to it for Spain and Ireland;
//! Belgium's numbers beginning with 1 since 2020; HMRC for Great Britain; Brønnøysund's organisation number with MVA for
//! Norway; article 6 of the ordinance on the UID (SR 431.031) with the additions of the Swiss VAT act. Of other countries
//! nothing is asked but the two letters, and that the rest is written in ASCII letters, digits and what stands between them:
//! a sign that looks like one of those would make it somebody else's.

/// Of each country the format that is shown first. `9` is a digit, `A` a letter, `X` either; anything else stands for itself.
const FORMATS: [(&str, &[&str]); 32] = [
    ("AT", &["U99999999"]),
    ("BE", &["0999999999", "1999999999"]),
    ("BG", &["999999999", "9999999999"]),
    ("CH", &["E999999999MWST", "E999999999TVA", "E999999999IVA", "E999999999VAT", "E999999999"]),
    ("CY", &["99999999A"]),
    ("CZ", &["99999999", "999999999", "9999999999"]),
    ("DE", &["999999999"]),
    ("DK", &["99999999"]),
    ("EE", &["999999999"]),
    // Greece is EL to the tax office, and GR in ISO 3166: BR-CO-09 allows either.
    ("EL", &["999999999"]),
    ("ES", &["A99999999", "99999999A", "A9999999A"]),
    ("FI", &["99999999"]),
    ("FR", &["XX999999999"]),
    ("GB", &["999999999", "999999999999", "GD999", "HA999"]),
    ("GR", &["999999999"]),
    ("HR", &["99999999999"]),
    ("HU", &["99999999"]),
    ("IE", &["9999999A", "9999999AA", "9A99999A", "9+99999A", "9*99999A"]),
    ("IT", &["99999999999"]),
    ("LT", &["999999999", "999999999999"]),
    ("LU", &["99999999"]),
    ("LV", &["99999999999"]),
    ("MT", &["99999999"]),
    ("NL", &["999999999B99"]),
    ("NO", &["999999999MVA", "999999999"]),
    ("PL", &["9999999999"]),
    ("PT", &["999999999"]),
    ("RO", &["9999999999", "999999999", "99999999", "9999999", "999999", "99999", "9999", "999", "99"]),
    ("SE", &["999999999999"]),
    ("SI", &["99999999"]),
    ("SK", &["9999999999"]),
    // Northern Ireland, in trade with the EU.
    ("XI", &["999999999", "999999999999", "GD999", "HA999"]),
];

/// What is wrong with an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It holds a sign that none is written with.
    Signs,
    /// No country stands before it.
    NoCountry,
    /// Its country writes others. They look like this one.
    Format(String),
}

/// The identifier as it is kept: where its country's format is known, without the spaces, dots and hyphens that
/// letterheads put into it.
pub(crate) fn plain(text: &str) -> String {
    let bare = bare(text);
    if formats(&bare).is_some() { bare } else { text.trim().to_owned() }
}

/// Whether it is one of its country's.
///
/// # Errors
/// [`Unfit`].
pub(crate) fn check(text: &str) -> Result<(), Unfit> {
    let bare = bare(text);
    let Some((_, formats)) = formats(&bare) else {
        let country = text.trim().bytes().take(2).filter(u8::is_ascii_uppercase).count() == 2;
        return match (country && bare.len() > 2, text.trim().chars().all(is_written)) {
            (false, _) => Err(Unfit::NoCountry),
            (true, false) => Err(Unfit::Signs),
            (true, true) => Ok(()),
        };
    };
    let (country, number) = bare.split_at(2);
    if formats.iter().any(|format| fits(number, format)) {
        return Ok(());
    }
    let first = formats.first().copied().unwrap_or_default();
    Err(Unfit::Format(format!("{country}{}", example(first))))
}

fn bare(text: &str) -> String {
    let signs = |c: &char| !c.is_whitespace() && !matches!(c, '.' | '-' | '\u{2010}' | '\u{2011}' | '\u{2013}');
    // Letters of ASCII alone: another one may become two of them.
    text.chars().filter(signs).map(|sign| sign.to_ascii_uppercase()).collect()
}

/// Whether identifiers are written with this sign, wherever they are given.
const fn is_written(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, ' ' | '.' | '-' | '/')
}

fn formats(bare: &str) -> Option<(&'static str, &'static [&'static str])> {
    FORMATS.into_iter().find(|(country, _)| bare.starts_with(country))
}

fn fits(number: &str, format: &str) -> bool {
    let fit = |(letter, wanted): (char, char)| match wanted {
        '9' => letter.is_ascii_digit(),
        'A' => letter.is_ascii_uppercase(),
        'X' => letter.is_ascii_digit() || letter.is_ascii_uppercase(),
        itself => letter == itself,
    };
    number.chars().count() == format.len() && number.chars().zip(format.chars()).all(fit)
}

/// One that nobody has to have: the digits in their order.
fn example(format: &str) -> String {
    let mut digits = ('1'..='9').chain(['0']).cycle();
    format.chars().map(|sign| if matches!(sign, '9' | 'X') { digits.next().unwrap_or('0') } else { sign }).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // proves: A4
    #[test]
    fn each_country_takes_its_own_and_refuses_what_it_never_gives() {
        for lawful in [
            "DE318204977",
            "DE 318 204 977",
            "de318204977",
            "ATU12345678",
            "BE0000000196",
            "BE1000000196",
            "CHE-123.456.789 MWST",
            "CHE123456789",
            "CY12345678X",
            "CZ1234567890",
            "DK12 34 56 78",
            "EL123456789",
            "GR123456789",
            "ESX1234567X",
            "ESB12345678",
            "ES12345678Z",
            "FRK7 399859412",
            "FR40303265045",
            "GB123456789",
            "GB123456789012",
            "GBGD123",
            "HU30048650",
            "IE1234567WA",
            "IE1A12345B",
            "IE1+12345B",
            "NL8200.98.395.B.01",
            "NO967611265MVA",
            "RO12",
            "RO1234567890",
            "SE123456789001",
            "XI123456789",
            "IS12345",
            "US12-3456789",
            "IN 29/ABCDE.1234-F1",
        ] {
            assert_eq!(check(lawful), Ok(()), "{lawful}");
        }
        for (odd, example) in [
            ("DE123", "DE123456789"),
            ("DE1234567890", "DE123456789"),
            ("DE37/302/30168", "DE123456789"),
            ("DE12345678O", "DE123456789"),
            ("GB12", "GB123456789"),
            ("ATU1234567", "ATU12345678"),
            ("AT123456789", "ATU12345678"),
            ("NL16356706", "NL123456789B01"),
            ("DK123456789MVA", "DK12345678"),
            ("ES123456789", "ESA12345678"),
            ("FR1234567890", "FR12345678901"),
            ("CHE12345678", "CHE123456789MWST"),
            ("RO1", "RO1234567890"),
        ] {
            assert_eq!(check(odd), Err(Unfit::Format(example.to_owned())), "{odd}");
            assert_eq!(check(example), Ok(()), "what is shown is one: {example}");
        }
        for nameless in ["318204977", "21/815/08150", "D3", "DE", "", "  ", "is12345", "ÄÖ12345"] {
            assert!(check(nameless).is_err(), "{nameless}");
        }
        assert_eq!(check("318204977"), Err(Unfit::NoCountry));
    }

    // proves: A4, D15
    #[test]
    fn what_no_number_is_written_with_makes_none() {
        for odd in ["US\u{202e}123", "EUß", "US１２３", "US12_3", "USА123", "US12\u{a0}3", "IS12345;DROP"] {
            assert_eq!(check(odd), Err(Unfit::Signs), "{odd}");
        }
        for odd in ["FRß999999999", "DE31820497\u{200b}7", "AT\u{1d414}12345678"] {
            assert!(matches!(check(odd), Err(Unfit::Format(_))), "{odd}");
        }
    }

    #[test]
    fn it_is_kept_without_what_letterheads_put_into_it() {
        for (typed, kept) in [
            (" de 318 204 977 ", "DE318204977"),
            ("CHE-123.456.789 MWST", "CHE123456789MWST"),
            ("NL8200.98.395.B.01", "NL820098395B01"),
            (" US12-3456789", "US12-3456789"),
        ] {
            assert_eq!(plain(typed), kept);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_answered_and_what_is_kept_stays_what_it_was(text in "\\PC{0,16}|[A-Z]{2}[0-9A-Z .]{0,14}") {
            let lawful = check(&text).is_ok();
            prop_assert_eq!(check(&plain(&text)).is_ok(), lawful);
            prop_assert_eq!(plain(&plain(&text)), plain(&text));
        }

        // proves: A4, D15
        #[test]
        fn what_is_lawful_is_kept_in_plain_ascii(text in "([A-Z]{2}[0-9A-Z]{1,3})?\\PC{0,10}[0-9]{0,9}") {
            prop_assert!(check(&text).is_err() || plain(&text).is_ascii(), "{}", text);
        }
    }
}
