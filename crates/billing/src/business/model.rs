//! A business, as its books know it.

use super::numbering::Numbering;
use crate::invoices::content::Party;
use coffer_kernel::money::Currency;
use coffer_kernel::{BusinessId, Date, Timestamp};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Business {
    /// Its id.
    pub id: BusinessId,
    /// Its version.
    pub version: i64,
    /// Where it is taxed, ISO 3166-1 alpha-2.
    pub country: String,
    /// What it bills in unless somebody says otherwise.
    pub currency: Currency,
    /// The IANA name of the time zone whose date is the legal one.
    pub time_zone: String,
    /// The language of its documents, BCP 47.
    pub language: String,
    /// How many days a customer has to pay, unless somebody says otherwise.
    pub terms_days: i64,
    /// How the numbers of its invoices look.
    pub numbering: Numbering,
    /// Whether the account is printed on documents; otherwise it stands behind the opened link alone.
    pub show_account: bool,
    /// The seller on its documents.
    pub particulars: Party,
    /// Where customers pay to.
    pub account: Option<Account>,
}

/// A bank account to be paid to (BG-17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Whose it is (BT-85).
    pub holder: String,
    /// The IBAN, without spaces (BT-84).
    pub iban: String,
    /// The bank's BIC (BT-86), where it is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bic: Option<String>,
}

/// Where an invoice is paid to, as it was when it was issued.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidTo {
    /// Nobody wrote it down: issued before accounts were frozen. It is paid to the account of today, as it always was.
    #[default]
    Unsaid,
    /// The business had no account.
    Nowhere,
    /// This one.
    Here {
        /// The account.
        account: Account,
        /// Whether it is printed on the document; otherwise it stands behind the opened link alone.
        printed: bool,
    },
}

impl PaidTo {
    /// Whether nobody wrote it down. What was hashed then has no word of it.
    #[must_use]
    pub const fn is_unsaid(&self) -> bool {
        matches!(self, Self::Unsaid)
    }
}

impl Business {
    /// Where what is issued now is paid to.
    #[must_use]
    pub fn paid_to(&self) -> PaidTo {
        self.account.clone().map_or(PaidTo::Nowhere, |account| PaidTo::Here { account, printed: self.show_account })
    }

    /// The account that is printed on what is issued now, where one is.
    #[must_use]
    pub fn printed_account(&self) -> Option<&Account> {
        self.account.as_ref().filter(|_| self.show_account)
    }

    /// The legal date at an instant: the date on the calendar of the business's time zone.
    #[must_use]
    pub fn date_at(&self, instant: Timestamp) -> Date {
        date_in(&self.time_zone, instant)
    }
}

/// The date at an instant on the calendar of this time zone.
pub(super) fn date_in(time_zone: &str, instant: Timestamp) -> Date {
    // Checked when the business was founded; a zone that went away since is read as UTC rather than refused.
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    instant.to_zoned(zone).date()
}
