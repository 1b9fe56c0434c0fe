//! Seller and buyer.

use coffer_kernel::text::without_idle_joiners;
use serde::{Deserialize, Serialize};

/// Somebody on an invoice: the seller (BG-4) or the buyer (BG-7). Only the name is needed by every law.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Party {
    /// The name (BT-27, BT-44).
    pub name: String,
    /// Street and number (BT-35, BT-50).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// A second line of the address (BT-36, BT-51).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line: Option<String>,
    /// The post code (BT-38, BT-53).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_code: Option<String>,
    /// The city (BT-37, BT-52).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The state, province or canton, where it belongs to the address (BT-39, BT-54).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subdivision: Option<String>,
    /// The country, ISO 3166-1 alpha-2 (BT-40, BT-55).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The VAT identifier (BT-31, BT-48).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_id: Option<String>,
    /// The local tax number, where there is no VAT identifier (BT-32).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_registration: Option<String>,
    /// The legal registration (BT-30, BT-47).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,
    /// The e-mail address (BT-43, BT-58).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The phone number (BT-42, BT-57).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl Party {
    /// As it is kept: without joiners that nobody sees, the VAT identifier in its plain form.
    #[must_use]
    pub(crate) fn as_kept(&self) -> Self {
        Self { vat_id: self.vat_id.as_deref().map(crate::vat_id::plain), ..self.as_seen() }
    }

    /// Without the joiners that change nothing of what is seen.
    #[must_use]
    pub(crate) fn as_seen(&self) -> Self {
        let seen = |text: &Option<String>| text.as_deref().map(|text| without_idle_joiners(text).into_owned());
        Self {
            name: without_idle_joiners(&self.name).into_owned(),
            street: seen(&self.street),
            address_line: seen(&self.address_line),
            post_code: seen(&self.post_code),
            city: seen(&self.city),
            subdivision: seen(&self.subdivision),
            country: self.country.clone(),
            vat_id: self.vat_id.clone(),
            tax_registration: seen(&self.tax_registration),
            registration: seen(&self.registration),
            email: self.email.clone(),
            phone: self.phone.clone(),
        }
    }
}
