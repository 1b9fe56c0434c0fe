//! A discount or charge in words: what it is for, its percentage where it has one, and what it comes to. The same on paper and
//! on pages.

use crate::numbers::{amount, decimal, percent};
use crate::words::Language;
use coffer_billing::invoices::content::{Adjusted, AdjustmentKind, DocumentAdjustment, LineAdjustment};
use coffer_kernel::money::{Decimal, Money, Percent};

/// What it is for, and how much: `Early order (10 %)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What for, with its percentage; and what that is of, where that is not what it stands under.
    pub what: String,
    /// What it adds; below nothing where it takes off.
    pub sum: Money,
}

/// One of a line.
#[must_use]
pub fn of_line(language: Language, part: &LineAdjustment, adjusted: Adjusted) -> Told {
    told(language, part.kind, (&part.reason, part.percent, part.base.is_some()), adjusted)
}

/// One of the whole document.
#[must_use]
pub fn of_document(language: Language, part: &DocumentAdjustment, adjusted: Adjusted) -> Told {
    told(language, part.kind, (&part.reason, part.percent, part.base.is_some()), adjusted)
}

fn told(
    language: Language,
    kind: AdjustmentKind,
    (reason, rate, based): (&str, Option<Percent>, bool),
    adjusted: Adjusted,
) -> Told {
    let words = language.words();
    let (word, minor) = match kind {
        AdjustmentKind::Allowance => (words.allowance, -adjusted.amount.minor()),
        AdjustmentKind::Charge => (words.charge, adjusted.amount.minor()),
    };
    let reason = if reason.trim().is_empty() { word } else { reason };
    let what = match (rate, adjusted.base.filter(|_| based)) {
        (Some(rate), Some(base)) => {
            format!("{reason} ({} {} {})", percent(language, rate.get()), words.percent_of, whole(language, base))
        }
        (Some(rate), None) => format!("{reason} ({})", percent(language, rate.get())),
        (None, _) => reason.to_owned(),
    };
    Told { what, sum: Money::new(minor, adjusted.amount.currency()) }
}

/// An amount as short as it can be said: what a percentage is of is often round.
fn whole(language: Language, base: Money) -> String {
    if base.major().fract() == Decimal::ZERO { decimal(language, base.major(), 0) } else { amount(language, base) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_said_with_what_it_is_of_where_that_was_said() {
        let euro = |minor| Money::new(minor, "EUR".parse().unwrap());
        let part = |more: &str| -> LineAdjustment {
            serde_json::from_str(&format!("{{ \"kind\": \"allowance\", \"reason\": \"Early order\"{more} }}")).unwrap()
        };
        let adjusted = Adjusted { amount: euro(1_050), base: Some(euro(10_500)), fits: true };
        let of = |language, more: &str| of_line(language, &part(more), adjusted);
        assert_eq!(of(Language::En, "").what, "Early order");
        assert_eq!(of(Language::En, ", \"percent\": \"10\"").what, "Early order (10\u{a0}%)");
        assert_eq!(
            of(Language::De, ", \"percent\": \"7.5\", \"base\": \"140\"").what,
            "Early order (7,5\u{a0}% von 105)"
        );
        assert_eq!(of(Language::En, "").sum, euro(-1_050), "it takes off");
    }
}
