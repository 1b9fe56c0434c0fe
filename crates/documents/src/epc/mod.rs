//! The code on the paper that fills in a credit transfer (EPC069-12, version
//! 002 of its data format, UTF-8).
//!
//! It is made from the same fields as the words beside it and from nothing
//! else, so that the two cannot differ. It refuses what a bank would misread;
//! whether an IBAN is one was checked by whoever took it in.

mod modules;

#[cfg(test)]
mod tests;

pub use modules::Modules;

/// Longest name and text, in characters.
const MAX_NAME: usize = 70;
const MAX_TEXT: usize = 140;
/// 999,999,999.99 EUR.
const MAX_CENTS: i64 = 99_999_999_999;

/// What a banking app reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpcCode {
    payload: String,
}

/// Why there can be no code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EpcRefused {
    /// Not between 0.01 and 999,999,999.99 EUR.
    Amount,
    /// The name is empty, longer than 70 characters or holds control characters.
    Name,
    /// Not 15 to 34 letters and digits.
    Iban,
    /// Neither 8 nor 11 letters and digits.
    Bic,
    /// Longer than 140 characters or holding control characters.
    Text,
}

impl std::fmt::Display for EpcRefused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Amount => "a payment code needs an amount from 0.01 to 999,999,999.99 EUR",
            Self::Name => "a payment code needs a name of at most 70 characters",
            Self::Iban => "a payment code needs an IBAN",
            Self::Bic => "a BIC has 8 or 11 letters and digits",
            Self::Text => "the text of a payment code has at most 140 characters",
        })
    }
}

impl std::error::Error for EpcRefused {}

impl EpcCode {
    /// The code for a transfer in euro.
    ///
    /// # Errors
    /// Names the field that does not fit.
    pub fn new(name: &str, iban: &str, bic: Option<&str>, cents: i64, text: &str) -> Result<Self, EpcRefused> {
        if !(1..=MAX_CENTS).contains(&cents) {
            return Err(EpcRefused::Amount);
        }
        let name = plain(name, MAX_NAME).filter(|name| !name.is_empty()).ok_or(EpcRefused::Name)?;
        let text = plain(text, MAX_TEXT).ok_or(EpcRefused::Text)?;
        let iban = compact(iban).filter(|iban| (15..=34).contains(&iban.len())).ok_or(EpcRefused::Iban)?;
        let bic =
            compact(bic.unwrap_or_default()).filter(|bic| matches!(bic.len(), 0 | 8 | 11)).ok_or(EpcRefused::Bic)?;
        let (euro, cents) = (cents / 100, cents % 100);
        let payload = format!("BCD\n002\n1\nSCT\n{bic}\n{name}\n{iban}\nEUR{euro}.{cents:02}\n\n\n{text}");
        Ok(Self { payload: payload.trim_end().to_owned() })
    }

    /// The text inside the code.
    #[must_use]
    pub fn payload(&self) -> &str {
        &self.payload
    }

    /// The squares to draw. None if the text is too long for the largest size
    /// banks read (69 × 69), which many characters beyond ASCII can bring about.
    #[must_use]
    pub fn modules(&self) -> Option<Modules> {
        Modules::of(&self.payload)
    }
}

/// One line of text within its limit; each line of the payload has a meaning
/// of its own, so a line end in a field would move the others.
fn plain(text: &str, limit: usize) -> Option<&str> {
    let text = text.trim();
    (text.chars().count() <= limit && !text.contains(char::is_control)).then_some(text)
}

/// Letters and digits without the spaces people group them with.
fn compact(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    text.bytes().all(|sign| sign.is_ascii_alphanumeric()).then(|| text.to_ascii_uppercase())
}
