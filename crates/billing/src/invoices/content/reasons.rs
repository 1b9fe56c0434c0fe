//! Why there is no VAT: BT-120 stands in each VAT breakdown (BG-23), so each category has a reason of its own.
//!
//! Drafts once had one reason for the whole document. What was issued with it is hashed with it, so it is read as what it
//! was: the reason of every category that needs one and has none of its own.

use super::{Content, TaxCategory};
use serde::{Deserialize, Serialize};

impl TaxCategory {
    /// Whether an invoice says why nothing is taxed in it. Where a rate stands, 0 % too, it does not (BR-S-10, BR-Z-10).
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        !matches!(self, Self::S | Self::Z)
    }
}

/// A reason for each category that is free of VAT; another one cannot have any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExemptionReasons {
    /// Of what is exempt (BR-E-10).
    #[serde(rename = "E", default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<String>,
    /// Of what the customer pays the VAT for (BR-AE-10).
    #[serde(rename = "AE", default, skip_serializing_if = "Option::is_none")]
    pub reverse_charge: Option<String>,
    /// Of a sale to another EU country (BR-IC-10).
    #[serde(rename = "K", default, skip_serializing_if = "Option::is_none")]
    pub other_country: Option<String>,
    /// Of an export (BR-G-10).
    #[serde(rename = "G", default, skip_serializing_if = "Option::is_none")]
    pub export: Option<String>,
    /// Of what is outside the scope of VAT (BR-O-10).
    #[serde(rename = "O", default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<String>,
}

impl ExemptionReasons {
    /// Nothing said.
    pub const NONE: Self =
        Self { exempt: None, reverse_charge: None, other_country: None, export: None, outside: None };

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    /// What is said of a category.
    #[must_use]
    pub fn of(&self, category: TaxCategory) -> Option<&str> {
        match category {
            TaxCategory::S | TaxCategory::Z => None,
            TaxCategory::E => self.exempt.as_deref(),
            TaxCategory::ReverseCharge => self.reverse_charge.as_deref(),
            TaxCategory::K => self.other_country.as_deref(),
            TaxCategory::G => self.export.as_deref(),
            TaxCategory::O => self.outside.as_deref(),
        }
    }

    /// Everything that is said.
    pub fn each(&self) -> impl Iterator<Item = (TaxCategory, &str)> {
        TaxCategory::ALL.into_iter().filter_map(|category| Some((category, self.of(category)?)))
    }
}

impl Content {
    /// Why nothing is taxed in this category: its own reason, or the one that is said of all. Blank ones say nothing.
    #[must_use]
    pub fn reason_of(&self, category: TaxCategory) -> Option<&str> {
        let said = |reason: &&str| category.needs_reason() && !reason.trim().is_empty();
        let own = self.exemption_reasons.of(category).filter(said);
        own.or_else(|| self.exemption_reason.as_deref().filter(said))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    // proves: A4
    #[test]
    fn what_was_hashed_with_one_reason_for_all_is_the_same_to_the_byte_and_says_it_of_each() {
        let hashed = r#"{"currency":"EUR","note":"Thanks","exemption_reason":"Article 132","lines":[]}"#;
        let old: Content = serde_json::from_str(hashed).unwrap();
        assert_eq!(serde_json::to_string(&old).unwrap(), hashed);
        for category in TaxCategory::ALL {
            let said = category.needs_reason().then_some("Article 132");
            assert_eq!(old.reason_of(category), said, "{category:?}");
        }
    }

    // proves: A4, A6
    #[test]
    fn each_category_has_its_own_reason_before_the_one_for_all_and_what_is_taxed_has_none() {
        let said = r#"{"currency":"EUR","exemption_reason":"Both","exemption_reasons":{"E":"Article 132","K":" "},"lines":[]}"#;
        let content: Content = serde_json::from_str(said).unwrap();
        assert_eq!(serde_json::to_string(&content).unwrap(), said);
        assert_eq!(content.reason_of(TaxCategory::E), Some("Article 132"));
        assert_eq!(content.reason_of(TaxCategory::K), Some("Both"), "a blank one says nothing");
        assert_eq!(content.reason_of(TaxCategory::Z), None);
        for taxed in ["S", "Z"] {
            let wrong = format!(r#"{{"currency":"EUR","exemption_reasons":{{"{taxed}":"x"}},"lines":[]}}"#);
            assert!(serde_json::from_str::<Content>(&wrong).is_err(), "{taxed}");
        }
    }
}
