//! The words on paper, a table for each language.

mod de;
mod en;

use coffer_billing::invoices::content::TaxCategory;

/// A language that paper is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, with British dates.
    En,
    /// German.
    De,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// Its name, BCP 47.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// Its name in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// The language of a tag; English where there is no table for it.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary)).unwrap_or(Self::En)
    }

    /// The usual words for why there is no VAT in this category (BR-AE-10, BR-IC-10, BR-G-10, BR-O-10). [`None`] where there
    /// are none: an exemption (E) is said by the article that it rests on, and what is taxed needs no reason.
    #[must_use]
    pub fn exemption(self, category: TaxCategory) -> Option<&'static str> {
        (self.words().exemption)(category)
    }

    pub(crate) const fn words(self) -> &'static Words {
        match self {
            Self::En => &en::WORDS,
            Self::De => &de::WORDS,
        }
    }
}

/// Everything that a paper says of itself.
pub(crate) struct Words {
    /// Between groups of digits, and before the decimals.
    pub(crate) marks: (&'static str, &'static str),
    pub(crate) day_point: &'static str,
    pub(crate) months: [&'static str; 12],
    pub(crate) short_months: [&'static str; 12],
    pub(crate) invoice: &'static str,
    pub(crate) draft: &'static str,
    pub(crate) draft_note: &'static str,
    /// What a sample is called.
    pub(crate) sample: &'static str,
    pub(crate) sample_note: &'static str,
    pub(crate) void: &'static str,
    pub(crate) void_since: &'static str,
    pub(crate) void_note: &'static str,
    pub(crate) number: &'static str,
    pub(crate) issued: &'static str,
    pub(crate) delivered: &'static str,
    pub(crate) due: &'static str,
    pub(crate) your_reference: &'static str,
    pub(crate) your_order: &'static str,
    pub(crate) contract: &'static str,
    pub(crate) project: &'static str,
    pub(crate) period: &'static str,
    pub(crate) delivered_to: &'static str,
    pub(crate) your_vat_id: &'static str,
    pub(crate) what: &'static str,
    pub(crate) quantity: &'static str,
    pub(crate) list_price: &'static str,
    pub(crate) price: &'static str,
    pub(crate) vat: &'static str,
    pub(crate) net_in: &'static str,
    pub(crate) allowance: &'static str,
    pub(crate) charge: &'static str,
    /// Between a percentage and what it is of.
    pub(crate) percent_of: &'static str,
    pub(crate) lines: &'static str,
    pub(crate) net: &'static str,
    pub(crate) tax: &'static str,
    pub(crate) gross: &'static str,
    pub(crate) prepaid: &'static str,
    pub(crate) rounding: &'static str,
    pub(crate) to_pay: &'static str,
    /// What a void document asked for once.
    pub(crate) asked: &'static str,
    pub(crate) pay_by: &'static str,
    pub(crate) pay_to: &'static str,
    pub(crate) account: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) write: &'static str,
    pub(crate) code_note: &'static str,
    /// In the place of the code, on what nobody is to pay.
    pub(crate) code_later: &'static str,
    /// In the place of the number, on a draft.
    pub(crate) number_later: &'static str,
    /// In the place of the mark, on what was not issued.
    pub(crate) mark_later: &'static str,
    pub(crate) genuine: &'static str,
    /// Before the beginning of the links to it.
    pub(crate) genuine_link: &'static str,
    /// Behind that, and before its mark.
    pub(crate) genuine_or_call: &'static str,
    /// Before its mark, where there are no links.
    pub(crate) genuine_call: &'static str,
    pub(crate) other_account: &'static str,
    pub(crate) vat_id: &'static str,
    pub(crate) tax_number: &'static str,
    pub(crate) carried: &'static str,
    pub(crate) category: fn(TaxCategory) -> &'static str,
    /// Why there is no VAT, as EN 16931 and the law say it (BT-120); an exemption has words of its own article only.
    pub(crate) exemption: fn(TaxCategory) -> Option<&'static str>,
    /// The unit's name for one and for many, by its code of UN/ECE recommendation 20.
    pub(crate) unit: fn(&str, bool) -> Option<&'static str>,
}
