//! For which time and to where.

use coffer_kernel::Date;
use serde::{Deserialize, Serialize};

/// The time that is billed for, of a document (BG-14) or of a line (BG-26). One end may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Period {
    /// The first day (BT-73, BT-134).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day (BT-74, BT-135).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

/// To whom and where it was delivered, where that is not the buyer's address (BG-13, BG-15).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DeliverTo {
    /// Whose place it is (BT-70).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Street and number (BT-75).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// A second line of the address (BT-76).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_line: Option<String>,
    /// The post code (BT-78).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_code: Option<String>,
    /// The city (BT-77).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The country, ISO 3166-1 alpha-2 (BT-80).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}
